package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Steps of gradient descent on weights and biases: one pass over memory, whole vectors first, then the definition's scalar
 * code.
 */
public final class Update {
    private Update() {}

    /** {@code w = fma(−α, fma(λ, w, s · dw), w)}. */
    public static void apply(float[] w, int wOffset, float[] dw, int dwOffset, int length, float learningRate, float scale,
            float weightDecay) {
        FloatVector minusAlpha = FloatVector.broadcast(Lanes.F, -learningRate);
        FloatVector s = FloatVector.broadcast(Lanes.F, scale);
        FloatVector lambda = FloatVector.broadcast(Lanes.F, weightDecay);
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wOffset + j);
            FloatVector gradient = lambda.fma(old, s.mul(FloatVector.fromArray(Lanes.F, dw, dwOffset + j)));
            minusAlpha.fma(gradient, old).intoArray(w, wOffset + j);
        }
        for (; j < length; j++) {
            float old = w[wOffset + j];
            w[wOffset + j] = Math.fma(-learningRate, Math.fma(weightDecay, old, scale * dw[dwOffset + j]), old);
        }
    }

    /**
     * Gradient and update of a panel of neurons from one sample: {@link #apply} with {@code dw = fma(dz, x, 0)} and a scale
     * of 1.
     *
     * @param w the panel {@code [inputs × width]}, dense
     * @param dz {@code [width]}, whole vectors
     * @param x {@code [inputs]}
     */
    public static void applyRankOne(float[] w, int wOffset, int width, float[] dz, int dzOffset, float[] x, int xOffset,
            int inputs, float learningRate, float weightDecay) {
        // A vector of neurons at a time, its δ in a register; the panel's lines are in cache when the next one comes.
        for (int i = 0; i < width; i += Lanes.N) {
            rankOneColumn(w, wOffset + i, width, dz, dzOffset + i, x, xOffset, inputs, learningRate, weightDecay);
        }
    }

    /**
     * The gradient of a panel of neurons from one sample, {@code dw = fma(dz, x, 0)}.
     *
     * @param dw {@code [inputs × width]}, dense, overwritten
     * @param dz {@code [width]}, whole vectors
     * @param x {@code [inputs]}
     */
    public static void rankOne(float[] dw, int width, float[] dz, int dzOffset, float[] x, int xOffset, int inputs) {
        for (int i = 0; i < width; i += Lanes.N) {
            gradientColumn(dw, i, width, dz, dzOffset + i, x, xOffset, inputs);
        }
    }

    private static void gradientColumn(
            float[] dw, int dwOffset, int width, float[] dz, int dzOffset, float[] x, int xOffset, int inputs) {
        FloatVector zero = FloatVector.zero(Lanes.F);
        FloatVector delta = FloatVector.fromArray(Lanes.F, dz, dzOffset);
        for (int j = 0; j < inputs; j++) {
            delta.fma(FloatVector.broadcast(Lanes.F, x[xOffset + j]), zero).intoArray(dw, dwOffset + j * width);
        }
    }

    // One loop to a method: what stays the same in a nest of loops is an object on the heap.
    private static void rankOneColumn(float[] w, int wOffset, int width, float[] dz, int dzOffset, float[] x, int xOffset,
            int inputs, float learningRate, float weightDecay) {
        FloatVector minusAlpha = FloatVector.broadcast(Lanes.F, -learningRate);
        FloatVector lambda = FloatVector.broadcast(Lanes.F, weightDecay);
        FloatVector zero = FloatVector.zero(Lanes.F);
        FloatVector delta = FloatVector.fromArray(Lanes.F, dz, dzOffset);
        for (int j = 0; j < inputs; j++) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wOffset + j * width);
            FloatVector dw = delta.fma(FloatVector.broadcast(Lanes.F, x[xOffset + j]), zero);
            minusAlpha.fma(lambda.fma(old, dw), old).intoArray(w, wOffset + j * width);
        }
    }
}
