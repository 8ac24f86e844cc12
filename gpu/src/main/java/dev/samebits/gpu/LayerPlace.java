package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.LayerSpec;
import dev.samebits.Matrix;
import dev.samebits.StateExchange;
import java.util.Arrays;

/** Where a layer's parameters lie among the device's. */
final class LayerPlace {
    final int inputs;
    /** Rows of W. */
    final int neurons;
    final int outputs;
    final int pieces;
    final Activation activation;
    private final LayerSpec spec;
    final int weights;
    final int bias;
    /** The activation's two parameters, and what dropout multiplies by. */
    final int constants;
    final int slopes;
    final int end;

    LayerPlace(Layer layer, int from) {
        inputs = layer.inputs();
        neurons = layer.rows();
        outputs = layer.outputs();
        pieces = layer.pieces();
        activation = layer.activation();
        spec = layer.spec();
        weights = from;
        bias = Math.addExact(weights, Panels.length(neurons, inputs));
        slopes = Math.addExact(bias, Panels.padded(neurons));
        constants = Math.addExact(slopes, isPrelu() ? Panels.padded(outputs) : 0);
        end = Math.addExact(constants, DeviceProducts.PANEL);
    }

    /** Where dropout's factor is. */
    int dropoutFactor() {
        return constants + 2;
    }

    boolean isPrelu() {
        return spec.isPrelu();
    }

    /** Whether a and z are the same numbers, so that one buffer holds both. */
    boolean isLinear() {
        return spec.isLinear();
    }

    void pack(Layer layer, float[] params) {
        Panels.pack(layer.weights(), params, weights);
        System.arraycopy(layer.bias(), 0, params, bias, neurons);
        System.arraycopy(layer.slopes(), 0, params, slopes, isPrelu() ? outputs : 0);
        params[constants] = activation.first();
        params[constants + 1] = activation.second();
    }

    /**
     * Passes through what lies so far from the layer's parameters: themselves, or a moment of them.
     *
     * @param moment its name, empty for the parameters
     */
    void exchange(StateExchange state, int number, String moment, float[] params, int distance) {
        Matrix w = Matrix.zeros(neurons, inputs);
        Panels.unpack(params, weights + distance, w);
        state.floats(StateExchange.parameters(number, "weights", moment), w.data());
        Panels.pack(w, params, weights + distance);
        exchange(state, StateExchange.parameters(number, "bias", moment), params, bias + distance, neurons);
        if (isPrelu()) {
            exchange(state, StateExchange.parameters(number, "slopes", moment), params, slopes + distance, outputs);
        }
    }

    private static void exchange(StateExchange state, String name, float[] params, int at, int count) {
        float[] values = Arrays.copyOfRange(params, at, at + count);
        state.floats(name, values);
        System.arraycopy(values, 0, params, at, count);
    }

    Layer unpack(float[] params) {
        Matrix w = Matrix.zeros(neurons, inputs);
        Panels.unpack(params, weights, w);
        float[] b = new float[neurons];
        System.arraycopy(params, bias, b, 0, neurons);
        float[] gamma = new float[isPrelu() ? outputs : 0];
        System.arraycopy(params, slopes, gamma, 0, gamma.length);
        return Layer.of(spec, w, b, gamma);
    }
}
