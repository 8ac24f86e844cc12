package dev.samebits.spi;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.LayerSpec;
import dev.samebits.Matrix;

/** A layer's parameters as a session's own arrays, and one step forward with them. */
final class LayerParameters {
    final LayerSpec spec;
    final Matrix weights;
    final float[] bias;
    final float[] slopes;

    LayerParameters(Layer layer) {
        spec = layer.spec();
        weights = layer.weights();
        bias = layer.bias();
        slopes = layer.slopes();
    }

    /** {@code z = W x + b}, {@code a = f(z)} or maxout, for every row; for a dense layer z and a may be one buffer. */
    void forward(LayerKernels kernels, Matrix x, Matrix z, Matrix a) {
        kernels.affine(x, weights, bias, z);
        if (spec.pieces() > 1) {
            kernels.maxout(spec.pieces(), z, a);
        } else if (!spec.isLinear()) {
            kernels.activate(spec.activation(), slopes, z, a);
        }
    }

    Layer toLayer() {
        return Layer.of(spec, weights, bias, slopes);
    }
}
