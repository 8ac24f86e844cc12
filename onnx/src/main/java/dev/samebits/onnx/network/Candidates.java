package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Origins;
import dev.samebits.onnx.graph.Origins.Origin;
import dev.samebits.onnx.graph.ValueInfo;
import dev.samebits.onnx.limits.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The outputs of a file that a network may give: those that are computed from an input, and not drawn at random. Where there
 * is none, those that hand an input on.
 *
 * @param outputs the one that was chosen in front
 * @param isChosen whether one was
 */
public record Candidates(List<ValueInfo> outputs, boolean isChosen) {
    /** How a user chooses an output. */
    static final String CHOOSE =
            "choose one by its name, in Java with OnnxOptions.ofOutput, on the command line with --output-name";
    /** Names in a message. */
    private static final int MOST = 20;

    /**
     * Looks where the outputs of a graph come from.
     *
     * @param chosen the name of the output that is wanted, or null
     * @throws Refusal if there is none of this name, or none that a network gives
     */
    public static Candidates of(Graph graph, Origins origins, String chosen) throws Refusal {
        List<ValueInfo> computed = from(graph, origins, Origin.COMPUTED);
        if (chosen != null) {
            ValueInfo wanted = graph.outputs().stream().filter(output -> output.name().equals(chosen)).findFirst()
                    .orElseThrow(() -> Graph.refused("it has no output " + quote(chosen) + ": choose one of "
                            + names(graph.outputs())));
            List<ValueInfo> all = new ArrayList<>(List.of(wanted));
            computed.stream().filter(output -> output != wanted).forEach(all::add);
            check(wanted, origins);
            return new Candidates(all, true);
        }
        if (!computed.isEmpty()) {
            return new Candidates(computed, false);
        }
        List<ValueInfo> random = from(graph, origins, Origin.RANDOM);
        List<ValueInfo> handedOn = from(graph, origins, Origin.INPUT);
        if (handedOn.isEmpty() || !random.isEmpty()) {
            check((random.isEmpty() ? graph.outputs() : random).get(0), origins);
        }
        return new Candidates(handedOn, false);
    }

    private static List<ValueInfo> from(Graph graph, Origins origins, Origin origin) {
        return graph.outputs().stream().filter(output -> origins.of(output.name()) == origin).toList();
    }

    private static void check(ValueInfo output, Origins origins) throws Refusal {
        Origin origin = origins.of(output.name());
        if (origin == Origin.RANDOM) {
            Node draw = origins.draw(output.name());
            throw Graph.refused("its output " + quote(output.name()) + " is drawn at random, by " + draw.label()
                    + ", so that no two runs agree: export the model with what it is drawn from, such as the mean");
        }
        if (origin == Origin.CONSTANT) {
            throw Graph.refused("its output " + quote(output.name())
                    + " is a constant, which no row of an input changes: export the model with an output that is computed");
        }
    }

    private static String names(List<ValueInfo> outputs) {
        return outputs.stream().map(output -> quote(output.name())).limit(MOST).collect(Collectors.joining(", "))
                + (outputs.size() > MOST ? ", …" : "");
    }
}
