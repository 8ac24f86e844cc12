package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outputs of a file beside each other: those that a network gives, as values or as the class picked from them, and those
 * that are left out.
 *
 * @param values what the network gives, in the order of the file
 * @param labels the names of the classes, in the order of the columns; empty if the file has none
 * @param heads what each output of the graph hands out, in the file's order
 */
public record Heads(List<Given> values, List<String> labels, List<Head> heads) {
    /**
     * A value that the network gives.
     *
     * @param output the output that stands for it
     * @param name what the network calls it
     * @param value its name in the graph
     * @param isDirect whether the output hands the value out as it is, and not a class of it
     */
    public record Given(ValueInfo output, String name, String value, boolean isDirect) {}

    /**
     * What one output of the graph hands out.
     *
     * @param isGiven whether the network gives it
     * @param isClass whether that is the class of a row, and not its values
     * @param labels what it calls the classes, in the order of the columns; empty if it has no names for them
     */
    public record Head(ValueInfo output, boolean isGiven, boolean isClass, List<String> labels) {}

    /**
     * Looks behind the outputs that may be meant, and takes those that inference means: values before the class picked
     * from them, and probabilities before the logits that they are made of.
     *
     * @throws Refusal if what they hand out is not read
     */
    public static Heads of(Graph graph, Candidates candidates) throws Refusal {
        List<Branch> branches = new ArrayList<>();
        for (ValueInfo output : candidates.outputs()) {
            branches.addAll(Branch.of(graph, output));
        }
        List<Branch> mains = candidates.isChosen()
                ? branches.stream().filter(each -> each.output() == branches.get(0).output()).toList()
                : different(graph, branches);
        Branch main = mains.get(0);
        if (main.refusal() != null) {
            throw main.refusal();
        }
        List<String> labels = mains.size() == 1 ? main.labels() : List.of();
        List<Head> heads = new ArrayList<>();
        for (ValueInfo output : graph.outputs()) {
            Branch branch = branches.stream().filter(each -> each.output() == output).findFirst().orElse(null);
            boolean given = branch != null && (mains.contains(branch)
                    || mains.stream().anyMatch(each -> branch.isOf(graph, each)));
            heads.add(given ? new Head(output, true, branch.isClass(), branch.labels())
                    : new Head(output, false, false, List.of()));
            if (given && !labels.isEmpty() && !branch.labels().isEmpty() && !labels.equals(branch.labels())) {
                throw Graph.refused("its outputs name the classes differently: export the model again with the same names");
            }
            labels = given && mains.size() == 1 && labels.isEmpty() ? branch.labels() : labels;
        }
        mains.forEach(each -> tell(graph, each));
        return new Heads(given(mains), labels,
                heads);
    }

    private static void tell(Graph graph, Branch main) {
        if (main.isClass()) {
            graph.notes().add("output " + quote(main.output().name())
                    + " is the class with the largest value in the file; here the values themselves are given");
        }
    }

    /** An output that picks several classes has a number behind its name for each. */
    private static List<Given> given(List<Branch> mains) {
        List<Given> given = new ArrayList<>();
        for (Branch main : mains) {
            long before = given.stream().filter(each -> each.output() == main.output()).count();
            boolean several = mains.stream().filter(each -> each.output() == main.output()).count() > 1;
            given.add(new Given(main.output(), several ? main.output().name() + "[" + before + "]" : main.output().name(),
                    main.value(), main.isDirect()));
        }
        return given;
    }

    /** The outputs of different values. */
    private static List<Branch> different(Graph graph, List<Branch> branches) {
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
        return left.isEmpty() ? List.of(branches.get(0)) : left;
    }

    /** The outputs that the network gives. */
    public List<ValueInfo> given() {
        return heads.stream().filter(Head::isGiven).map(Head::output).toList();
    }
}
