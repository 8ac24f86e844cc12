package dev.samebits.simd.vector;

import dev.samebits.arithmetic.Norms;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Norms} of a row, y may be x itself: whole vectors first, then the definition's scalar code. One loop to a method,
 * as in all kernels with several.
 */
public final class VNorms {
    private VNorms() {}

    /** {@link Norms#layerNorm}, with room for the partial sums. */
    public static void layerNorm(float epsilon, float[] gain, float[] shift, float[] x, int xOffset, float[] y, int yOffset,
            int n, float[] partial) {
        subtract(VSums.sum(x, xOffset, n, partial) / n, x, xOffset, y, yOffset, n);
        float variance = VSums.products(y, yOffset, y, yOffset, n, partial) / n;
        scaleShift(Norms.inverseRoot(variance, epsilon), gain, shift, y, yOffset, n);
    }

    private static void subtract(float mean, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j + Lanes.N <= n; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, x, xOffset + j).sub(mean).intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] - mean;
        }
    }

    private static void scaleShift(float scale, float[] gain, float[] shift, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j + Lanes.N <= n; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, y, yOffset + j).mul(scale)
                    .fma(FloatVector.fromArray(Lanes.F, gain, j), FloatVector.fromArray(Lanes.F, shift, j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = Math.fma(y[yOffset + j] * scale, gain[j], shift[j]);
        }
    }

    /** {@link Norms#rmsNorm}, with room for the partial sums. */
    public static void rmsNorm(
            float epsilon, float[] gain, float[] x, int xOffset, float[] y, int yOffset, int n, float[] partial) {
        float meanSquare = VSums.products(x, xOffset, x, xOffset, n, partial) / n;
        scale(Norms.inverseRoot(meanSquare, epsilon), gain, x, xOffset, y, yOffset, n);
    }

    private static void scale(float scale, float[] gain, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j + Lanes.N <= n; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, x, xOffset + j).mul(scale).mul(FloatVector.fromArray(Lanes.F, gain, j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] * scale * gain[j];
        }
    }

    /** {@link Norms#l2Norm}, with room for the partial sums. */
    public static void l2Norm(float epsilon, float[] x, int xOffset, float[] y, int yOffset, int n, float[] partial) {
        divide(Norms.length(VSums.products(x, xOffset, x, xOffset, n, partial), epsilon), x, xOffset, y, yOffset, n);
    }

    private static void divide(float length, float[] x, int xOffset, float[] y, int yOffset, int n) {
        int j = 0;
        for (; j + Lanes.N <= n; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, x, xOffset + j).div(length).intoArray(y, yOffset + j);
        }
        for (; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] / length;
        }
    }
}
