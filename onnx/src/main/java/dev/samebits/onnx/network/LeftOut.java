package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Origins;
import dev.samebits.onnx.graph.ValueInfo;
import java.util.List;
import java.util.stream.Collectors;

/** Notes on what a file has beside the network: one for each reason. */
public final class LeftOut {
    /** What one note names. */
    private static final int MOST = 6;

    private LeftOut() {}

    /**
     * Notes outputs, inputs and parts that are left out.
     *
     * @param isChosen whether the output was chosen by its name
     * @param inputs those that are read
     * @param parts nodes and initializers that nothing needs
     */
    public static void tell(Graph graph, Origins origins, Heads heads, boolean isChosen, List<ValueInfo> inputs,
            List<String> parts) {
        for (Origins.Origin origin : Origins.Origin.values()) {
            String why = switch (origin) {
                case CONSTANT -> "since a constant needs no network";
                case INPUT -> "since an input is only handed on";
                case COMPUTED -> isChosen ? "since " + quote(heads.values().get(0).output().name()) + " was chosen"
                        : "since it is of another value than " + quote(heads.values().get(0).output().name());
                case RANDOM -> "since it is drawn at random";
            };
            tell(graph, why, heads.heads().stream().filter(head -> !head.isGiven())
                    .filter(head -> origins.of(head.output().name()) == origin)
                    .map(head -> "output " + quote(head.output().name())).toList());
        }
        tell(graph, "since no output here needs it", graph.inputs().stream().filter(each -> !inputs.contains(each))
                .map(each -> "input " + quote(each.name())).toList());
        tell(graph, "since no output here needs it", parts);
    }

    private static void tell(Graph graph, String why, List<String> names) {
        if (!names.isEmpty()) {
            int more = names.size() - MOST;
            graph.notes().add("left out, " + why + ": " + names.stream().limit(MOST).collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }
}
