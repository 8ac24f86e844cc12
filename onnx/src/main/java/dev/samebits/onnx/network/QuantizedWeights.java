package dev.samebits.onnx.network;

import static dev.samebits.onnx.limits.Refusal.quote;

import dev.samebits.onnx.graph.Graph;
import dev.samebits.onnx.graph.Node;
import dev.samebits.onnx.limits.Refusal;
import dev.samebits.onnx.tensor.Tensor;
import java.util.Arrays;

/**
 * Constant weights of whole numbers.
 *
 * @param inputs columns of a row
 * @param weights {@code [outputs × inputs]}, without their zero points
 * @param scale one an output
 */
record QuantizedWeights(int inputs, short[] weights, float[] scale) {
    private static final int LARGEST = 255;

    /**
     * Reads them.
     *
     * @param node that multiplies with them
     * @param rowsFirst whether they stand as {@code [outputs × inputs]}, else {@code [inputs × outputs]}
     * @param scale the name of their scales, one or one an output; empty is 1
     * @param zero the name of their zero points; empty is 0
     * @throws Refusal if they are no whole numbers of eight bits, or scales and zero points do not fit
     */
    static QuantizedWeights of(Graph graph, Node node, String name, boolean rowsFirst, String scale, String zero)
            throws Refusal {
        Tensor tensor = graph.constant(name);
        if (tensor == null || tensor.dims().size() != 2 || tensor.elements() < 1 || !tensor.type().isByte()
                && graph.folded(name, "QuantizeLinear") == null) {
            throw node.refused("its weights " + quote(name) + " are no constant matrix of type uint8 or int8: quantise the"
                    + " model again");
        }
        int outputs = (int) (long) tensor.dims().get(rowsFirst ? 0 : 1);
        int inputs = (int) (long) tensor.dims().get(rowsFirst ? 1 : 0);
        graph.layers().take((long) Float.BYTES * tensor.elements());
        float[] scales = scales(graph, node, scale, outputs);
        long[] zeros = zeros(graph, node, zero, outputs);
        long[] numbers = tensor.longs();
        short[] weights = new short[numbers.length];
        for (int i = 0; i < outputs; i++) {
            for (int j = 0; j < inputs; j++) {
                long weight = numbers[rowsFirst ? i * inputs + j : j * outputs + i] - zeros[zeros.length == 1 ? 0 : i];
                if (Math.abs(weight) > LARGEST) {
                    throw node.refused("its weight for output " + i + " and input " + j + " is " + weight
                            + " without the zero point, more than eight bits hold: quantise the model again");
                }
                weights[i * inputs + j] = (short) weight;
            }
        }
        return new QuantizedWeights(inputs, weights, scales);
    }

    private static float[] scales(Graph graph, Node node, String name, int outputs) throws Refusal {
        float[] scales = new float[outputs];
        Arrays.fill(scales, 1);
        if (name.isEmpty()) {
            return scales;
        }
        Tensor tensor = graph.constant(name);
        if (tensor == null || !tensor.isReal() || tensor.elements() != 1 && tensor.elements() != outputs) {
            throw node.refused("the scales " + quote(name) + " of its weights are not one constant number, or one for each"
                    + " of its " + outputs + " columns: quantise the model by tensor or by column");
        }
        float[] given = tensor.floats();
        for (int i = 0; i < outputs; i++) {
            scales[i] = given[given.length == 1 ? 0 : i];
        }
        return scales;
    }

    private static long[] zeros(Graph graph, Node node, String name, int outputs) throws Refusal {
        if (name.isEmpty()) {
            return new long[1];
        }
        Tensor tensor = graph.constant(name);
        if (tensor == null || tensor.elements() != 1 && tensor.elements() != outputs) {
            throw node.refused("the zero points " + quote(name) + " of its weights are not one constant number, or one for"
                    + " each of its " + outputs + " columns: quantise the model by tensor or by column");
        }
        return tensor.longs();
    }

    /** Their scales times those of the input, a rounding each. */
    float[] scaled(float input) {
        float[] scaled = new float[scale.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = input * scale[i];
        }
        return scaled;
    }
}
