package dev.samebits.simd;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;

/**
 * A layer that learns: its parameters, row-major, and what a step remembers of it. The arrays z, a and their gradients lie in
 * {@link Panels} of samples; {@code rows} holds the layer's input once more, sample by sample, in panels of inputs: what the gradient
 * of the weights has its lanes over.
 */
final class TrainedLayer {
    final Activation activation;
    final int pieces;
    final int inputs;
    /** Rows of W. */
    final int neurons;
    final int outputs;
    final boolean linear;
    /** How the inputs, and the outputs, are cut into panels. */
    final Panels inputPanels;
    final Panels outputPanels;
    /** W {@code [neurons × inputs]}, rows {@link #weightsRow} apart. */
    final float[] weights;
    final int weightsRow;
    final float[] bias;
    final float[] slopes;
    final float[] biasGradient;
    final float[] slopeGradient;

    float[] z = new float[0];
    float[] a = new float[0];
    float[] da = new float[0];
    float[] dz = new float[0];
    float[] rows = new float[0];

    TrainedLayer(Layer layer) {
        activation = layer.activation();
        pieces = layer.pieces();
        inputs = layer.inputs();
        neurons = layer.rows();
        outputs = layer.outputs();
        linear = pieces == 1 && activation.kind() == Activation.Kind.IDENTITY;
        inputPanels = new Panels(inputs);
        outputPanels = new Panels(outputs);
        weightsRow = Strides.isCrowded(inputs) ? Strides.of(inputs) : inputs;
        weights = new float[Math.multiplyExact(neurons, weightsRow)];
        layer.weights().copyTo(matrix());
        bias = layer.bias();
        slopes = layer.slopes();
        biasGradient = new float[bias.length];
        slopeGradient = new float[slopes.length];
    }

    /** Makes room for this many samples. Where f is the identity, a is z and da is dz. */
    void reserve(int samples) {
        z = new float[Panels.length(samples, neurons)];
        dz = new float[z.length];
        a = linear ? z : new float[Panels.length(samples, outputs)];
        da = linear ? dz : new float[a.length];
        rows = new float[Panels.length(inputs, samples)];
    }

    private Matrix matrix() {
        return Matrix.view(weights, 0, neurons, inputs, weightsRow);
    }

    Layer toLayer() {
        Matrix w = matrix();
        if (pieces > 1) {
            return Layer.maxout(w, bias, pieces);
        }
        return activation.kind() == Activation.Kind.PRELU ? Layer.prelu(w, bias, slopes) : Layer.dense(w, bias, activation);
    }

    /** {@code a = f(z)} or maxout, for {@code count} outputs from {@code from} on, over one panel. */
    void activate(int from, int count, int zPanel, int aPanel, int width) {
        int aAt = aPanel + from * width;
        int zAt = zPanel + from * width;
        if (pieces > 1) {
            Vectors.maxout(pieces, outputs * width, count * width, z, zAt, a, aAt);
        } else if (activation.kind() == Activation.Kind.PRELU) {
            for (int i = 0; i < count; i++) {
                ActivationValues.leakyRelu(z, zAt + i * width, a, aAt + i * width, width, slopes[from + i]);
            }
        } else if (!linear) {
            ActivationValues.apply(activation, z, zAt, a, aAt, count * width);
        }
    }

    /** {@code dz = f'(z) ⊙ da}, or maxout's, for {@code count} outputs from {@code from} on, over one panel. */
    void delta(int from, int count, int zPanel, int aPanel, int width) {
        int aAt = aPanel + from * width;
        int zAt = zPanel + from * width;
        if (pieces > 1) {
            Vectors.maxoutGradient(pieces, outputs * width, count * width, z, zAt, da, aAt, dz, zAt);
        } else if (activation.kind() == Activation.Kind.PRELU) {
            for (int i = 0; i < count; i++) {
                ActivationGradients.leakyRelu(z, zAt + i * width, da, aAt + i * width, dz, zAt + i * width, width,
                        slopes[from + i]);
            }
        } else if (!linear) {
            ActivationGradients.apply(activation, z, zAt, da, aAt, dz, zAt, count * width);
        }
    }
}
