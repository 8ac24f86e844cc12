package dev.samebits.arithmetic;

/**
 * Normalisations of one row of n values, y may be x itself. The sums are those of {@link Sums}; division and square root are
 * exact operations of IEEE-754, rounded once.
 */
public final class Norms {
    private Norms() {}

    /** {@code (x − mean) / √(variance + ε) · gain + shift}. */
    public static void layerNorm(
            float epsilon, float[] gain, float[] shift, float[] x, int xOffset, float[] y, int yOffset, int n) {
        float mean = Sums.sum(x, xOffset, 1, n) / n;
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] - mean;
        }
        float variance = Sums.products(y, yOffset, y, yOffset, n) / n;
        float scale = inverseRoot(variance, epsilon);
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = Math.fma(y[yOffset + j] * scale, gain[j], shift[j]);
        }
    }

    /** {@code x / √(mean square + ε) · gain}. */
    public static void rmsNorm(float epsilon, float[] gain, float[] x, int xOffset, float[] y, int yOffset, int n) {
        float meanSquare = Sums.products(x, xOffset, x, xOffset, n) / n;
        float scale = inverseRoot(meanSquare, epsilon);
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] * scale * gain[j];
        }
    }

    /** {@code x / max(‖x‖, ε)}. */
    public static void l2Norm(float epsilon, float[] x, int xOffset, float[] y, int yOffset, int n) {
        float length = length(Sums.products(x, xOffset, x, xOffset, n), epsilon);
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] / length;
        }
    }

    /** {@code 1 / √(square + ε)}, which no square of a float makes infinite but 0 does where ε is 0. */
    public static float inverseRoot(float square, float epsilon) {
        return 1 / root(square + epsilon);
    }

    /** {@code √square}, ε where it is less; NaN stays NaN. */
    public static float length(float square, float epsilon) {
        float length = root(square);
        return length < epsilon ? epsilon : length;
    }

    // The root in double, rounded to float, is the correctly rounded root of a float: double has more than twice the digits.
    private static float root(float square) {
        return (float) Math.sqrt(square);
    }
}
