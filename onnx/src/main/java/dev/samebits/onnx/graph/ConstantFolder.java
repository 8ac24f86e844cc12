package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Budget;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Works out operators that take nothing but constants, and shapes, in which the number of rows stays open: what exporters
 * leave for the runtime to do.
 */
final class ConstantFolder {
    private final Graph graph;
    private final Budget budget;

    ConstantFolder(Graph graph, Budget budget) {
        this.graph = graph;
        this.budget = budget;
    }

    /**
     * The constant that a node gives.
     *
     * @return null if it is none, or one that is not worked out here
     * @throws Refusal if it would take too much memory
     */
    Tensor fold(Node node) throws Refusal {
        String name = node.outputs().get(0);
        if (node.operator().equals("Shape")) {
            return shape(node, name);
        }
        Tensor first = graph.constant(node.input(0));
        if (first == null) {
            return null;
        }
        return switch (node.operator()) {
            case "Identity" -> first.as(name, first.dims());
            case "Cast" -> cast(node, name, first);
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> {
                List<Long> dims = reshaped(node, first);
                yield dims == null ? null : first.as(name, dims);
            }
            case "Transpose" -> transpose(node, name, first);
            case "Gather", "Slice", "Concat" -> integers(node, name, first);
            case "Neg", "Sqrt", "Add", "Sub", "Mul", "Div" -> arithmetic(node, name, first);
            default -> null;
        };
    }

