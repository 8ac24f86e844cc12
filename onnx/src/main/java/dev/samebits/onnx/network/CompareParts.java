package dev.samebits.onnx.network;

import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import java.util.List;
import java.util.Set;

/**
 * Comparisons and what is made of their truths, which are 1 and 0: And is their product, Or their maximum. A comparison with
 * NaN is not true, here as in ONNX.
 */
final class CompareParts {
    private static final Set<String> COMPARISONS = Set.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal");
    private static final Set<String> OF_TRUTHS = Set.of("And", "Or", "Xor");

    private CompareParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        boolean cast = node.operator().equals("Cast") && node.givesTruths();
        boolean not = node.operator().equals("Not");
        boolean two = COMPARISONS.contains(node.operator()) || OF_TRUTHS.contains(node.operator());
        if (!cast && !not && !two || node.inputs().contains("") || node.inputs().size() != (two ? 2 : 1)) {
            return null;
        }
        boolean truths = not || OF_TRUTHS.contains(node.operator());
        if (truths && !node.inputs().stream().allMatch(name -> Operands.isTruth(graph, name))) {
            return null;
        }
        String unknown = node.attributeBeyond(cast ? Set.of("to", "saturate") : Set.of());
        Shape shape = graph.shape(value);
        if (unknown != null || !shape.isKnown()) {
            throw node.refused(unknown != null
                    ? "its attribute " + Refusal.quote(unknown) + " is not known here: export the model without it"
                    : "the number of its columns is not known: export the model with a fixed number of columns");
        }
        List<String> computed = Operands.computed(graph, node);
        return Part.of(node, computed, (emitter, operands) -> two ? compared(emitter, operands, shape)
                : cast ? not(emitter, not(emitter, operands.get(0))) : not(emitter, operands.get(0)));
    }

    private static Value compared(Emitter emitter, List<Value> operands, Shape shape) throws Refusal {
        List<Value> both = Operands.of(emitter, operands, shape);
        Value a = both.get(0);
        Value b = both.get(1);
        return switch (emitter.node().operator()) {
            case "Less" -> combine(emitter, Combination.LESS, a, b);
            case "LessOrEqual" -> combine(emitter, Combination.LESS_OR_EQUAL, a, b);
            case "Greater" -> combine(emitter, Combination.LESS, b, a);
            case "GreaterOrEqual" -> combine(emitter, Combination.LESS_OR_EQUAL, b, a);
            case "Equal" -> combine(emitter, Combination.EQUAL, a, b);
            case "And" -> combine(emitter, Combination.MULTIPLY, a, b);
            case "Or" -> combine(emitter, Combination.MAXIMUM, a, b);
            default -> not(emitter, combine(emitter, Combination.EQUAL, a, b));
        };
    }

    private static Value combine(Emitter emitter, Combination combination, Value a, Value b) throws Refusal {
        return emitter.step(new Operation.Combine(combination), a, b);
    }

    /** 1 where a number is 0, and 0 where it is another or NaN. */
    static Value not(Emitter emitter, Value value) throws Refusal {
        return combine(emitter, Combination.EQUAL, value, Operands.zero(emitter, value));
    }
}
