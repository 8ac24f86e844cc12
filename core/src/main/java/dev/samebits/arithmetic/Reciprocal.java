package dev.samebits.arithmetic;

/**
 * The reciprocal, rounded once.
 *
 * <p>Error: at most 0.5 ulp; derivative 2 (docs/numerics.md).
 */
public final class Reciprocal {

    private Reciprocal() {
    }

    /** {@code 1 / x}: infinities for zeros and zeros for infinities, of x's sign; NaN gives NaN. */
    public static float value(float x) {
        return 1f / x;
    }

    /** {@code -1 / x^2}: -inf at zeros, -0 at infinities, NaN gives NaN. */
    public static float derivative(float x) {
        float r = 1f / x;
        return -(r * r);
    }
}
