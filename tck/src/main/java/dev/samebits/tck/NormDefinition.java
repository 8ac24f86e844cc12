package dev.samebits.tck;

import dev.samebits.BatchNorm;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.scalar.ScalarKernels;
import java.util.Arrays;

/**
 * Batch normalisation of one hidden layer, written from docs/arithmetic.md as plain loops, column by column: forward, back,
 * and folded into the layer. Its shift is the layer's bias.
 */
final class NormDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    private final BatchNorm options;
    final float[] gain;
    private final float[] mean;
    private final float[] variance;
    private int batches;
    // Of the present batch.
    private Matrix h;
    private float[] r;

    NormDefinition(BatchNorm options, int width) {
        this.options = options;
        gain = new float[width];
        Arrays.fill(gain, 1);
        mean = new float[width];
        variance = gain.clone();
    }

    /** The net input that the layer's function takes, from the input of the layer. */
    Matrix forward(Layer layer, Matrix x) {
        Matrix z = Matrix.zeros(x.rows(), layer.rows());
        KERNELS.affine(x, layer.weights(), new float[layer.rows()], z);
        h = Matrix.zeros(z.rows(), z.columns());
        r = new float[z.columns()];
        batches += z.rows() > 1 ? 1 : 0;
        for (int j = 0; j < z.columns(); j++) {
            float sum = 0;
            for (int n = 0; n < z.rows(); n++) {
                sum = sum + z.get(n, j);
            }
            float m = sum / z.rows();
            float squares = 0;
            for (int n = 0; n < z.rows(); n++) {
                float d = z.get(n, j) - m;
                squares = Math.fma(d, d, squares);
            }
            float v = squares / z.rows();
            r[j] = 1 / (float) Math.sqrt(v + options.epsilon());
            for (int n = 0; n < z.rows(); n++) {
                h.set(n, j, (z.get(n, j) - m) * r[j]);
                z.set(n, j, Math.fma(gain[j], h.get(n, j), layer.bias()[j]));
            }
            if (h.rows() > 1) {
                float part = 1f / batches > options.momentum() ? 1f / batches : options.momentum();
                mean[j] = Math.fma(part, m - mean[j], mean[j]);
                variance[j] = Math.fma(part, v - variance[j], variance[j]);
            }
        }
        return z;
    }

    /** The sums over the batch that are the gradient of the gain. */
    float[] gainGradient(Matrix dy) {
        float[] sums = new float[gain.length];
        for (int j = 0; j < sums.length; j++) {
            for (int n = 0; n < dy.rows(); n++) {
                sums[j] = Math.fma(dy.get(n, j), h.get(n, j), sums[j]);
            }
        }
        return sums;
    }

    /** From the gradient of the net input to that of what the weights make. */
    Matrix back(Matrix dy) {
        float[] dg = gainGradient(dy);
        Matrix dz = Matrix.zeros(dy.rows(), dy.columns());
        for (int j = 0; j < dg.length; j++) {
            float dt = 0;
            for (int n = 0; n < dy.rows(); n++) {
                dt = dt + dy.get(n, j);
            }
            float p = dt / dy.rows();
            float q = dg[j] / dy.rows();
            for (int n = 0; n < dy.rows(); n++) {
                float from = dy.get(n, j) - p;
                float along = q * h.get(n, j);
                dz.set(n, j, (from - along) * (gain[j] * r[j]));
            }
        }
        return dz;
    }

    /** The layer that predicts. */
    Layer fold(Layer layer) {
        Matrix w = layer.weights();
        float[] b = layer.bias();
        for (int i = 0; i < b.length; i++) {
            float s = gain[i] * (1 / (float) Math.sqrt(variance[i] + options.epsilon()));
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, s * w.get(i, j));
            }
            b[i] = Math.fma(-mean[i], s, b[i]);
        }
        return Layer.of(layer.spec(), w, b, layer.slopes());
    }
}
