package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How values are made that no chain of layers has, family by family of operators; and by the rules for chains. */
final class Parts {
    /** A family of operators. */
    private interface Family {
        /** @return null if the operator is none of the family */
        Part of(Graph graph, Node node, String value) throws Refusal;
    }

    /** In front of the rules, which would take these for something narrower. */
    private static final List<Family> FIRST = List.of(QuantizedParts::of, SoftmaxParts::of, LayerParts::of,
            CombineParts::ofOne, ReduceParts::largest, EmbeddingParts::of);
    private static final List<List<Rule>> RULES =
            List.of(ActivationRules.RULES, UnaryRules.RULES, NormRules.RULES, List.of(MaxOfLayers.RULE), ScalingRules.RULES,
                    AffineRules.RULES, FusedRules.RULES, LinearModels.RULES);
    private static final List<Family> THEN = List.of(CombineParts::of, ColumnParts::of, ReduceParts::of, NormParts::of,
            CompareParts::of, WhereParts::of);

    private Parts() {}

    /**
     * How a value is made.
     *
     * @param node the operator that gives it
     * @throws Refusal naming the operator, if it is not read
     */
    static Part of(Graph graph, Node node, String value) throws Refusal {
        if (graph.problem(node) != null || graph.shape(value) == null) {
            Node first = Unread.first(graph, node);
            throw Unread.refusal(graph, first == null ? node : first);
        }
        Part part = first(FIRST, graph, node, value);
        if (part != null) {
            return part;
        }
        List<Match> misses = new ArrayList<>();
        Taken taken = Taken.first(graph, value, RULES, misses);
        if (taken == null && (!node.operator().equals("Concat") || graph.columns(value) == 2)) {
            taken = Taken.first(graph, value, List.of(OutputRules.RULES), misses);
        }
        if (taken != null) {
            return Part.ofSteps(node, taken.x(), taken.steps());
        }
        part = first(THEN, graph, node, value);
        if (part != null) {
            return part;
        }
        // The formula that came furthest is most likely the one that was meant.
        throw misses.stream().filter(match -> match.depth() > 0).max(Comparator.comparingInt(Match::depth))
                .map(Match::miss).orElseGet(() -> Unread.refusal(graph, node));
    }

    private static Part first(List<Family> families, Graph graph, Node node, String value) throws Refusal {
        for (Family family : families) {
            Part part = family.of(graph, node, value);
            if (part != null) {
                return part;
            }
        }
        return null;
    }
}
