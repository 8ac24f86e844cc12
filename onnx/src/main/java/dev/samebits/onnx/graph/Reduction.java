package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Dimensions of a row over which an operator sums, or takes the largest.
 *
 * @param from the shape of the row
 * @param shape of the result
 * @param reduced whether each dimension is one of them
 */
public record Reduction(Shape from, Shape shape, boolean[] reduced) {
    private static final Set<String> OPERATORS = Set.of("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1",
            "ReduceL2", "ReduceSumSquare", "ReduceProd", "ReduceLogSumExp");
    private static final int SUM_AXES = 13;

    /** Whether an operator is one of these. */
    public static boolean isOne(Node node) {
        return OPERATORS.contains(node.operator());
    }

    /**
     * What an operator reduces.
     *
     * @return null if that is not constant, or the rows are among it, of which the graph then knows
     */
    public static Reduction of(Graph graph, Node node) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        if (shape == null) {
            return null;
        }
        int since = node.operator().equals("ReduceSum") ? SUM_AXES : Axes.REDUCE_MAX;
        List<Long> axes = Axes.of(graph, node, since);
        boolean left = node.opset() < since ? !node.has("axes") : node.input(1).isEmpty() || axes != null && axes.isEmpty();
        boolean[] reduced = new boolean[shape.rank()];
        if (left) {
            for (int d = 0; d < reduced.length; d++) {
                reduced[d] = node.intAttribute("noop_with_empty_axes", 0) == 0;
            }
        }
        boolean fits = left || axes != null;
        for (long each : left || axes == null ? List.<Long>of() : axes) {
            int axis = shape.axis(each);
            fits &= axis >= 0 && !reduced[axis];
            if (axis >= 0) {
                reduced[axis] = true;
            }
        }
        if (!fits || shape.rows() >= 0 && reduced[shape.rows()]) {
            graph.problem(node, "it is read only along axes of constant number, which is not that of the rows:"
                    + " export the model with axes of columns");
            return null;
        }
        boolean kept = node.intAttribute("keepdims", 1) != 0;
        List<Long> dims = new ArrayList<>();
        int rows = Shape.ONE_ROW;
        for (int d = 0; d < reduced.length; d++) {
            rows = d == shape.rows() ? dims.size() : rows;
            if (kept || !reduced[d]) {
                dims.add(reduced[d] ? (Long) 1L : shape.dims().get(d));
            }
        }
        return new Reduction(shape, rows == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows), reduced);
    }

    /** How many numbers become one. */
    public long count() {
        long count = 1;
        for (int d = 0; d < reduced.length; d++) {
            count *= reduced[d] ? from.dim(d) : 1;
        }
        return count;
    }

    /** The columns of the row, so that those which become one number are a stride of the result's width apart. */
    public int[] columns(Graph graph) throws Refusal {
        List<Integer> order = new ArrayList<>();
        Layout.dimensions(from).stream().filter(d -> reduced[d]).forEach(order::add);
        Layout.dimensions(from).stream().filter(d -> !reduced[d]).forEach(order::add);
        return Layout.columns(graph, from, order, Layout.all(from));
    }
}
