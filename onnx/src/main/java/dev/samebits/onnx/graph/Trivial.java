package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.List;
import java.util.Set;

/** Operators that compute something in general, and nothing as they stand in this file. */
final class Trivial {
    private static final Set<String> OF_MANY = Set.of("Concat", "Sum", "Max", "Min", "Mean");

    private Trivial() {}

    /** Whether it joins, adds or compares values, of which it has but one. */
    static boolean isOfOne(Node node) {
        return OF_MANY.contains(node.operator()) && node.inputs().size() == 1
                || node.operator().equals("Split") && node.outputs().size() == 1;
    }

    /**
     * Whether the result is the first operand.
     *
     * @param shape of the first operand
     */
    static boolean isNothing(Graph graph, Node node, Shape shape) throws Refusal {
        return switch (node.operator()) {
            case "Expand" -> isOwn(graph.constant(node.input(1)), shape);
            case "Tile" -> isAllOnes(graph.constant(node.input(1)));
            case "Slice" -> isWhole(graph, node, shape);
            default -> isOfOne(node);
        };
    }

    /** Whether expanding to this shape changes nothing. */
    private static boolean isOwn(Tensor target, Shape shape) {
        if (target == null || !target.type().isInteger() || target.elements() > shape.rank()) {
            return false;
        }
        long[] dims = target.longs();
        int offset = shape.rank() - dims.length;
        for (int d = 0; d < dims.length; d++) {
            boolean rows = d + offset == shape.rows();
            if (dims[d] != 1 && (rows ? dims[d] != Tensor.ROWS : dims[d] != shape.dim(d + offset))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllOnes(Tensor repeats) {
        if (repeats == null || !repeats.type().isInteger()) {
            return false;
        }
        for (long times : repeats.longs()) {
            if (times != 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether a Slice takes every dimension from its beginning to its end. */
    private static boolean isWhole(Graph graph, Node node, Shape shape) throws Refusal {
        boolean old = node.opset() < Axes.SLICE;
        List<Long> starts = old ? node.intsAttribute("starts") : Axes.list(graph.constant(node.input(1)));
        List<Long> ends = old ? node.intsAttribute("ends") : Axes.list(graph.constant(node.input(2)));
        List<Long> axes = old ? node.intsAttribute("axes") : Axes.list(graph.constant(node.input(3)));
        List<Long> steps = old || node.input(4).isEmpty() ? List.of() : Axes.list(graph.constant(node.input(4)));
        boolean allAxes = old ? !node.has("axes") : node.input(3).isEmpty();
        if (starts == null || ends == null || starts.size() != ends.size() || steps == null
                || !allAxes && (axes == null || axes.size() != starts.size())) {
            return false;
        }
        for (int i = 0; i < starts.size(); i++) {
            int axis = allAxes ? i < shape.rank() ? i : -1 : shape.axis(axes.get(i));
            // The number of rows is any: only an end that none of them reaches is behind all.
            long length = axis < 0 || axis == shape.rows() || shape.dim(axis) == Shape.UNKNOWN ? Integer.MAX_VALUE
                    : shape.dim(axis);
            if (axis < 0 || starts.get(i) != 0 || ends.get(i) < length) {
                return false;
            }
        }
        return steps.stream().allMatch(step -> step == 1);
    }
}
