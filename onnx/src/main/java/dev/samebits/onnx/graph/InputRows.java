package dev.samebits.onnx.graph;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How rows stand in the inputs of a file: as its first dimension or its second, or as the one vector that it takes. */
public final class InputRows {
    /** What gives its operand's shape to the result, whatever that is. */
    private static final Set<String> KEEPS_SHAPE = Set.of("Identity", "Cast", "Dropout");

    private InputRows() {}

    /** The shape of an input, or null where nothing is made of it: {@link #counting} then says why, if it is needed. */
    static Shape shape(Graph graph, ValueInfo input) throws Refusal {
        List<Long> dims = input.dims() == null ? List.of(Shape.UNKNOWN, Shape.UNKNOWN)
                : input.dims().stream().map(dim -> dim > 0 ? dim : (Long) Shape.UNKNOWN).toList();
        if (!isRead(graph, input) || dims.isEmpty() || dims.size() > Limits.RANK) {
            return null;
        }
        if (dims.size() == 1) {
            return new Shape(dims, isOneRow(graph, input) ? Shape.ONE_ROW : 0);
        }
        return new Shape(dims, dims.size() == 2 && isTakenByColumns(graph, input) ? 1 : 0);
    }

    /** Whether its elements can be numbers of a row: numbers, truths, and text of which only its place in a list counts. */
    private static boolean isRead(Graph graph, ValueInfo input) {
        return ElementType.isNumber(input.type()) || input.type() == ElementType.BOOL.number
                || input.type() == ElementType.STRING.number && graph.nodes().stream()
                        .filter(node -> node.inputs().contains(input.name()))
                        .allMatch(node -> node.operator().equals(Lookup.ONE_HOT_ENCODER));
    }

    /** Whether what takes the input wants features × samples. */
    private static boolean isTakenByColumns(Graph graph, ValueInfo input) throws Refusal {
        for (Node node : graph.nodes()) {
            boolean gemm = node.operator().equals("Gemm");
            if (gemm && node.input(0).equals(input.name()) && node.intAttribute("transA", 0) != 0
                    || (gemm || node.operator().equals("MatMul")) && graph.constant(node.input(0)) != null
                            && node.input(1).equals(input.name()) && node.intAttribute("transB", 0) == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an input of one dimension is a row, and not a column of rows. What first does something else with it than
     * element by element tells; where nothing does, a row is what has a number of columns.
     */
    private static boolean isOneRow(Graph graph, ValueInfo input) throws Refusal {
        Set<String> same = new HashSet<>(Set.of(input.name()));
        for (Node node : graph.nodes()) {
            if (node.inputs().stream().noneMatch(same::contains) || node.outputs().isEmpty()) {
                continue;
            }
            Boolean told = tells(graph, node);
            if (told != null) {
                return told;
            }
            if (KEEPS_SHAPE.contains(node.operator()) || Simplifier.isElementwise(node)) {
                same.add(node.outputs().get(0));
            }
        }
        return input.dims().get(0) > 0;
    }

    /** Whether an operator takes a value of one dimension as a row; null if it may be either. */
    private static Boolean tells(Graph graph, Node node) throws Refusal {
        return switch (node.operator()) {
            case "MatMul", "Softmax", "LogSoftmax", "ReduceMax", "ArgMax" -> true;
            case "Flatten" -> node.intAttribute("axis", 1) == 0;
            case "Unsqueeze" -> {
                List<Long> axes = Axes.of(graph, node, Axes.SQUEEZE);
                yield axes == null ? null : axes.contains(0L);
            }
            case "Reshape" -> {
                List<Long> target = Axes.list(graph.constant(node.input(1)));
                // [1, n] and [-1, n] are a row; [-1, 1] and [n, 1] are rows of one number each.
                yield target == null || target.size() < 2 ? null : target.get(target.size() - 1) != 1;
            }
            default -> {
                for (String operand : node.inputs()) {
                    Tensor constant = graph.constant(operand);
                    if (Simplifier.isElementwise(node) && constant != null && constant.elements() > 1) {
                        yield true;
                    }
                }
                yield null;
            }
        };
    }

    /**
     * The inputs that count for some values, in the order of the file.
     *
     * @param output how messages call the first of the values
     * @throws Refusal if none does, or one is of a shape or type that rows of numbers do not have
     */
    public static List<ValueInfo> counting(Graph graph, Collection<String> values, String output) throws Refusal {
        List<ValueInfo> counting = graph.counting(values);
        if (counting.isEmpty()) {
            throw Graph.refused("its output " + quote(output)
                    + " is a constant, which no row of an input changes: choose another output, or export the model again");
        }
        for (ValueInfo input : counting) {
            check(graph, input);
        }
        return counting;
    }

    private static void check(Graph graph, ValueInfo input) throws Refusal {
        String where = "input " + quote(input.name());
        if (!isRead(graph, input)) {
            throw new Refusal(where, "its type is " + ElementType.name(input.type())
                    + ", and only tensors of numbers are read: export the model in single precision");
        }
        Shape rows = graph.shape(input.name());
        if (rows == null) {
            throw new Refusal(where, "it has " + input.dims().size()
                    + " dimensions: export the model with an input of the two dimensions [rows, columns]");
        }
        List<Long> columns = rows.dims().subList(rows.rows() == 0 ? 1 : 0, rows.rows() == 1 ? 1 : rows.rank());
        if (!rows.isKnown() && !columns.contains(Shape.UNKNOWN)) {
            throw new Refusal(where, "its shape " + rows
                    + " has more columns than a Java array holds: export a smaller model");
        }
        if (input.type() == ElementType.STRING.number) {
            graph.notes().add(where + " is text in the file; here it is the place of the text among the categories of the"
                    + " OneHotEncoder, from 0, and their number for any other text");
        } else if (input.type() != Tensor.FLOAT) {
            graph.notes().add(where + " is of type " + ElementType.name(input.type())
                    + " in the file; rows are taken as float");
        }
        if (rows.rows() == Shape.ONE_ROW) {
            graph.notes().add(where + " is one vector in the file; any number of them is taken, each as a row");
        } else if (rows.dim(rows.rows()) > 1) {
            graph.notes().add(where + " is declared for batches of " + rows.dim(rows.rows()) + " rows; any number is taken");
        }
        if (rows.rows() == 1) {
            graph.notes().add("the input is features × samples in the file; rows here are its columns");
        }
    }
}
