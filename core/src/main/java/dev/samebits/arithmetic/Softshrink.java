package dev.samebits.arithmetic;

/**
 * Soft shrinkage: {@code x} moved by {@code lambda} towards zero, and zero where it would pass it.
 */
public final class Softshrink {

    private Softshrink() {
    }

    /** {@code x - lambda} above lambda, {@code x + lambda} below minus lambda, else a zero of x's sign; NaN gives NaN. */
    public static float value(float x, float lambda) {
        float left = x < -lambda ? x + lambda : 0f * x;
        return x > lambda ? x - lambda : left;
    }

    /** 1 beyond lambda on either side, 0 between and at the bounds; NaN gives NaN. */
    public static float derivative(float x, float lambda) {
        float flat = x == x ? 0f : x;
        float left = x < -lambda ? 1f : flat;
        return x > lambda ? 1f : left;
    }
}
