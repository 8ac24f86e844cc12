package dev.samebits.onnx.network;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.Operation;
import dev.samebits.Value;
import dev.samebits.onnx.graph.FusedOperators;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.LinearOperators;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.Shape;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Norms that are one operator, of whole rows or of parts. */
final class NormParts {
    /** What is divided by at least where a row of zeros stays zeros. */
    private static final float LEAST = Float.MIN_VALUE;

    private NormParts() {}

    static Part of(Graph graph, Node node, String value) throws Refusal {
        return graph.shape(node.input(0)) == null ? null : switch (node.operator()) {
            case "LayerNormalization" -> known(node, Set.of("axis", "epsilon", "stash_type"))
                    ? norm(graph, node, 1, 2, false) : null;
            case "RMSNormalization", "SimplifiedLayerNormalization" -> known(node, Set.of("axis", "epsilon", "stash_type"))
                    ? norm(graph, node, 1, -1, true) : null;
            case FusedOperators.SKIP_NORM -> known(node, Set.of("epsilon")) ? skip(graph, node, value, false) : null;
            case FusedOperators.SKIP_RMS_NORM -> known(node, Set.of("epsilon")) ? skip(graph, node, value, true) : null;
            case "LpNormalization" -> known(node, Set.of("axis", "p"))
                    ? length(graph, node, node.intAttribute("axis", -1), node.intAttribute("p", 2) == 1 ? "L1" : "L2")
                    : null;
            case LinearOperators.NORMALIZER -> known(node, Set.of("norm"))
                    ? length(graph, node, -1, node.stringAttribute("norm", "MAX")) : null;
            default -> null;
        };
    }

    private static boolean known(Node node, Set<String> attributes) throws Refusal {
        String unknown = node.attributeBeyond(attributes);
        if (unknown != null) {
            throw node.refused("its attribute " + Refusal.quote(unknown) + " is not known here: export the model without"
                    + " it");
        }
        return true;
    }

    /** Which input holds the gains, which the shifts; −1 for none. */
    private static Part norm(Graph graph, Node node, int gain, int shift, boolean rms) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        int axis = shape.axis(node.intAttribute("axis", -1));
        if (axis < 0 || axis <= shape.rows() || !shape.isKnown()) {
            throw node.refused("it is not along the columns of rows of shape " + shape + ": export the model with axis=-1");
        }
        int width = OfAxes.group(shape, d -> d >= axis)[0];
        Operation operation = operation(graph, node, width, gain, shift, rms);
        return Part.of(node, List.of(node.input(0)),
                (emitter, operands) -> emitter.groups(operands.get(0), width, each -> emitter.step(operation, each)));
    }

    private static Operation operation(Graph graph, Node node, int width, int gain, int shift, boolean rms)
            throws Refusal {
        float epsilon = node.floatAttribute("epsilon", 1e-5f);
        graph.layers().take(2L * Float.BYTES * width);
        float[] gains = vector(graph, node, gain, width, 1);
        float[] shifts = vector(graph, node, shift, width, 0);
        try {
            return rms ? new Operation.RmsNorm(epsilon, gains) : new Operation.LayerNorm(epsilon, gains, shifts);
        } catch (IllegalArgumentException e) {
            throw new Refusal(node.toString(), e.getMessage(), e);
        }
    }

    private static float[] vector(Graph graph, Node node, int input, int width, float otherwise) throws Refusal {
        if (input < 0 || node.input(input).isEmpty()) {
            return Emitter.filled(width, otherwise);
        }
        Tensor tensor = graph.constant(node.input(input));
        if (tensor == null || !tensor.isReal() || tensor.elements() != width && tensor.elements() != 1) {
            throw node.refused("its gains or shifts " + Refusal.quote(node.input(input)) + " are no " + width
                    + " constants: export the model with them as initializers");
        }
        float[] numbers = tensor.floats();
        return numbers.length == width ? numbers : Emitter.filled(width, numbers[0]);
    }

    /** The sum of two values and perhaps a bias, and the norm of that. */
    private static Part skip(Graph graph, Node node, String value, boolean rms) throws Refusal {
        Shape shape = graph.shape(value);
        Shape other = graph.shape(node.input(1));
        if (!shape.isKnown() || other == null || other.columns() != shape.columns()
                || graph.columns(node.input(0)) != shape.columns()) {
            throw node.refused("the values that it adds differ in shape: export the model without ONNX Runtime's"
                    + " optimisations");
        }
        int axis = shape.rank() - 1;
        int width = (int) shape.dim(axis);
        int bias = rms ? 3 : 4;
        boolean sumAlone = !value.equals(node.outputs().get(0));
        Operation norm = sumAlone ? null : operation(graph, node, width, 2, rms ? -1 : 3, rms);
        float[] shifts = vector(graph, node, bias, width, 0);
        boolean biased = !node.input(bias).isEmpty();
        return Part.of(node, List.of(node.input(0), node.input(1)), (emitter, operands) -> {
            Value sum = emitter.step(new Operation.Combine(Combination.ADD), operands.get(0), operands.get(1));
            return emitter.groups(sum, width, each -> {
                Value shifted = biased ? emitter.scale(each, Emitter.filled(width, 1), shifts) : each;
                return sumAlone ? shifted : emitter.step(norm, shifted);
            });
        });
    }

    /** A row divided by its length of some kind. */
    private static Part length(Graph graph, Node node, long given, String kind) throws Refusal {
        Shape shape = graph.shape(node.input(0));
        int axis = shape.axis(given);
        if (axis < 0 || axis == shape.rows() || !shape.isKnown()) {
            throw node.refused("it is not along the columns of rows of shape " + shape + ": export the model with axis=-1");
        }
        int width = OfAxes.group(shape, d -> d == axis)[0];
        return Part.of(node, List.of(node.input(0)), (emitter, operands) -> {
            OfAxes axes = new OfAxes(emitter, shape, d -> d == axis);
            return axes.back(emitter.groups(axes.last(operands.get(0)), width, each -> divided(emitter, each, kind)));
        });
    }

    private static Value divided(Emitter emitter, Value value, String kind) throws Refusal {
        if (kind.equals("L2")) {
            return emitter.step(new Operation.L2Norm(LEAST), value);
        }
        Value sizes = emitter.activate(value, Activation.ABS);
        Value size = switch (kind) {
            case "L1" -> emitter.step(new Operation.Sum(1), sizes);
            // The largest itself, not the largest size, as ONNX Runtime has it.
            case "MAX" -> ReduceParts.halved(emitter, sizes, 1, Combination.MAXIMUM);
            default -> throw emitter.node().refused("its norm is " + Refusal.quote(kind)
                    + ", and MAX, L1 and L2 are read: export the model with one of these");
        };
        Value least = emitter.activate(size, Activation.hardTanh(Float.MIN_NORMAL, Float.POSITIVE_INFINITY));
        return emitter.step(new Operation.Combine(Combination.MULTIPLY), value,
                emitter.activate(least, Activation.RECIPROCAL));
    }

    /** Kept for rules: an operation as a step of one operand. */
    static List<Step> single(Operation operation, Node node) {
        return new ArrayList<>(List.of(new Step.Single(operation, node)));
    }
}
