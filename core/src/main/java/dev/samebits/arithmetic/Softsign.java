package dev.samebits.arithmetic;

/**
 * Softsign {@code x / (1 + |x|)}, for every float.
 *
 * <p>Error: at most 2 ulp; derivative 4 (docs/numerics.md).
 */
public final class Softsign {

    /** From here on the value rounds to 1. */
    public static final float SATURATED = 0x1p30f;

    /** From here on the derivative rounds to 0. */
    public static final float FLAT = 0x1p76f;

    private Softsign() {
    }

    /** The value: -1 and 1 at the infinities, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float low = x < -SATURATED ? -SATURATED : x;
        float c = low > SATURATED ? SATURATED : low;
        return c / (1f + Math.abs(c));
    }

    /** {@code 1 / (1 + |x|)^2}: 0 at both infinities, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float r = 1f / (1f + (a > FLAT ? FLAT : a));
        return r * r;
    }
}
