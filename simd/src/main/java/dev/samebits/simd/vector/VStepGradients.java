package dev.samebits.simd.vector;

import dev.samebits.arithmetic.Norms;
import dev.samebits.arithmetic.StepGradients;

/**
 * {@link StepGradients} of a row: the sums in vectors, and between them the definition's loops over elements, which the
 * compiler makes vectors of by itself, as they have no sums.
 */
public final class VStepGradients {
    private VStepGradients() {}

    /** {@link StepGradients#layerNorm}, with room for the partial sums. */
    public static void layerNorm(float epsilon, float[] gain, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] normal, int normalOffset, float[] dx, int dxOffset, int n, float[] partial) {
        StepGradients.subtract(VSums.sum(x, xOffset, n, partial) / n, x, xOffset, normal, normalOffset, n);
        float variance = VSums.products(normal, normalOffset, normal, normalOffset, n, partial) / n;
        float scale = Norms.inverseRoot(variance, epsilon);
        StepGradients.scale(scale, normal, normalOffset, normal, normalOffset, n);
        StepGradients.multiply(dy, dyOffset, gain, 0, dx, dxOffset, n);
        float mean = VSums.sum(dx, dxOffset, n, partial) / n;
        float along = VSums.products(dx, dxOffset, normal, normalOffset, n, partial) / n;
        StepGradients.project(mean, along, scale, normal, normalOffset, dx, dxOffset, n);
    }

    /** {@link StepGradients#rmsNorm}, with room for the partial sums. */
    public static void rmsNorm(float epsilon, float[] gain, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] normal, int normalOffset, float[] dx, int dxOffset, int n, float[] partial) {
        float scale = Norms.inverseRoot(VSums.products(x, xOffset, x, xOffset, n, partial) / n, epsilon);
        StepGradients.scale(scale, x, xOffset, normal, normalOffset, n);
        StepGradients.multiply(dy, dyOffset, gain, 0, dx, dxOffset, n);
        float along = VSums.products(dx, dxOffset, normal, normalOffset, n, partial) / n;
        StepGradients.project(0, along, scale, normal, normalOffset, dx, dxOffset, n);
    }

    /** {@link StepGradients#l2Norm}, with room for the partial sums. */
    public static void l2Norm(float epsilon, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset,
            int n, float[] partial) {
        float square = VSums.products(x, xOffset, x, xOffset, n, partial);
        float length = Norms.length(square, epsilon);
        StepGradients.divide(length, x, xOffset, dx, dxOffset, n);
        float along = StepGradients.isClipped(square, epsilon) ? 0
                : VSums.products(dy, dyOffset, dx, dxOffset, n, partial);
        StepGradients.projectAndDivide(along, length, dy, dyOffset, dx, dxOffset, n);
    }

    /** {@link StepGradients#softmax}, with room for the partial sums. */
    public static void softmax(float[] y, int yOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n,
            float[] partial) {
        float mean = VSums.products(dy, dyOffset, y, yOffset, n, partial);
        StepGradients.softmax(mean, y, yOffset, dy, dyOffset, dx, dxOffset, n);
    }

    /** {@link StepGradients#logSoftmax}, with room for the partial sums. */
    public static void logSoftmax(float[] p, int pOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int n,
            float[] partial) {
        float sum = VSums.sum(dy, dyOffset, n, partial);
        StepGradients.logSoftmax(sum, p, pOffset, dy, dyOffset, dx, dxOffset, n);
    }
}
