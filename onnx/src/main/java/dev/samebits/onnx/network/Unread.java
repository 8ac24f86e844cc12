package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.LinearOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Why an operator that no rule covers is not read, in words of the model: an unknown operator, activation or branch. */
final class Unread {
    private static final String LISTED = ": docs/onnx.md lists those of dense networks that are";
    private static final Set<String> LAYERS = Set.of("Gemm", "MatMul");
    private static final Set<String> JOINS =
            Set.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Pow", "Where", "Concat");
    /** Branches that are looked at. */
    private static final int BRANCHES = 4;
    /** Operators of an activation in a message. */
    private static final int MOST = 8;

    private Unread() {}

    static Refusal refusal(Graph graph, Node node) {
        String problem = graph.problem(node);
        if (problem != null) {
            return node.refused(problem);
        }
        if (!node.isOfKnownDomain()) {
            return node.refused("operators of the domain " + quote(node.domain())
                    + " are not read: export the model with those of ONNX alone");
        }
        List<String> values = node.inputs().stream().filter(name -> !name.isEmpty() && graph.constant(name) == null)
                .map(graph::resolve).distinct().limit(BRANCHES).toList();
        if (!JOINS.contains(node.operator()) || values.isEmpty()) {
            return node.refused("this operator is not read here" + LISTED);
        }
        if (values.size() > 1) {
            List<Set<Node>> ways = values.stream().map(value -> behind(graph, value)).toList();
            Set<Node> shared = new HashSet<>(ways.get(0));
            ways.forEach(shared::retainAll);
            Set<Node> between = new LinkedHashSet<>();
            ways.forEach(between::addAll);
            between.removeAll(shared);
            if (between.stream().anyMatch(each -> LAYERS.contains(each.operator()))) {
                return node.refused("what it does with the branches " + values.stream().map(Refusal::quote)
                        .collect(Collectors.joining(" and ")) + " is not read" + LISTED);
            }
            return node.refused("it is the end of an activation that is not known, of "
                    + between.stream().map(Node::operator).distinct().limit(MOST).map(Refusal::clean).sorted()
                            .collect(Collectors.joining(", ", "", between.isEmpty() ? "" : " and "))
                    + node.operator() + LISTED).ofFormula();
        }
        return node.refused("what it does with a constant is no scaling, bias or activation that is read" + LISTED);
    }

    /**
     * The first operator on the way to this one whose shape nobody could tell, so that those behind it have none either.
     *
     * @return null if there is none
     */
    static Node first(Graph graph, Node last) {
        Set<String> needed = new HashSet<>(last.outputs());
        Node first = null;
        for (int i = graph.nodes().size() - 1; i >= 0; i--) {
            Node node = graph.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                String output = node.outputs().get(LinearOperators.scores(node));
                if (graph.shape(output) == null && graph.constant(output) == null) {
                    first = node;
                }
            }
        }
        return first;
    }

    /** The operators that a value is made of. */
    private static Set<Node> behind(Graph graph, String value) {
        Set<Node> seen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(value));
        while (!open.isEmpty()) {
            Node node = graph.producer(open.pop());
            if (node != null && seen.add(node)) {
                node.inputs().stream().filter(name -> !name.isEmpty() && graph.constant(name) == null).forEach(open::push);
            }
        }
        return seen;
    }
}
