package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What shape an operator's result has. Where it would mix rows, or its operands do not fit, the graph learns of the problem
 * and the result is null.
 */
final class ShapeRules {
    private static final String UNFIT = "it joins values whose shapes do not fit or are not known: export the model with a"
            + " fixed number of columns";
    private static final String DAMAGED = ": the file is damaged or was edited; export the model again";

    private final Graph graph;

    ShapeRules(Graph graph) {
        this.graph = graph;
    }

    private Shape problem(Node node, String why) {
        graph.problem(node, why);
        return null;
    }

    /** Element by element, with ONNX's broadcasting of values and constants, row by row. */
    Shape broadcast(Node node) {
        List<Shape> shapes = new ArrayList<>();
        for (String name : node.inputs()) {
            if (name.isEmpty() || graph.constant(name) != null) {
                continue;
            }
            Shape next = graph.shape(name);
            if (next == null) {
                return null;
            }
            shapes.add(next);
        }
        Shape shape = shapes.isEmpty() ? null : Broadcast.of(shapes);
        if (shape == null) {
            return shapes.isEmpty() ? null : problem(node, "its operands have the shapes "
                    + shapes.stream().distinct().map(Shape::toString).collect(Collectors.joining(" and "))
                    + ", which do not fit each other row by row: export the model so that each of its rows gives one");
        }
        for (String name : node.inputs()) {
            Tensor constant = graph.constant(name);
            if (constant != null && shape != null) {
                shape = with(node, shape, constant);
            }
        }
        return shape;
    }

    private Shape with(Node node, Shape shape, Tensor constant) {
        List<Long> dims = new ArrayList<>(shape.dims());
        int rows = shape.rows();
        for (int added = constant.dims().size() - dims.size(); added > 0; added--) {
            dims.add(0, 1L);
            rows += rows == Shape.ONE_ROW ? 0 : 1;
        }
        int offset = dims.size() - constant.dims().size();
        for (int d = offset; d < dims.size(); d++) {
            long length = constant.dims().get(d - offset);
            if (length == 1) {
                continue;
            }
            if (d == rows) {
                return problem(node, "its constant " + Refusal.quote(constant.name()) + " of shape "
                        + constant.dims() + " differs from row to row: export the model for batches of any size");
            }
            if (dims.get(d) != Shape.UNKNOWN && dims.get(d) != 1 && dims.get(d) != length) {
                return problem(node, "its constant " + Refusal.quote(constant.name()) + " of shape "
                        + constant.dims() + " does not fit rows of shape " + shape + DAMAGED);
            }
            dims.set(d, length);
        }
        return rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
    }

    /** {@code [rows × inputs] · [inputs × outputs]}, or the same transposed where the constant stands first. */
    Shape gemm(Node node) throws Refusal {
        boolean first = graph.constant(node.input(0)) != null;
        Tensor weights = graph.constant(node.input(first ? 0 : 1));
        Shape shape = graph.shape(node.input(first ? 1 : 0));
        if (weights == null || shape == null) {
            return weights == null ? problem(node, "both of its factors are computed, and a layer has constant weights: "
                    + "choose an output that does not need it") : null;
        }
        boolean transA = node.intAttribute("transA", 0) != 0;
        boolean transB = node.intAttribute("transB", 0) != 0;
        int rows = first ? transB ? 0 : 1 : transA ? 1 : 0;
        if (weights.dims().size() != 2 || shape.rank() != 2) {
            return problem(node, "its factors must have 2 dimensions, not " + weights.dims() + " and " + shape + DAMAGED);
        }
        if (shape.rows() != rows) {
            return problem(node, "it takes " + shape + " by its " + (rows == 0 ? "first" : "second")
                    + " dimension, so it would mix rows: export the model with rows along the first");
        }
        int outer = (first ? transA : !transB) ? 1 : 0;
        long outputs = weights.dims().get(outer);
        if (!fits(shape.dim(1 - rows), weights.dims().get(1 - outer))) {
            return problem(node, "its weights " + weights.dims() + " do not fit rows of shape " + shape + DAMAGED);
        }
        long batch = shape.dim(rows);
        return first ? new Shape(List.of(outputs, batch), 1) : new Shape(List.of(batch, outputs), 0);
    }

