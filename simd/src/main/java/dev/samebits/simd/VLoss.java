package dev.samebits.simd;

import dev.samebits.Loss;
import dev.samebits.arithmetic.Log1p;

/** {@link Loss#row} for rows that lie in padded buffers; cross-entropy takes its exponentials once for both softmaxes. */
final class VLoss {
    private VLoss() {}

    /**
     * @param in the row, in a buffer padded as {@link VSoftmax} asks
     * @param y the targets, n values from {@code yAt}
     * @param d receives the gradient, padded likewise
     * @return the loss
     */
    static float row(Loss loss, float[] in, float[] y, int yAt, float[] d, int n, float[] partial) {
        return loss == Loss.CROSS_ENTROPY ? crossEntropy(in, y, yAt, d, n, partial) : loss.row(in, 0, y, yAt, d, 0, n);
    }

    private static float crossEntropy(float[] z, float[] y, int yAt, float[] d, int n, float[] partial) {
        int p = VSoftmax.exponentials(z, 0, d, 0, n);
        float m = z[p];
        float one = d[p];
        d[p] = 0;
        float others = VSoftmax.sum(d, 0, VSoftmax.padded(n), partial);
        d[p] = one;
        float logarithm = one * Log1p.log1p(others);
        float scale = one / (1 + others);
        float loss = 0;
        for (int j = 0; j < n; j++) {
            float target = y[yAt + j];
            float logSoftmax = (z[j] - m) - logarithm;
            loss = target == 0 && logSoftmax <= 0 ? loss : Math.fma(-target, logSoftmax, loss);
            d[j] = d[j] * scale - target;
        }
        return loss;
    }
}
