package dev.samebits.onnx.graph;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the values of a graph come from, told by its operators alone, before anything is known of shapes. A value that is of
 * several origins has the last of them.
 */
public final class Origins {
    /** Where a value comes from. */
    public enum Origin {
        /** Constants, or shapes. */
        CONSTANT,
        /** An input, which is handed on as it is. */
        INPUT,
        /** An input, by computation. */
        COMPUTED,
        /** Random numbers, among others. */
        RANDOM
    }

    /** What draws random numbers. */
    private static final Set<String> RANDOM = Set.of("RandomNormal", "RandomNormalLike", "RandomUniform",
            "RandomUniformLike", "Multinomial", "Bernoulli");
    private static final Set<String> HANDS_ON =
            Set.of("Identity", "Cast", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Dropout");
    /** They look at the shape of a value, not at its numbers. */
    private static final Set<String> SHAPES = Set.of("Shape", "Size");

    private final Map<String, Origin> origins = new HashMap<>();
    private final Map<String, Node> draws = new HashMap<>();

    /** Of every value of this graph. */
    public Origins(Graph graph) {
        graph.inputs().forEach(input -> origins.put(input.name(), Origin.INPUT));
        for (Node node : graph.nodes()) {
            Origin origin = isRandom(node) ? Origin.RANDOM : SHAPES.contains(node.operator()) ? Origin.CONSTANT
                    : ofResult(node);
            for (String output : node.outputs()) {
                origins.put(output, origin);
                if (origin == Origin.RANDOM) {
                    draws.put(output, isRandom(node) ? node : drawBehind(node));
                }
            }
            if (node.operator().equals("Dropout") && node.outputs().size() > 1 && origin != Origin.RANDOM) {
                // The mask, which lets everything through.
                origins.put(node.outputs().get(1), Origin.CONSTANT);
            }
        }
    }

    static boolean isRandom(Node node) {
        return RANDOM.contains(node.operator());
    }

    private Origin ofResult(Node node) {
        Origin origin = Origin.CONSTANT;
        for (String input : node.inputs()) {
            Origin next = of(input);
            origin = next.compareTo(origin) > 0 ? next : origin;
        }
        boolean handsOn = HANDS_ON.contains(node.operator()) || Trivial.isOfOne(node);
        return origin == Origin.INPUT && !handsOn ? Origin.COMPUTED : origin;
    }

    private Node drawBehind(Node node) {
        return node.inputs().stream().map(draws::get).filter(draw -> draw != null).findFirst().orElse(node);
    }

    /** The origin of this value. */
    public Origin of(String value) {
        return origins.getOrDefault(value, Origin.CONSTANT);
    }

    /** The operator that draws the random numbers in this value, or null. */
    public Node draw(String value) {
        return draws.get(value);
    }
}