    private Tensor shape(Node node, String name) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        if (shape == null || node.has("start") || node.has("end")) {
            return null;
        }
        long[] dims = new long[shape.rank()];
        for (int d = 0; d < dims.length; d++) {
            if (d != shape.rows() && shape.dim(d) == Shape.UNKNOWN) {
                return null;
            }
            dims[d] = d == shape.rows() ? Tensor.ROWS : shape.dim(d);
        }
        return Tensor.of(name, List.of((long) dims.length), dims);
    }

    /** Among types of one kind: integers stay as they are, and so do weights but where the type has fewer of their bits. */
    private Tensor cast(Node node, String name, Tensor tensor) throws Refusal {
        ElementType to = ElementType.of((int) node.intAttribute("to", 0));
        if (to == null || !(to.isReal() && tensor.isReal() || to.isInteger() && tensor.type().isInteger())) {
            return null;
        }
        if (to.isHalf() && to != tensor.type()) {
            budget.take((long) Float.BYTES * tensor.elements());
            return tensor.rounded(name, to);
        }
        return to == ElementType.FLOAT && tensor.type().isHalf() ? tensor.widened(name) : tensor.as(name, tensor.dims());
    }

    /** The dimensions that a constant has behind an operator that moves none of its elements, or null. */
    private List<Long> reshaped(Node node, Tensor tensor) throws Refusal {
        List<Long> whole = new ArrayList<>(tensor.dims());
        switch (node.operator()) {
            case "Squeeze" -> {
                List<Long> axes = Axes.of(graph, node, Axes.SQUEEZE);
                List<Long> left = new ArrayList<>();
                for (int d = 0; d < whole.size(); d++) {
                    int axis = d;
                    boolean gone = axes == null ? whole.get(d) == 1
                            : axes.stream().anyMatch(a -> a == axis || a + whole.size() == axis);
                    if (gone && whole.get(d) != 1) {
                        return null;
                    }
                    if (!gone) {
                        left.add(whole.get(d));
                    }
                }
                return left;
            }
            case "Unsqueeze" -> {
                List<Long> axes = Axes.of(graph, node, Axes.SQUEEZE);
                if (axes == null || axes.size() + whole.size() > Limits.RANK) {
                    return null;
                }
                int rank = axes.size() + whole.size();
                for (long axis : axes.stream().map(a -> a < 0 ? a + rank : a).sorted().toList()) {
                    if (axis < 0 || axis > whole.size()) {
                        return null;
                    }
                    whole.add((int) axis, 1L);
                }
                return whole;
            }
            case "Flatten" -> {
                return null;
            }
            default -> {
                return reshaped(node, tensor, graph.constant(node.input(1)));
            }
        }
    }

    private static List<Long> reshaped(Node node, Tensor tensor, Tensor target) throws Refusal {
        if (target == null || !target.type().isInteger() || target.elements() > Limits.RANK) {
            return null;
        }
        List<Long> dims = new ArrayList<>();
        long product = 1;
        int open = -1;
        for (long length : target.longs()) {
            int d = dims.size();
            long given = length == 0 && node.intAttribute("allowzero", 0) == 0 && d < tensor.dims().size()
                    ? tensor.dims().get(d) : length;
            if (given == -1 && open < 0) {
                open = d;
            } else if (given < 1 || given > Limits.ELEMENTS) {
                return null;
            } else {
                product = Math.min(product, Limits.ELEMENTS) * given;
            }
            dims.add(given);
        }
        if (open >= 0 && tensor.elements() % product == 0) {
            dims.set(open, tensor.elements() / product);
            return dims;
        }
        return open < 0 && product == tensor.elements() ? dims : null;
    }

    private Tensor transpose(Node node, String name, Tensor tensor) throws Refusal {
        List<Long> permutation = node.intsAttribute("perm");
        if (!tensor.isReal() || tensor.dims().size() != 2
                || permutation != null && !permutation.equals(List.of(1L, 0L))) {
            return null;
        }
        budget.take((long) Float.BYTES * tensor.elements());
        long rows = tensor.dims().get(0);
        long columns = tensor.dims().get(1);
        float[] values = tensor.elements() == 0 ? new float[0]
                : Tensor.transposed(tensor.floats(), (int) rows, (int) columns);
        return Tensor.of(name, List.of(columns, rows), values);
    }

    /** What is done with the elements of a shape, one-dimensional and short. */
    private Tensor integers(Node node, String name, Tensor first) throws Refusal {
        for (String input : node.inputs()) {
            Tensor tensor = graph.constant(input);
            if (tensor == null || !tensor.type().isInteger() || tensor.dims().size() > 1
                    || tensor.elements() > 2 * Limits.RANK) {
                return null;
            }
        }
        long[] values = first.longs();
        return switch (node.operator()) {
            case "Gather" -> gather(node, name, values);
            case "Slice" -> slice(node, name, values);
            default -> concat(node, name);
        };
    }

    private Tensor gather(Node node, String name, long[] values) throws Refusal {
        Tensor indices = graph.constant(node.input(1));
        if (indices == null || node.intAttribute("axis", 0) != 0) {
            return null;
        }
        long[] taken = indices.longs();
        for (int i = 0; i < taken.length; i++) {
            long index = taken[i] < 0 ? taken[i] + values.length : taken[i];
            if (index < 0 || index >= values.length) {
                return null;
            }
            taken[i] = values[(int) index];
        }
        return Tensor.of(name, indices.dims(), taken);
    }

    private Tensor slice(Node node, String name, long[] values) throws Refusal {
        long start;
        long end;
        if (node.opset() < 10) {
            List<Long> starts = node.intsAttribute("starts");
            List<Long> ends = node.intsAttribute("ends");
            if (starts == null || ends == null || starts.size() != 1 || ends.size() != 1) {
                return null;
            }
            start = starts.get(0);
            end = ends.get(0);
        } else {
            Tensor starts = graph.constant(node.input(1));
            Tensor ends = graph.constant(node.input(2));
            Tensor steps = graph.constant(node.input(4));
            if (starts == null || ends == null || starts.elements() != 1 || ends.elements() != 1
                    || steps != null && (steps.elements() != 1 || steps.longs()[0] != 1)) {
                return null;
            }
            start = starts.longs()[0];
            end = ends.longs()[0];
        }
        int from = clamp(start, values.length);
        long[] part = Arrays.copyOfRange(values, from, Math.max(from, clamp(end, values.length)));
        return Tensor.of(name, List.of((long) part.length), part);
    }

    private static int clamp(long index, int length) {
        long fromFront = index < 0 ? index + length : index;
        return (int) Math.max(0, Math.min(length, fromFront));
    }

    private Tensor concat(Node node, String name) throws Refusal {
        if (node.intAttribute("axis", 0) != 0 || node.inputs().size() > Limits.RANK) {
            return null;
        }
        List<Long> all = new ArrayList<>();
        for (String input : node.inputs()) {
            for (long value : graph.constant(input).longs()) {
                all.add(value);
            }
        }
        return Tensor.of(name, List.of((long) all.size()), all.stream().mapToLong(Long::longValue).toArray());
    }

    /** In float, each operation rounded once, as other runtimes do it. */
    private Tensor arithmetic(Node node, String name, Tensor first) throws Refusal {
        boolean unary = node.operator().equals("Neg") || node.operator().equals("Sqrt");
        Tensor second = unary ? first : graph.constant(node.input(1));
        if (second == null || !first.isReal() || !second.isReal()
                || !first.isScalar() && !second.isScalar() && !first.dims().equals(second.dims())) {
            return null;
        }
        Tensor larger = first.dims().size() > second.dims().size() || second.isScalar() && !first.isScalar()
                ? first : second;
        if (larger.elements() != Math.max(first.elements(), second.elements())
                || larger.dims().size() < Math.max(first.dims().size(), second.dims().size())) {
            return null;
        }
        budget.take((long) Float.BYTES * larger.elements());
        float[] a = first.floats();
        float[] b = unary ? a : second.floats();
        float[] result = new float[larger.elements()];
        for (int i = 0; i < result.length; i++) {
            float x = a[a.length == 1 ? 0 : i];
            float y = b[b.length == 1 ? 0 : i];
            result[i] = switch (node.operator()) {
                case "Neg" -> -x;
                case "Sqrt" -> (float) Math.sqrt(x);
                case "Add" -> x + y;
                case "Sub" -> x - y;
                case "Mul" -> x * y;
                default -> x / y;
            };
        }
        return Tensor.of(name, larger.dims(), result);
    }
}
