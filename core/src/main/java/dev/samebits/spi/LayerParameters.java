package dev.samebits.spi;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.LayerKernels;

/** A layer's parameters as a session's own arrays, and one step forward with them. */
final class LayerParameters {
    final Activation activation;
    final int pieces;
    final Matrix weights;
    final float[] bias;
    final float[] slopes;

    LayerParameters(Layer layer) {
        activation = layer.activation();
        pieces = layer.pieces();
        weights = layer.weights();
        bias = layer.bias();
        slopes = layer.slopes();
    }

    int outputs() {
        return weights.rows() / pieces;
    }

    /** Whether a and z are the same numbers, so that one buffer holds both. */
    boolean isLinear() {
        return pieces == 1 && activation.kind() == Activation.Kind.IDENTITY;
    }

    /** {@code z = W x + b}, {@code a = f(z)} or maxout, for every row; for a dense layer z and a may be one buffer. */
    void forward(LayerKernels kernels, Matrix x, Matrix z, Matrix a) {
        kernels.affine(x, weights, bias, z);
        if (pieces > 1) {
            kernels.maxout(pieces, z, a);
        } else if (!isLinear()) {
            kernels.activate(activation, slopes, z, a);
        }
    }

    Layer toLayer() {
        if (pieces > 1) {
            return Layer.maxout(weights, bias, pieces);
        }
        return activation.kind() == Activation.Kind.PRELU
                ? Layer.prelu(weights, bias, slopes)
                : Layer.dense(weights, bias, activation);
    }
}
