package dev.samebits.onnx.graph;

import dev.samebits.Activation;
import dev.samebits.onnx.limits.Budget;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Works out operators that take nothing but constants, and shapes, in which the number of rows stays open: what exporters
 * leave for the runtime to do.
 */
final class ConstantFolder {
    /** Functions that are here as the library computes them on rows. */
    private static final Map<String, Activation> FUNCTIONS = Map.of("Tanh", Activation.TANH, "Sigmoid", Activation.LOGISTIC,
            "Softplus", Activation.SOFTPLUS, "Relu", Activation.RELU, "Abs", Activation.ABS, "Reciprocal",
            Activation.RECIPROCAL, "Sin", Activation.SINE, "Cos", Activation.COSINE);
    private static final Set<String> UNARY = Set.of("Neg", "Sqrt", "Exp", "Log");
    /** What does the same to each row of a constant that has one for each row of the input. */
    private static final Set<String> ROW_BY_ROW =
            Set.of("Identity", "Neg", "Sqrt", "Exp", "Log", "Add", "Sub", "Mul", "Div");

    private final Graph graph;
    private final Budget budget;
    private final ShapeFolder shapes;

    ConstantFolder(Graph graph, TensorReader tensors) {
        this.graph = graph;
        this.budget = graph.budget();
        this.shapes = new ShapeFolder(graph, tensors);
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
            return shapes.shape(node, name);
        }
        Tensor first = graph.constant(node.input(0));
        if (first == null) {
            return null;
        }
        Shape rows = node.inputs().stream().map(graph::shape).filter(Objects::nonNull).findFirst().orElse(null);
        if (rows != null && !ROW_BY_ROW.contains(node.operator())) {
            return null;
        }
        Tensor folded = fold(node, name, first);
        if (rows != null && folded != null) {
            if (folded.dims().size() != rows.rank()) {
                return null;
            }
            graph.shape(name, new Shape(folded.dims(), rows.rows()).with(rows.rows(), Shape.UNKNOWN));
        }
        return folded;
    }

    private Tensor fold(Node node, String name, Tensor first) throws Refusal {
        return switch (node.operator()) {
            case "Identity" -> first.as(name, first.dims());
            case "Cast" -> cast(node, name, first);
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze" -> {
                List<Long> dims = reshaped(node, first);
                yield dims == null ? null : first.as(name, dims);
            }
            case "Transpose" -> transpose(node, name, first);
            case QuantizedOperators.QUANTIZE -> QuantizedOperators.quantized(graph, node, first);
            case QuantizedOperators.DEQUANTIZE -> QuantizedOperators.dequantized(graph, node, first);
            case "Gather", "Slice", "Concat" -> shapes.integers(node, name, first);
            case "ConstantOfShape" -> shapes.constantOfShape(node, name, first);
            case "Neg", "Sqrt", "Exp", "Log", "Add", "Sub", "Mul", "Div" ->
                    first.isReal() ? arithmetic(node, name, first) : ShapeArithmetic.of(graph, node, name);
            case "Tanh", "Sigmoid", "Softplus", "Relu", "Abs", "Reciprocal", "Sin", "Cos" ->
                    first.isReal() ? function(FUNCTIONS.get(node.operator()), name, first)
                            : ShapeArithmetic.of(graph, node, name);
            default -> ShapeArithmetic.isOne(node) ? ShapeArithmetic.of(graph, node, name) : null;
        };
    }

    /** Among types of one kind: integers stay as they are, and so do weights but where the type has fewer of their bits. */
    private Tensor cast(Node node, String name, Tensor tensor) throws Refusal {
        ElementType to = ElementType.of((int) node.intAttribute("to", 0));
        if (to != null && to.isInteger() && tensor.isTruth()) {
            return Tensor.of(name, tensor.dims(), tensor.longs());
        }
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

    /** Without dimensions of 1 in front. */
    private static List<Long> inner(Tensor tensor) {
        List<Long> dims = tensor.dims();
        int from = 0;
        while (from < dims.size() && dims.get(from) == 1) {
            from++;
        }
        return dims.subList(from, dims.size());
    }

    private Tensor function(Activation function, String name, Tensor tensor) throws Refusal {
        budget.take((long) Float.BYTES * tensor.elements());
        float[] values = tensor.floats();
        for (int i = 0; i < values.length; i++) {
            values[i] = function.value(values[i]);
        }
        return Tensor.of(name, tensor.dims(), values);
    }

    /** In float, each operation rounded once, as other runtimes do it. */
    private Tensor arithmetic(Node node, String name, Tensor first) throws Refusal {
        boolean unary = UNARY.contains(node.operator());
        Tensor second = unary ? first : graph.constant(node.input(1));
        if (second == null || !first.isReal() || !second.isReal()
                || !first.isScalar() && !second.isScalar() && !inner(first).equals(inner(second))) {
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
                // The same on every machine.
                case "Exp" -> (float) StrictMath.exp(x);
                case "Log" -> (float) StrictMath.log(x);
                case "Add" -> x + y;
                case "Sub" -> x - y;
                case "Mul" -> x * y;
                default -> x / y;
            };
        }
        return Tensor.of(name, larger.dims(), result);
    }
}
