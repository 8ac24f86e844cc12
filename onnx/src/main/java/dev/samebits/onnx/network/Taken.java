package dev.samebits.onnx.network;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;

/**
 * What a rule made of a value.
 *
 * @param steps what is done to the rows, in that order
 * @param x the value in front of them
 */
record Taken(List<Step> steps, String x) {
    /**
     * The first rule that matches.
     *
     * @param misses takes the tries that failed, for a message in case that none matches
     * @return null if none does
     * @throws Refusal if one matches, but its constants or attributes are not read
     */
    static Taken first(Graph graph, String value, List<List<Rule>> rules, List<Match> misses) throws Refusal {
        Node node = graph.producer(value);
        if (node == null) {
            return null;
        }
        for (List<Rule> each : rules) {
            for (Rule rule : each) {
                if (!node.operator().equals(rule.pattern().name())) {
                    continue;
                }
                Match match = new Match(graph, node);
                if (!rule.pattern().matches(value, match)) {
                    misses.add(match);
                    continue;
                }
                List<Step> steps;
                try {
                    steps = rule.meaning().of(match);
                } catch (IllegalArgumentException e) {
                    throw new Refusal(node.toString(), e.getMessage(), e);
                }
                if (steps != null) {
                    return new Taken(steps, match.x());
                }
            }
        }
        return null;
    }
}
