package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.List;
import java.util.Set;

/**
 * Walks once over a graph, forwards: works out what depends on constants alone ({@link ConstantFolder}), follows the shapes
 * ({@link ShapeRules}), and takes out the operators that leave the rows alone. What is left for the rules is arithmetic.
 */
public final class Simplifier {
    private final Graph graph;
    private final TensorReader tensors;
    private final ConstantFolder folder;
    private final ShapeRules shapes;

    private Simplifier(Graph graph, TensorReader tensors) {
        this.graph = graph;
        this.tensors = tensors;
        this.folder = new ConstantFolder(graph, graph.budget());
        this.shapes = new ShapeRules(graph);
    }

    /**
     * Simplifies a graph in place. Operators that cannot be followed stay, for the rules to refuse where they are needed.
     *
     * @throws Refusal if the input is of no shape or type that rows of numbers have, or a constant is damaged
     */
    public static void simplify(Graph graph, TensorReader tensors) throws Refusal {
        new Simplifier(graph, tensors).run();
    }

    private void run() throws Refusal {
        graph.shape(graph.input().name(), inputShape());
        for (Node node : graph.nodes()) {
            if (!node.outputs().isEmpty()) {
                step(node);
            }
        }
    }

    private Shape inputShape() throws Refusal {
        ValueInfo input = graph.input();
        String where = "input " + Refusal.quote(input.name());
        if (!ElementType.isNumber(input.type())) {
            throw new Refusal(where, "its type is " + ElementType.name(input.type())
                    + ", and only tensors of numbers are read: export the model in single precision");
        }
        if (input.type() != Tensor.FLOAT) {
            graph.notes().add(where + " is of type " + ElementType.name(input.type())
                    + " in the file; rows are taken as float");
        }
        List<Long> dims = input.dims() == null ? List.of(Shape.UNKNOWN, Shape.UNKNOWN)
                : input.dims().stream().map(dim -> dim > 0 ? dim : (Long) Shape.UNKNOWN).toList();
        if (dims.isEmpty() || dims.size() > Limits.RANK) {
            throw new Refusal(where, "it has " + dims.size() + " dimensions instead of [rows, columns]");
        }
        Shape rows = new Shape(dims, isTakenByColumns() && dims.size() == 2 ? 1 : 0);
        if (!rows.isKnown() && !rows.dims().subList(1 - Math.min(rows.rows(), 1), rows.rank()).contains(Shape.UNKNOWN)) {
            throw new Refusal(where, "its shape " + rows + " has more columns than a Java array holds");
        }
        if (rows.dim(rows.rows()) > 1) {
            graph.notes().add(where + " is declared for batches of " + rows.dim(rows.rows()) + " rows; any number is taken");
        }
        return rows;
    }

    /** Whether what takes the input wants features × samples. */
    private boolean isTakenByColumns() throws Refusal {
        String input = graph.input().name();
        for (Node node : graph.nodes()) {
            boolean gemm = node.operator().equals("Gemm");
            if (gemm && node.input(0).equals(input) && node.intAttribute("transA", 0) != 0
                    || (gemm || node.operator().equals("MatMul")) && graph.constant(node.input(0)) != null
                            && node.input(1).equals(input) && node.intAttribute("transB", 0) == 0) {
                graph.notes().add("the input is features × samples in the file; rows here are its columns");
                return true;
            }
        }
        return false;
    }

    private static final Set<String> SAME_SHAPE = Set.of("Relu", "Sigmoid", "Tanh", "Softplus", "Sin", "LeakyRelu", "Elu",
            "HardSigmoid", "Selu", "Celu", "Erf", "Gelu", "Clip", "Neg", "Exp", "Log", "Softmax", "LogSoftmax", "Abs",
                    "Sqrt",
            "BatchNormalization", "Softsign", Node.ML + ".Scaler", LinearOperators.NORMALIZER);
    private static final Set<String> BROADCAST =
            Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Pow", "PRelu", "Where", "Greater", "GreaterOrEqual");