    /**
     * {@code [rows × inputs] · [inputs × outputs]}, or {@code [outputs × inputs] · [inputs × rows]}; where the file computes
     * one vector, {@code [inputs]} stands for the rows.
     */
    Shape matMul(Node node) {
        boolean first = graph.constant(node.input(0)) != null;
        Tensor weights = graph.constant(node.input(first ? 0 : 1));
        Shape shape = graph.shape(node.input(first ? 1 : 0));
        if (shape == null) {
            return null;
        }
        if (weights == null) {
            Shape second = graph.shape(node.input(1));
            return second == null ? null : products(node, shape, second);
        }
        int rank = weights.dims().size();
        int depth = first && shape.rank() > 1 ? shape.rank() - 2 : shape.rank() - 1;
        if (rank < 1 || rank > 2 || depth < 0 || first && (rank != 2 || shape.rank() > 2)) {
            return problem(node, "its factors have the shapes " + weights.dims() + " and " + shape
                    + ", and a matrix of weights and rows are read: export the model with two dimensions, [rows, columns]");
        }
        if (depth == shape.rows()) {
            return problem(node, "it adds up along the dimension of the rows of shape " + shape
                    + ": export the model with a batch dimension in front, [rows, columns]");
        }
        if (!shape.isWholeRow(depth) && !first && rank == 2 && shape.isKnown()
                && shape.dim(depth) == weights.dims().get(0)) {
            graph.ofParts(node);
        } else if (!shape.isWholeRow(depth)) {
            return problem(node, "its weights meet parts of a row of shape " + shape + ", each by itself, and a layer takes"
                    + " whole rows: export the model for one part a row");
        }
        if (!fits(shape.dim(depth), weights.dims().get(first ? 1 : 0))) {
            return problem(node, "its weights " + weights.dims() + " do not fit rows of shape " + shape + DAMAGED);
        }
        if (first) {
            return shape.with(0, weights.dims().get(0));
        }
        return rank == 2
                ? shape.with(depth, weights.dims().get(1))
                : new Shape(shape.dims().subList(0, depth), shape.rows());
    }

    private static boolean fits(long columns, long inputs) {
        return columns == Shape.UNKNOWN || columns == inputs;
    }

    /** Rows side by side. */
    Shape concat(Node node) throws Refusal {
        List<Shape> shapes = new ArrayList<>();
        for (String name : node.inputs()) {
            Tensor constant = graph.constant(name);
            Shape next = constant == null ? graph.shape(name) : null;
            if (constant == null && next == null) {
                return null;
            }
            shapes.add(next);
        }
        Shape shape = shapes.stream().filter(Objects::nonNull).findFirst().orElseThrow();
        int axis = shape.axis(node.intAttribute("axis", 0));
        if (axis < 0 || axis == shape.rows()) {
            return problem(node, "it would join rows, not columns: export the model without");
        }
        List<Shape> others = new ArrayList<>();
        long length = 0;
        for (int i = 0; i < shapes.size(); i++) {
            Tensor constant = graph.constant(node.input(i));
            Shape next = constant == null ? shapes.get(i) : constant.dims().size() == shape.rank()
                    ? new Shape(constant.dims(), shape.rows()) : null;
            if (next == null || next.rank() != shape.rank() || next.dim(axis) == Shape.UNKNOWN || next.dim(axis) < 1) {
                return problem(node, UNFIT);
            }
            others.add(next.with(axis, 1));
            length = Math.min(length + next.dim(axis), Limits.ELEMENTS);
        }
        Shape all = Broadcast.of(others);
        for (Shape other : others) {
            if (all == null || all.columns() != other.columns()) {
                return problem(node, UNFIT);
            }
        }
        return all.with(axis, length);
    }

    /** Both factors are computed. */
    private Shape products(Node node, Shape first, Shape second) {
        Products products = Products.of(first, second);
        return products != null ? products.shape() : problem(node, "it multiplies the computed values of shapes " + first
                + " and " + second + ", and those of one row each are read: export the model with a batch dimension in"
                + " front");
    }
}
