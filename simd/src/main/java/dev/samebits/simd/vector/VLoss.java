package dev.samebits.simd.vector;

import dev.samebits.Loss;
import dev.samebits.arithmetic.Log1p;

/** {@link Loss#row} for rows that lie in padded buffers; cross-entropy takes its exponentials once for both softmaxes. */
public final class VLoss {
    private VLoss() {}

    /**
     * @param in the row, from {@code inAt}, padded as {@link VSoftmax} asks
     * @param y the targets, n values from {@code yAt}
     * @param d receives the gradient from {@code dAt} on, padded likewise
     * @return the loss
     */
    public static float row(Loss loss, float[] in, int inAt, float[] y, int yAt, float[] d, int dAt, int n, float[] partial) {
        return loss == Loss.CROSS_ENTROPY
                ? crossEntropy(in, inAt, y, yAt, d, dAt, n, partial)
                : loss.row(in, inAt, y, yAt, d, dAt, n);
    }

    private static float crossEntropy(float[] z, int zAt, float[] y, int yAt, float[] d, int dAt, int n, float[] partial) {
        int p = VSoftmax.exponentials(z, zAt, d, dAt, n);
        float m = z[zAt + p];
        float one = d[dAt + p];
        d[dAt + p] = 0;
        float others = VSoftmax.sum(d, dAt, VSoftmax.padded(n), partial);
        d[dAt + p] = one;
        float logarithm = one * Log1p.log1p(others);
        float scale = one / (1 + others);
        float loss = 0;
        for (int j = 0; j < n; j++) {
            float target = y[yAt + j];
            float logSoftmax = (z[zAt + j] - m) - logarithm;
            loss = target == 0 && logSoftmax <= 0 ? loss : Math.fma(-target, logSoftmax, loss);
            d[dAt + j] = d[dAt + j] * scale - target;
        }
        return loss;
    }
}
