package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.LinearOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The way from an output of the graph back to a network. A classifier has operators there that pick the class, name it, or
 * hand the probabilities out by name. They compute nothing that the probabilities do not say, so they are taken off, and the
 * names of the classes kept.
 *
 * @param value what a network would give
 * @param isClass whether the output is the class of a row, picked from the value
 * @param isDirect whether the output is the value itself
 * @param labels the names of the classes; empty if there are none
 * @param refusal why a class cannot be picked here as the file does it, or null
 */
record Branch(ValueInfo output, String value, boolean isClass, boolean isDirect, List<String> labels, Refusal refusal) {
    private static final Set<String> KEEP_LARGEST = Set.of("Softmax", "LogSoftmax", LinearOperators.NORMALIZER);
    /** What makes probabilities of logits. */
    private static final Set<String> PROBABILITIES = Set.of("Softmax", "LogSoftmax", "Sigmoid", LinearOperators.NORMALIZER);
    /** What only moves or casts the index or the name of a class. */
    private static final Set<String> MOVES = Set.of("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten");

    /** Looks behind an output: of several classes side by side each is a way of its own. */
    static List<Branch> of(Graph graph, ValueInfo output) throws Refusal {
        Node last = graph.producer(output.name());
        List<Branch> classes = new ArrayList<>();
        if (last != null && last.operator().equals("Concat") && last.inputs().size() > 1) {
            for (String input : last.inputs()) {
                Node node = graph.producer(input);
                if (node != null && node.operator().equals("ArgMax")) {
                    classes.add(of(graph, output, input));
                }
            }
        }
        return classes.size() > 1 && classes.size() == last.inputs().size() ? classes
                : List.of(of(graph, output, output.name()));
    }

    private static Branch of(Graph graph, ValueInfo output, String from) throws Refusal {
        Branch branch = behind(graph, output, from);
        if (branch.refusal() == null && graph.constant(branch.value()) != null) {
            Refusal constant = Graph.refused("output " + Refusal.quote(output.name()) + " hands out the constant "
                    + Refusal.quote(branch.value()) + ", which no row of an input changes: export the model with an output"
                    + " that is computed");
            return new Branch(output, branch.value(), branch.isClass(), branch.isDirect(), branch.labels(), constant);
        }
        return branch;
    }

    private static Branch behind(Graph graph, ValueInfo output, String from) throws Refusal {
        String value = from;
        String end = value;
        List<String> labels = List.of();
        while (true) {
            Node node = graph.producer(value);
            if (node == null) {
                return values(output, end, labels);
            }
            String operator = node.operator();
            if (operator.equals(Node.ML + ".ZipMap")) {
                labels = LinearOperators.labels(node, "classlabels_strings", "classlabels_int64s");
                value = node.input(0);
                end = value;
            } else if (operator.equals(Node.ML + ".ArrayFeatureExtractor") || operator.equals("Gather")) {
                Tensor names = graph.constant(node.input(0));
                if (names == null || names.isReal()) {
                    return values(output, end, labels);
                }
                labels = names.texts();
                value = node.input(1);
            } else if (operator.equals(LinearOperators.CLASSIFIER) && LinearOperators.scores(node) == 1
                    && graph.isSame(value, node.outputs().get(0))) {
                return new Branch(output, node.outputs().get(1), true, false,
                        LinearOperators.labels(node, "classlabels_strings", "classlabels_ints"), null);
            } else if (operator.equals("ArgMax")) {
                return new Branch(output, node.input(0), true, false, labels, argMax(graph, node));
            } else if (operator.equals("Where") && picked(graph, node) != null) {
                graph.notes().add(node.label() + " replaces the class that is picked where a condition holds; here the"
                        + " values themselves are given, and the condition is left out");
                value = picked(graph, node);
            } else if ((MOVES.contains(operator) || operator.equals("Concat") && node.inputs().size() == 1)
                    && graph.shape(node.outputs().get(0)) == null) {
                value = node.input(0);
            } else {
                return values(output, end, labels);
            }
        }
    }

    /** Of a Where of a class and a constant the class; else null. */
    private static String picked(Graph graph, Node where) {
        String value = graph.constant(where.input(1)) == null ? where.input(1) : where.input(2);
        Node node = graph.producer(value);
        boolean one = graph.constant(where.input(1)) != null || graph.constant(where.input(2)) != null;
        return one && node != null && node.operator().equals("ArgMax") ? value : null;
    }

    private static Branch values(ValueInfo output, String value, List<String> labels) {
        return new Branch(output, value, false, value.equals(output.name()), labels, null);
    }

    /** Why it picks another value than is picked here, or null. */
    private static Refusal argMax(Graph graph, Node node) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        int axis = shape == null ? -1 : shape.axis(node.intAttribute("axis", 0));
        if (shape != null && (axis < 0 || !shape.isWholeRow(axis))) {
            return node.refused("it is not along the row of shape " + shape
                    + ": export the model with the class picked from all values of a row");
        }
        if (node.intAttribute("select_last_index", 0) != 0) {
            return node.refused("it picks the last of equal values, and the first is picked here: export the model without");
        }
        return null;
    }

    /** Whether both are of one network. A class may also be picked from logits: the largest stays the largest. */
    boolean isOf(Graph graph, Branch main) {
        if (refusal != null) {
            return false;
        }
        if (graph.isSame(value, main.value)) {
            return true;
        }
        Node last = graph.producer(main.value);
        return isClass && last != null && KEEP_LARGEST.contains(last.operator()) && graph.isSame(value, last.input(0));
    }

    /** Whether its values are the probabilities that belong to the other's. */
    boolean isMadeOf(Graph graph, Branch other) {
        Node last = graph.producer(value);
        return last != null && PROBABILITIES.contains(last.operator()) && graph.isSame(other.value, last.input(0));
    }
}
