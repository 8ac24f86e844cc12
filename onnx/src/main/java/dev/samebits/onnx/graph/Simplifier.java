package dev.samebits.onnx.graph;

import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import dev.samebits.onnx.tensor.TensorReader;
import java.util.ArrayList;
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
        this.folder = new ConstantFolder(graph, tensors);
        this.shapes = new ShapeRules(graph);
    }

    /**
     * Simplifies a graph in place. Operators that cannot be followed stay, for the rules to refuse where they are needed.
     *
     * @throws Refusal if an attribute or a constant is damaged
     */
    public static void simplify(Graph graph, TensorReader tensors) throws Refusal {
        new Simplifier(graph, tensors).run();
    }

    private void run() throws Refusal {
        List<Node> later = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.outputs().isEmpty()) {
                continue;
            }
            if (values(node).isEmpty()) {
                work(node);
            } else {
                later.add(node);
            }
        }
        // How rows stand in an input is told by what meets them, constants among it.
        for (ValueInfo input : graph.inputs()) {
            graph.shape(input.name(), InputRows.shape(graph, input));
        }
        for (Node node : later) {
            step(node);
        }
    }

    private List<String> values(Node node) {
        return node.inputs().stream().filter(name -> !name.isEmpty() && graph.constant(name) == null).toList();
    }

    /** An operator that takes nothing but constants. */
    private void work(Node node) throws Refusal {
        if (Origins.isRandom(node)) {
            graph.problem(node, RANDOM);
        } else if (node.operator().equals("Constant")) {
            graph.define(constant(node));
        } else {
            fold(node);
        }
    }

    static final String DROPS = "it drops values at random, as in training: export the model for inference";
    private static final String RANDOM =
            "it draws random numbers, so that no two runs agree: export the model for inference";
    private static final Set<String> SAME_SHAPE = Set.of("Relu", "Sigmoid", "Tanh", "Softplus", "Sin", "LeakyRelu", "Elu",
            "HardSigmoid", "Selu", "Celu", "Erf", "Gelu", "Clip", "Neg", "Exp", "Log", "Softmax", "LogSoftmax", "Abs",
            "Sqrt",
            "BatchNormalization", "Softsign", "HardSwish", "Mish", "Shrink", "Reciprocal", "Cos", Node.ML + ".Scaler",
            LinearOperators.NORMALIZER, FusedOperators.GELU, FusedOperators.QUICK_GELU, "LayerNormalization", "Not",
            "RMSNormalization", "SimplifiedLayerNormalization", "LpNormalization");
    private static final Set<String> MOVES =
            Set.of("Identity", "Dropout", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose");
    private static final Set<String> BROADCAST =
            Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean", "Pow", "PRelu", "Where", "Greater",
                    "GreaterOrEqual", "Less", "LessOrEqual", "Equal", "And", "Or", "Xor", FusedOperators.BIAS_GELU,
                    FusedOperators.FAST_GELU);

    /** Whether it computes element by element. */
    static boolean isElementwise(Node node) {
        return SAME_SHAPE.contains(node.operator()) || BROADCAST.contains(node.operator());
    }

    private void step(Node node) throws Refusal {
        List<String> values = values(node);
        if (values.isEmpty() || Origins.isRandom(node)) {
            work(node);
            return;
        }
        Shape shape = graph.shape(values.get(0));
        if (shape == null) {
            return;
        }
        String output = node.outputs().get(0);
        OldOperators.modernise(graph, node, shape);
        if (values.get(0).equals(node.input(0)) && Trivial.isNothing(graph, node, shape)) {
            graph.alias(output, node.input(0), shape);
            return;
        }
        if (MOVES.contains(node.operator()) && !values.get(0).equals(node.input(0))) {
            // What it moves is a constant: another input is computed, which says how, or which it does not have.
            return;
        }
        switch (node.operator()) {
            case "Identity" -> graph.alias(output, values.get(0), shape);
            case "Dropout" -> dropout(node, output, shape);
            case "Cast" -> cast(node, output, shape);
            case "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose" -> {
                if (node.operator().equals("Transpose") && Reshaping.movesColumns(node, shape)) {
                    selection(node);
                    return;
                }
                Shape changed = new Reshaping(graph, node, shape).result();
                if (changed != null) {
                    graph.alias(output, node.input(0), changed);
                }
            }
            case "Shape" -> fold(node);
            case "Gemm", FusedOperators.GEMM -> graph.shape(output, shapes.gemm(node));
            case "MatMul" -> graph.shape(output, shapes.matMul(node));
            case FusedOperators.SKIP_NORM, FusedOperators.SKIP_RMS_NORM -> skipNorm(node);
            case "Expand" -> graph.shape(output, expand(node, shape));
            case "Concat" -> graph.shape(output, shapes.concat(node));
            case LinearOperators.REGRESSOR, LinearOperators.CLASSIFIER ->
                    graph.shape(node.outputs().get(LinearOperators.scores(node)), LinearOperators.shape(node, shape));
            default -> {
                if (QuantizedOperators.isOne(node)) {
                    QuantizedOperators.shape(graph, node, shape);
                } else if (SAME_SHAPE.contains(node.operator())) {
                    graph.shape(output, shape);
                } else if (BROADCAST.contains(node.operator())) {
                    graph.shape(output, shapes.broadcast(node));
                } else {
                    parts(node, output);
                }
            }
        }
    }

    /** What takes parts of a row, or looks them up. */
    private void parts(Node node, String output) throws Refusal {
        if (Reduction.isOne(node)) {
            Reduction reduction = Reduction.of(graph, node);
            graph.shape(output, reduction == null ? null : reduction.shape());
        } else if (Lookup.isOne(graph, node)) {
            graph.shape(output, Lookup.shape(graph, node));
        } else if (Selection.isOne(graph, node)) {
            selection(node);
        }
    }

    private void selection(Node node) throws Refusal {
        for (String output : node.outputs()) {
            Selection selection = output.isEmpty() ? null : Selection.of(graph, node, output);
            if (selection != null) {
                graph.shape(output, selection.shape());
            }
        }
    }

    /** The sum is there as well as what is made of it. */
    private void skipNorm(Node node) {
        Shape shape = shapes.broadcast(node);
        graph.shape(node.outputs().get(0), shape);
        if (node.outputs().size() > FusedOperators.SKIP_SUM && !node.outputs().get(FusedOperators.SKIP_SUM).isEmpty()) {
            graph.shape(node.outputs().get(FusedOperators.SKIP_SUM), shape);
        }
    }

    /** Columns spread over others; the rows stay as many as they are. */
    private Shape expand(Node node, Shape shape) {
        List<Long> target = Axes.list(graph.constant(node.input(1)));
        if (target == null) {
            graph.problem(node, "the shape that it spreads to is not constant: export the model with a fixed shape");
            return null;
        }
        int rows = shape.rows() == Shape.ONE_ROW ? Shape.ONE_ROW : shape.rows() + target.size() - shape.rank();
        List<Long> dims = new ArrayList<>();
        boolean fits = shape.rows() == Shape.ONE_ROW || target.size() <= shape.rank() || rows >= 0;
        for (int d = 0; d < target.size(); d++) {
            long length = target.get(d);
            boolean ofRows = rows >= 0 && d == rows;
            fits &= ofRows ? length == Tensor.ROWS || length == 1 : length > 0;
            dims.add(ofRows ? (Long) 1L : (Long) length);
        }
        Shape result = fits ? Broadcast.of(List.of(shape, new Shape(dims, Shape.ONE_ROW))) : null;
        if (result == null) {
            graph.problem(node, "it would spread rows of shape " + shape + " over others: export the model so that each of"
                    + " its rows gives one");
        }
        return result;
    }

    private void fold(Node node) throws Refusal {
        boolean ofShapes = node.operator().equals("Shape") || node.inputs().stream().anyMatch(graph::isOfShapes);
        Tensor constant = folder.fold(node);
        if (ofShapes) {
            graph.ofShapes(node);
        }
        if (constant != null) {
            graph.define(constant);
        } else {
            graph.problem(node, ofShapes
                    ? "it computes with the shape of the rows in a way that is not read: export the model with a fixed shape"
                    : "it makes a constant in a way that is not read: fold constants when exporting the model");
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
        throw node.refused("it gives no number, list of numbers or dense tensor: export the model with one of these");
    }

    /** Dropout does nothing but in training. */
    private void dropout(Node node, String output, Shape shape) {
        Tensor training = graph.constant(node.input(2));
        boolean off = graph.problem(node) == null && node.input(2).isEmpty()
                || training != null && training.type() == ElementType.BOOL && training.elements() == 1
                        && training.longs()[0] == 0;
        if (off) {
            graph.alias(output, node.input(0), shape);
        } else {
            graph.problem(node, DROPS);
        }
    }

    /** A cast among floating-point types leaves the rows alone, since here they are float throughout. */
    private void cast(Node node, String output, Shape shape) throws Refusal {
        ElementType to = ElementType.of((int) node.intAttribute("to", 0));
        if (to != null && to.isReal()) {
            if (to != ElementType.FLOAT) {
                graph.note(node, "casts to " + to.label + " are left out; rows are computed in float");
            }
            graph.alias(output, node.input(0), shape);
        } else if (to != null && to.isInteger()) {
            boolean ofIntegers = graph.isTruth(node.input(0)) || ElementType.isInteger(graph.inputType(node.input(0)));
            if (ofIntegers) {
                graph.alias(output, node.input(0), shape);
            } else {
                graph.shape(output, shape);
            }
        } else if (to == ElementType.BOOL && graph.isTruth(node.input(0))) {
            graph.alias(output, node.input(0), shape);
        } else if (to == ElementType.BOOL) {
            graph.shape(output, shape);
        }
    }
}
