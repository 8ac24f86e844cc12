package dev.samebits.arithmetic;

/**
 * The hard-tanh function {@code max(min(x, max), min)} (equations 4.14 and 4.15, where min is -1 and max is 1).
 */
public final class HardTanh {

    /** The lower clip point of equation 4.15. */
    public static final float MIN = -1f;

    /** The upper clip point of equation 4.15. */
    public static final float MAX = 1f;

    private HardTanh() {
    }

    /** {@code x} clipped to [-1, 1]. */
    public static float value(float x) {
        return value(x, MIN, MAX);
    }

    /** {@code x} clipped to [min, max]; keeps -0; NaN gives NaN. */
    public static float value(float x, float min, float max) {
        float low = x < min ? min : x;
        return low > max ? max : low;
    }

    /** The derivative of {@code x} clipped to [-1, 1]. */
    public static float derivative(float x) {
        return derivative(x, MIN, MAX);
    }

    /** 1 strictly between the clip points, 0 at and beyond them; NaN gives NaN. */
    public static float derivative(float x, float min, float max) {
        float flat = x == x ? 0f : x;
        return x > min && x < max ? 1f : flat;
    }
}
