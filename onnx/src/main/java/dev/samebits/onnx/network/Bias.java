package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.IntegerLayer;
import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.graph.QuantizedOperators;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.ElementType;
import dev.samebits.onnx.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a layer of whole numbers adds: whole numbers to its sums, or floats to what they become, or nothing.
 *
 * @param whole one an output, or null
 * @param floats one an output, or null
 */
record Bias(int @Nullable [] whole, float @Nullable [] floats) {
    static final Bias NONE = new Bias(null, null);

    /** Behind sums whose scales these are: whole numbers, if that is what the floats stand for with these scales. */
    static Bias of(Graph graph, Node node, String name, float[] scale) throws Refusal {
        Node constant = graph.folded(name, QuantizedOperators.DEQUANTIZE);
        Tensor whole = constant == null ? null : graph.constant(constant.input(0));
        if (whole != null && whole.type() == ElementType.INT32 && whole.elements() == scale.length
                && isZero(graph.constant(constant.input(2)))) {
            float[] scales = graph.constant(constant.input(1)).floats();
            boolean same = scales.length == 1 || scales.length == scale.length;
            for (int i = 0; same && i < scale.length; i++) {
                same = scales[scales.length == 1 ? 0 : i] == scale[i];
            }
            if (same) {
                return new Bias(ints(whole, scale.length), floats(graph, node, name, scale.length).floats);
            }
        }
        return floats(graph, node, name, scale.length);
    }

    private static boolean isZero(@Nullable Tensor zero) {
        return zero == null || Arrays.stream(zero.longs()).allMatch(z -> z == 0);
    }

    /** Floats, one or one an output. */
    static Bias floats(Graph graph, Node node, String name, int outputs) throws Refusal {
        if (name.isEmpty()) {
            return NONE;
        }
        Tensor tensor = graph.constant(name);
        check(node, name, tensor, tensor != null && tensor.isReal(), outputs);
        float[] given = tensor.floats();
        float[] floats = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            floats[i] = given[given.length == 1 ? 0 : i];
        }
        return new Bias(null, floats);
    }

    /** Whole numbers, one or one an output. */
    static Bias whole(Graph graph, Node node, String name, int outputs) throws Refusal {
        if (name.isEmpty()) {
            return NONE;
        }
        Tensor tensor = graph.constant(name);
        check(node, name, tensor, tensor != null && tensor.type().isInteger(), outputs);
        return new Bias(ints(tensor, outputs), null);
    }

    private static void check(Node node, String name, @Nullable Tensor tensor, boolean fits, int outputs) throws Refusal {
        if (!fits || tensor.elements() != 1 && tensor.elements() != outputs) {
            throw node.refused("its bias " + quote(name) + " is not constant, or of another type, or not one number for each"
                    + " of its " + outputs + " columns: quantise the model again");
        }
    }

    private static int[] ints(Tensor tensor, int outputs) {
        long[] given = tensor.longs();
        int[] ints = new int[outputs];
        for (int i = 0; i < outputs; i++) {
            ints[i] = Math.toIntExact(given[given.length == 1 ? 0 : i]);
        }
        return ints;
    }

    /**
     * The layer with it. Whole numbers with which sums could be larger than an int are added as floats, if they are these
     * too.
     *
     * @throws IllegalArgumentException if sums could be larger than an int
     */
    IntegerLayer addTo(IntegerLayer layer) {
        if (whole != null) {
            try {
                return layer.withBias(whole);
            } catch (IllegalArgumentException e) {
                if (floats == null) {
                    throw e;
                }
            }
        }
        return floats == null ? layer : layer.withShift(floats);
    }
}
