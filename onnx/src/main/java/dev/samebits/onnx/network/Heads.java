package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outputs of a file beside each other: those that one network gives, as values or as the class picked from them, and
 * those that are left out.
 *
 * @param value what the network gives
 * @param main the output that stands for it
 * @param isDirect whether that hands the value out as it is, and not a class of it
 * @param labels the names of the classes, in the order of the columns; empty if the file has none
 * @param heads what each output of the graph hands out, in the file's order
 */
public record Heads(String value, ValueInfo main, boolean isDirect, List<String> labels, List<Head> heads) {
    /**
     * What one output of the graph hands out.
     *
     * @param isGiven whether the network gives it
     * @param isClass whether that is the class of a row, and not its values
     * @param labels what it calls the classes, in the order of the columns; empty if it has no names for them
     */
    public record Head(ValueInfo output, boolean isGiven, boolean isClass, List<String> labels) {}

    /**
     * Looks behind the outputs that may be meant, and takes the one that inference means: values before the class picked
     * from them, and probabilities before the logits that they are made of.
     *
     * @throws Refusal if several may be meant
     */
    public static Heads of(Graph graph, Candidates candidates) throws Refusal {
        List<Branch> branches = new ArrayList<>();
        for (ValueInfo output : candidates.outputs()) {
            branches.add(Branch.of(graph, output));
        }
        Branch main = candidates.isChosen() ? branches.get(0) : only(graph, branches);
        if (main.refusal() != null) {
            throw main.refusal();
        }
        List<String> labels = main.labels();
        List<Head> heads = new ArrayList<>();
        for (ValueInfo output : graph.outputs()) {
            Branch branch = branches.stream().filter(each -> each.output() == output).findFirst().orElse(null);
            boolean given = branch != null && (branch == main || branch.isOf(graph, main));
            heads.add(given ? new Head(output, true, branch.isClass(), branch.labels())
                    : new Head(output, false, false, List.of()));
            if (given && !labels.isEmpty() && !branch.labels().isEmpty() && !labels.equals(branch.labels())) {
                throw Graph.refused("its outputs name the classes differently: export the model again with the same names");
            }
            labels = given && labels.isEmpty() ? branch.labels() : labels;
        }
        if (main.isClass()) {
            graph.notes().add("output " + quote(main.output().name())
                    + " is the class with the largest value in the file; here the values themselves are given");
        }
        return new Heads(main.value(), main.output(), main.isDirect(), labels, heads);
    }

    private static Branch only(Graph graph, List<Branch> branches) throws Refusal {
        List<Branch> left = new ArrayList<>();
        for (Branch branch : branches) {
            // What cannot be picked is no choice, unless there is no other.
            if (branch.refusal() == null || branches.size() == 1) {
                boolean made = branches.stream().anyMatch(other -> !other.isClass() && other.isMadeOf(graph, branch));
                boolean known = left.stream().anyMatch(other -> branch.isOf(graph, other));
                if (!made && !known) {
                    left.removeIf(other -> other.isOf(graph, branch));
                    left.add(branch);
                }
            }
        }
        if (left.isEmpty()) {
            return branches.get(0);
        }
        if (left.size() > 1) {
            throw Graph.refused("its outputs " + left.stream().map(branch -> quote(branch.output().name()))
                    .collect(Collectors.joining(", ")) + " are of different values, and a network gives one of them: "
                    + Candidates.CHOOSE);
        }
        return left.get(0);
    }

    /** The outputs that the network gives. */
    public List<ValueInfo> given() {
        return heads.stream().filter(Head::isGiven).map(Head::output).toList();
    }
}
