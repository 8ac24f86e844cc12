package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of a row that an operator takes, in the order in which it gives them: Slice, Split, Gather with constant places,
 * Transpose.
 *
 * @param from the shape of the row
 * @param shape of what is taken
 * @param order dimensions of the row, as they follow each other in the result
 * @param picks for each dimension of the row the places that are taken; null for all
 */
public record Selection(Shape from, Shape shape, List<Integer> order, List<long[]> picks) {
    private static final String FIXED = ": export the model with a fixed number of columns, and constant places";

    /** Whether an operator may be one of these. */
    public static boolean isOne(Graph graph, Node node) {
        return switch (node.operator()) {
            case "Slice", "Split", "Transpose" -> true;
            case "Gather" -> graph.constant(node.input(0)) == null && graph.constant(node.input(1)) != null;
            default -> false;
        };
    }

    /**
     * What one of an operator's outputs takes.
     *
     * @param output the name of the output
     * @return null if it takes no columns alone, of which the graph then knows
     */
    public static Selection of(Graph graph, Node node, String output) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        if (shape == null || !shape.isKnown()) {
            graph.problem(node, "the number of columns of what it takes is not known" + FIXED);
            return null;
        }
        return switch (node.operator()) {
            case "Slice" -> slice(graph, node, shape);
            case "Split" -> split(graph, node, shape, node.outputs().indexOf(output));
            case "Gather" -> gather(graph, node, shape);
            default -> transpose(graph, node, shape);
        };
    }

    /** For each column of the result, which column of the row it is. */
    public int[] columns(Graph graph) throws Refusal {
        return Layout.columns(graph, from, order, picks);
    }

    private static Selection problem(Graph graph, Node node, String why) {
        graph.problem(node, why);
        return null;
    }

    private static Selection along(Shape shape, List<long[]> picks) {
        Shape result = shape;
        for (int d = 0; d < shape.rank(); d++) {
            result = picks.get(d) == null ? result : result.with(d, picks.get(d).length);
        }
        return new Selection(shape, result, Layout.dimensions(shape), picks);
    }

    private static Selection slice(Graph graph, Node node, Shape shape) throws Refusal {
        boolean old = node.opset() < Axes.SLICE;
        List<Long> starts = old ? node.intsAttribute("starts") : Axes.list(graph.constant(node.input(1)));
        List<Long> ends = old ? node.intsAttribute("ends") : Axes.list(graph.constant(node.input(2)));
        List<Long> axes = old ? node.intsAttribute("axes") : Axes.list(graph.constant(node.input(3)));
        List<Long> steps = old || node.input(4).isEmpty() ? null : Axes.list(graph.constant(node.input(4)));
        boolean allAxes = old ? !node.has("axes") : node.input(3).isEmpty();
        boolean stepsKnown = old || node.input(4).isEmpty()
                || steps != null && starts != null && steps.size() == starts.size();
        if (starts == null || ends == null || starts.size() != ends.size() || !stepsKnown
                || !allAxes && (axes == null || axes.size() != starts.size())) {
            return problem(graph, node, "where it begins and ends is not constant" + FIXED);
        }
        List<long[]> picks = Layout.all(shape);
        for (int i = 0; i < starts.size(); i++) {
            int axis = allAxes ? i < shape.rank() ? i : -1 : shape.axis(axes.get(i));
            long step = steps == null ? 1 : steps.get(i);
            if (axis < 0 || step == 0 || picks.get(axis) != null) {
                return problem(graph, node, "its axes do not fit rows of shape " + shape
                        + ": the file is damaged; export the model again");
            }
            if (axis == shape.rows()) {
                boolean all = starts.get(i) == 0 && step == 1 && (ends.get(i) >= Integer.MAX_VALUE
                        || shape.dim(axis) > 0 && ends.get(i) >= shape.dim(axis));
                if (!all) {
                    return problem(graph, node, "it takes some of the rows, and here a row in gives a row out: export the"
                            + " model without");
                }
            } else {
                long[] places = places(starts.get(i), ends.get(i), step, shape.dim(axis));
                if (places.length == 0) {
                    return problem(graph, node, "it takes no column of rows of shape " + shape
                            + ": the file is damaged; export the model again");
                }
                picks.set(axis, places);
            }
        }
        return along(shape, picks);
    }

    private static long[] places(long start, long end, long step, long length) {
        long from = Math.max(step < 0 ? -1 : 0, Math.min(start < 0 ? Math.max(start, -length - 1) + length : start,
                step < 0 ? length - 1 : length));
        long to = Math.max(step < 0 ? -1 : 0, Math.min(end < 0 ? Math.max(end, -length - 1) + length : end, length));
        // A stride beyond the row takes one column.
        long by = Math.max(-length, Math.min(step, length));
        long count = by > 0 ? (to - from + by - 1) / by : (from - to - by - 1) / -by;
        long[] places = new long[(int) Math.max(count, 0)];
        for (int i = 0; i < places.length; i++) {
            places[i] = from + i * by;
        }
        return places;
    }

    private static Selection split(Graph graph, Node node, Shape shape, int output) throws Refusal {
        int axis = shape.axis(node.intAttribute("axis", 0));
        if (axis < 0 || axis == shape.rows()) {
            return problem(graph, node, "it splits rows, not columns: export the model without");
        }
        long length = shape.dim(axis);
        int parts = node.outputs().size();
        List<Long> lengths = new ArrayList<>();
        Tensor given = graph.constant(node.input(1));
        List<Long> listed = node.intsAttribute("split");
        if (given != null && given.type().isInteger() && given.elements() == parts) {
            for (long each : given.longs()) {
                lengths.add(each);
            }
        } else if (listed != null && listed.size() == parts) {
            lengths.addAll(listed);
        } else if (listed == null && node.input(1).isEmpty()) {
            long each = (length + parts - 1) / parts;
            for (int p = 0; p < parts; p++) {
                lengths.add(Math.min(each, length - p * each));
            }
        }
        long sum = 0;
        for (long each : lengths) {
            if (each < 1 || each > length) {
                sum = -1;
                break;
            }
            sum += each;
        }
        if (sum != length) {
            return problem(graph, node, "its parts do not fit rows of shape " + shape + FIXED);
        }
        long from = lengths.subList(0, output).stream().mapToLong(Long::longValue).sum();
        List<long[]> picks = Layout.all(shape);
        picks.set(axis, places(from, from + lengths.get(output), 1, length));
        return along(shape, picks);
    }

    private static Selection gather(Graph graph, Node node, Shape shape) throws Refusal {
        int axis = shape.axis(node.intAttribute("axis", 0));
        Tensor indices = graph.constant(node.input(1));
        boolean one = indices.type().isInteger() && indices.elements() == 1;
        boolean isFirst = one && (indices.longs()[0] == 0 || indices.longs()[0] == -1);
        if (axis >= 0 && axis == shape.rows() && shape.dim(axis) == 1 && isFirst && indices.dims().isEmpty()) {
            // The one row of a model for one row.
            List<Long> dims = new ArrayList<>(shape.dims());
            dims.remove(axis);
            return new Selection(shape, new Shape(dims, Shape.ONE_ROW), Layout.dimensions(shape), Layout.all(shape));
        }
        if (axis < 0 || axis == shape.rows()) {
            return problem(graph, node, "it takes some of the rows, and here a row in gives a row out: export the model"
                    + " without");
        }
        if (!indices.type().isInteger() || indices.elements() < 1
                || shape.rank() - 1 + indices.dims().size() > Limits.RANK) {
            return problem(graph, node, "the places that it takes are no list of integers" + FIXED);
        }
        long[] places = indices.longs();
        for (int i = 0; i < places.length; i++) {
            places[i] += places[i] < 0 ? shape.dim(axis) : 0;
            if (places[i] < 0 || places[i] >= shape.dim(axis)) {
                return problem(graph, node, "it takes column " + places[i] + " of rows of shape " + shape
                        + ": the file is damaged; export the model again");
            }
        }
        List<Long> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        dims.addAll(axis, indices.dims());
        int rows = shape.rows() < axis ? shape.rows() : shape.rows() - 1 + indices.dims().size();
        List<long[]> picks = Layout.all(shape);
        picks.set(axis, places);
        Shape result = shape.rows() == Shape.ONE_ROW ? Shape.ofOneRow(dims) : new Shape(dims, rows);
        return new Selection(shape, result, Layout.dimensions(shape), picks);
    }

    private static Selection transpose(Graph graph, Node node, Shape shape) throws Refusal {
        List<Long> permutation = node.intsAttribute("perm");
        List<Integer> order = new ArrayList<>();
        List<Long> dims = new ArrayList<>();
        int rows = Shape.ONE_ROW;
        for (int d = 0; d < shape.rank(); d++) {
            long from = permutation == null ? shape.rank() - 1 - d
                    : permutation.size() == shape.rank() ? permutation.get(d) : -1;
            if (from < 0 || from >= shape.rank() || order.contains((int) from) || from == shape.rows() && rows >= 0) {
                return problem(graph, node, "its perm does not fit " + shape
                        + ": the file is damaged; export the model again");
            }
            if (from == shape.rows()) {
                rows = d;
            } else {
                order.add((int) from);
            }
            dims.add(shape.dim((int) from));
        }
        return new Selection(shape, new Shape(dims, rows), order, Layout.all(shape));
    }
}