    private void step(Node node) throws Refusal {
        if (node.operator().equals("Constant")) {
            graph.define(constant(node));
            return;
        }
        List<String> values = node.inputs().stream()
                .filter(name -> !name.isEmpty() && graph.constant(name) == null).toList();
        if (values.isEmpty()) {
            fold(node);
            return;
        }
        Shape shape = graph.shape(values.get(0));
        if (shape == null) {
            return;
        }
        String output = node.outputs().get(0);
        switch (node.operator()) {
            case "Identity" -> graph.alias(output, values.get(0), shape);
            case "Dropout" -> dropout(node, output, shape);
            case "Cast" -> cast(node, output, shape);
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose" -> {
                Shape changed = new Reshaping(graph, node, shape).result();
                if (changed != null) {
                    graph.alias(output, node.input(0), changed);
                }
            }
            case "Shape" -> fold(node);
            case "Gemm" -> graph.shape(output, shapes.gemm(node));
            case "MatMul" -> graph.shape(output, shapes.matMul(node));
            case "ReduceMax" -> graph.shape(output, shapes.reduce(node, shape));
            case "Concat" -> graph.shape(output, shapes.concat(node));
            case LinearOperators.REGRESSOR, LinearOperators.CLASSIFIER ->
                    graph.shape(node.outputs().get(LinearOperators.scores(node)), LinearOperators.shape(node, shape));
            default -> {
                if (SAME_SHAPE.contains(node.operator())) {
                    graph.shape(output, shape);
                } else if (BROADCAST.contains(node.operator())) {
                    graph.shape(output, shapes.broadcast(node));
                }
            }
        }
    }

    private void fold(Node node) throws Refusal {
        Tensor constant = folder.fold(node);
        if (constant == null) {
            graph.problem(node, "it makes a constant in a way that is not read: fold constants when exporting the model");
        } else {
            graph.define(constant);
        }
    }

    private Tensor constant(Node node) throws Refusal {
        String name = node.outputs().get(0);
        TensorProto value = node.tensorAttribute("value");
        if (value != null) {
            return tensors.read(name, value);
        }
        if (node.has("value_float")) {
            return Tensor.of(name, List.of(), new float[] {node.floatAttribute("value_float", 0)});
        }
        if (node.has("value_int")) {
            return Tensor.of(name, List.of(), new long[] {node.intAttribute("value_int", 0)});
        }
        float[] floats = node.floatsAttribute("value_floats");
        if (floats != null) {
            return Tensor.of(name, List.of((long) floats.length), floats);
        }
        List<Long> ints = node.intsAttribute("value_ints");
        if (ints != null) {
            return Tensor.of(name, List.of((long) ints.size()), ints.stream().mapToLong(Long::longValue).toArray());
        }
        throw node.refused("it gives no number, list of numbers or dense tensor");
    }

    /** Dropout does nothing but in training. */
    private void dropout(Node node, String output, Shape shape) {
        Tensor training = graph.constant(node.input(2));
        boolean off = node.input(2).isEmpty()
                || training != null && training.type() == ElementType.BOOL && training.elements() == 1
                        && training.longs()[0] == 0;
        if (off) {
            graph.alias(output, node.input(0), shape);
        } else {
            graph.problem(node, "it drops values at random, as in training: export the model for inference");
        }
    }

    /** A cast among floating-point types leaves the rows alone, since here they are float throughout. */
    private void cast(Node node, String output, Shape shape) throws Refusal {
        ElementType to = ElementType.of((int) node.intAttribute("to", 0));
        if (to != null && to.isReal()) {
            if (to != ElementType.FLOAT) {
                graph.notes().add("casts to " + to.label + " are left out; rows are computed in float");
            }
            graph.alias(output, node.input(0), shape);
        }
    }
}
