package dev.samebits.arithmetic;

/**
 * The absolute value.
 */
public final class Abs {

    private Abs() {
    }

    /** {@code |x|}: -0 gives +0, NaN gives NaN. */
    public static float value(float x) {
        return Math.abs(x);
    }

    /** 1 for positive x, -1 for negative, and x itself where it is a zero or NaN. */
    public static float derivative(float x) {
        float left = x < 0f ? -1f : x;
        return x > 0f ? 1f : left;
    }
}
