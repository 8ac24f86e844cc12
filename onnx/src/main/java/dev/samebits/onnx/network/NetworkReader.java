package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.Network;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.QuantizedOperators;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.limits.Notes;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads a simplified graph from a value back to its input: perhaps an output function, then whatever the rules know. What a
 * formula looks like stands in the rules; to read another one, add a rule. One use each.
 */
public final class NetworkReader {
    private static final List<List<Rule>> RULES =
            List.of(ActivationRules.RULES, UnaryRules.RULES, List.of(MaxOfLayers.RULE), ScalingRules.RULES,
                    AffineRules.RULES, FusedRules.RULES, LinearModels.RULES);

    private final Graph graph;
    private final ValueInfo input;
    private final Deque<Step> steps = new ArrayDeque<>();
    private String value;
    /** The tries since the last affine operator that began well. */
    private final List<Match> misses = new ArrayList<>();

    private NetworkReader(Graph graph, ValueInfo input, String value) {
        this.graph = graph;
        this.input = input;
        this.value = value;
    }

    /**
     * Makes a network of what gives some values: a chain of layers where they are one, and its operators are that, or else
     * steps.
     *
     * @param inputs those that they are made of, in the order of the row
     * @param outputs the values, by the names of the outputs that they become
     * @throws Refusal naming the node that is not read, and why
     */
    public static Network read(Graph graph, List<ValueInfo> inputs, Map<String, String> outputs) throws Refusal {
        if (inputs.size() > 1 || outputs.size() > 1 || QuantizedOperators.areIn(graph)) {
            return GraphReader.read(graph, inputs, outputs);
        }
        Notes notes = graph.notes().copy();
        long taken = graph.layers().taken();
        try {
            return new NetworkReader(graph, inputs.get(0), outputs.values().iterator().next()).read();
        } catch (Refusal noChain) {
            graph.notes().resetTo(notes);
            graph.layers().giveBackTo(taken);
            try {
                return GraphReader.read(graph, inputs, outputs);
            } catch (Refusal e) {
                // Of the same place the rules of a chain have more to say.
                throw e.isAt(noChain) || noChain.isOfFormula() ? noChain : e;
            }
        }
    }

    private Network read() throws Refusal {
        if (graph.shape(value) != null) {
            take(Taken.first(graph, value, List.of(OutputRules.RULES, LinearModels.RULES), misses));
        }
        while (!graph.isSame(value, input.name())) {
            if (graph.shape(value) == null) {
                throw unknown();
            }
            Taken taken = Taken.first(graph, value, RULES, misses);
            if (taken == null) {
                throw unknown();
            }
            take(taken);
        }
        if (graph.nodes().isEmpty()) {
            throw noLayer();
        }
        Shape rows = graph.shape(input.name());
        Network network = new Assembler(graph).assemble(steps, rows.columns());
        if (rows.isKnown() && rows.columns() != network.inputs()) {
            throw new Refusal("input " + quote(input.name()), "it is declared with " + rows.columns()
                    + " columns, but the layers have " + network.inputs()
                    + ": the file is damaged or was edited; export the model again");
        }
        return network;
    }

    private void take(Taken taken) throws Refusal {
        if (taken == null) {
            return;
        }
        for (int i = taken.steps().size() - 1; i >= 0; i--) {
            if (taken.steps().get(i) instanceof Step.Finish && !steps.isEmpty()) {
                throw graph.producer(value).refused("softmax is read as the last step alone: choose an output in front"
                        + " of it");
            }
            steps.push(taken.steps().get(i));
            if (taken.steps().get(i) instanceof Step.Affine) {
                misses.clear();
            }
        }
        value = taken.x();
    }

    private Refusal noLayer() {
        return noLayer(value);
    }

    /** Of a value that is an input. */
    static Refusal noLayer(String value) {
        return Graph.refused("no layer gives the value "
                + quote(value) + ": a network needs a Gemm, a MatMul or an activation, so export the model with them");
    }

    private Refusal unknown() {
        Node node = graph.producer(value);
        if (node == null) {
            return noLayer();
        }
        Node culprit = Unread.first(graph, node);
        if (culprit != null) {
            return Unread.refusal(graph, culprit);
        }
        // The formula that came furthest is most likely the one that was meant.
        return misses.stream().filter(match -> match.depth() > 0).max(Comparator.comparingInt(Match::depth))
                .map(Match::miss).orElseGet(() -> Unread.refusal(graph, node));
    }

    /**
     * Compares what a file says about an output with the network.
     *
     * @param width of the output in the network
     * @param shape that the layers give it
     * @throws Refusal if it has other columns, or a type that is not of numbers
     */
    public static void checkOutput(ValueInfo info, int width, Shape shape, Notes notes) throws Refusal {
        String where = "output " + quote(info.name());
        ElementType element = ElementType.of(info.type());
        if (element == null || !element.isReal()) {
            throw new Refusal(where, "its type is " + ElementType.name(info.type())
                    + ", and only tensors of floating-point numbers are read: export the model in single precision");
        }
        if (element != ElementType.FLOAT) {
            notes.add(where + " is of type " + element.label + " in the file, and float here");
        }
        if (info.dims() == null || info.dims().isEmpty()) {
            return;
        }
        long columns = 1;
        for (int d = 0; d < info.dims().size(); d++) {
            long dim = info.dims().get(d);
            if (d == (shape == null ? 0 : shape.rows())) {
                continue;
            }
            if (dim == Shape.UNKNOWN || dim > Limits.ELEMENTS) {
                return;
            }
            columns = Math.min(columns * dim, Limits.ELEMENTS);
        }
        if (columns != width) {
            throw new Refusal(where, "it is declared with " + columns
                    + " columns, but the layers have " + width
                    + ": the file is damaged or was edited; export the model again");
        }
    }
}
