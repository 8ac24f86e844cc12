package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

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
 * What a classifier has behind its network: operators that pick the class, name it, or hand the probabilities out by name.
 * They compute nothing that the probabilities do not say, so they are taken off, and the names of the classes kept.
 *
 * @param value what the network gives
 * @param output the output of the graph that hands it out, or null if only a class is handed out
 * @param labels the names of the classes, in the order of the columns; empty if the file has none
 * @param heads what each output of the graph hands out, in the file's order
 */
public record Heads(String value, ValueInfo output, List<String> labels, List<Head> heads) {
    /**
     * What one output of the graph hands out.
     *
     * @param isClass whether that is the class of a row, and not its values
     * @param labels what it calls the classes, in the order of the columns; empty if it has no names for them
     */
    public record Head(ValueInfo output, boolean isClass, List<String> labels) {}

    private static final Set<String> KEEP_LARGEST = Set.of("Softmax", "LogSoftmax", LinearOperators.NORMALIZER);
    /** What only moves or casts the index or the name of a class. */
    private static final Set<String> MOVES = Set.of("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten");

    /** The way from an output back to the network. */
    private record Branch(ValueInfo output, String value, boolean isClass, boolean isDirect, List<String> labels) {}

    /**
     * Looks behind every output.
     *
     * @throws Refusal if they are not all of one network
     */
    public static Heads of(Graph graph) throws Refusal {
        List<Branch> scores = new ArrayList<>();
        List<Branch> classes = new ArrayList<>();
        List<Head> heads = new ArrayList<>();
        for (ValueInfo output : graph.outputs()) {
            Branch branch = branch(graph, output);
            (branch.isClass ? classes : scores).add(branch);
            heads.add(new Head(output, branch.isClass, branch.labels));
        }
        Branch main = scores.isEmpty() ? classes.get(0) : scores.get(0);
        List<String> labels = main.labels;
        for (List<Branch> branches : List.of(scores, classes)) {
            for (Branch branch : branches) {
                if (!isSame(graph, branch, main)) {
                    throw Graph.refused("it has " + graph.outputs().size() + " outputs, of which " + quote(
                            main.output.name()) + " and " + quote(branch.output.name())
                            + " are of different values, and a network has one");
                }
                if (!labels.isEmpty() && !branch.labels.isEmpty() && !labels.equals(branch.labels)) {
                    throw Graph.refused("its outputs name the classes differently");
                }
                labels = labels.isEmpty() ? branch.labels : labels;
            }
        }
        if (scores.isEmpty()) {
            graph.notes().add("output " + quote(main.output.name())
                    + " is the class with the largest value in the file; here the values themselves are given");
        }
        return new Heads(main.value, main.isDirect ? main.output : null, labels, heads);
    }

    /** A class may also be picked from what the probabilities are made of: the largest stays the largest. */
    private static boolean isSame(Graph graph, Branch branch, Branch main) {
        if (graph.isSame(branch.value, main.value)) {
            return true;
        }
        Node last = graph.producer(main.value);
        return branch.isClass && last != null && KEEP_LARGEST.contains(last.operator()) && graph.isSame(branch.value,
                last.input(0));
    }

    private static Branch branch(Graph graph, ValueInfo output) throws Refusal {
        String value = output.name();
        String end = value;
        List<String> labels = List.of();
        while (true) {
            Node node = graph.producer(value);
            if (node == null) {
                return new Branch(output, end, false, end.equals(output.name()), labels);
            }
            String operator = node.operator();
            if (operator.equals(Node.ML + ".ZipMap")) {
                labels = LinearOperators.labels(node, "classlabels_strings", "classlabels_int64s");
                value = node.input(0);
                end = value;
            } else if (operator.equals(Node.ML + ".ArrayFeatureExtractor") || operator.equals("Gather")) {
                Tensor names = graph.constant(node.input(0));
                if (names == null) {
                    return new Branch(output, end, false, end.equals(output.name()), labels);
                }
                labels = names.texts();
                value = node.input(1);
            } else if (operator.equals(LinearOperators.CLASSIFIER) && LinearOperators.scores(node) == 1
                    && graph.isSame(value, node.outputs().get(0))) {
                return new Branch(output, node.outputs().get(1), true, false,
                        LinearOperators.labels(node, "classlabels_strings", "classlabels_ints"));
            } else if (operator.equals("ArgMax")) {
                return new Branch(output, argMax(graph, node), true, false, labels);
            } else if (MOVES.contains(operator) && graph.shape(node.outputs().get(0)) == null) {
                value = node.input(0);
            } else {
                return new Branch(output, end, false, end.equals(output.name()), labels);
            }
        }
    }

    private static String argMax(Graph graph, Node node) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        int axis = shape == null ? -1 : shape.axis(node.intAttribute("axis", 0));
        if (shape != null && (axis < 0 || !shape.isWholeRow(axis))) {
            throw node.refused("it is not along the row of shape " + shape);
        }
        if (node.intAttribute("select_last_index", 0) != 0) {
            throw node.refused("it picks the last of equal values, and the first is picked here");
        }
        return node.input(0);
    }
}
