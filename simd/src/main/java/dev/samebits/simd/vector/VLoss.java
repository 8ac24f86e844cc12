package dev.samebits.simd.vector;

import dev.samebits.Loss;
import dev.samebits.arithmetic.Log1p;
import dev.samebits.arithmetic.Softmax;

/** {@link Loss#row} for rows that lie in padded buffers; cross-entropy takes its exponentials once for both softmaxes. */
public final class VLoss {
    private VLoss() {}

    /**
     * @param in the row, from {@code inOffset}, padded as {@link VSoftmax} asks
     * @param y the targets, n values from {@code yOffset}
     * @param d receives the gradient from {@code dOffset} on, padded likewise
     * @return the loss
     */
    public static float row(Loss loss, float[] in, int inOffset, float[] y, int yOffset, float[] d, int dOffset, int n,
            float[] partial) {
        return loss == Loss.CROSS_ENTROPY ? crossEntropy(in, inOffset, y, yOffset, d, dOffset, n, partial) : loss.row(in,
                inOffset, y, yOffset, d, dOffset, n);
    }

    /** Multiplies a row's gradient by its weight. */
    public static void weigh(float weight, float[] d, int offset, int n) {
        for (int j = offset; j < offset + n; j++) {
            d[j] *= weight;
        }
    }

    private static float crossEntropy(float[] z, int zOffset, float[] y, int yOffset, float[] d, int dOffset, int n,
            float[] partial) {
        int p = Softmax.firstMaximum(z, zOffset, n);
        VSoftmax.exponentials(z, zOffset, d, dOffset, n, p);
        float m = z[zOffset + p];
        float one = d[dOffset + p];
        d[dOffset + p] = 0;
        float others = VSoftmax.sum(d, dOffset, VSoftmax.padded(n), partial);
        d[dOffset + p] = one;
        float logarithm = one * Log1p.log1p(others);
        float scale = one / (1 + others);
        float loss = 0;
        for (int j = 0; j < n; j++) {
            float target = y[yOffset + j];
            float logSoftmax = (z[zOffset + j] - m) - logarithm;
            loss = target == 0 && logSoftmax <= 0 ? loss : Math.fma(-target, logSoftmax, loss);
            d[dOffset + j] = d[dOffset + j] * scale - target;
        }
        return loss;
    }
}
