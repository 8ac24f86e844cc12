package dev.samebits.arithmetic;

/**
 * Hard-swish {@code x max(min(x + 3, 6), 0) / 6}, for every float.
 *
 * <p>Error: at most 3 ulp, value and derivative (docs/numerics.md).
 */
public final class HardSwish {

    /** The gate is shut at and below minus this, and open at and above it. */
    public static final float BEND = 3f;

    /** {@code 1 / 6}: 6 times it rounds to 1, and 3 times it to one half. */
    public static final float SIXTH = 0x1.555556p-3f;

    private HardSwish() {
    }

    /** The value: -0 below -3, {@code x} itself from 3 on; a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = x < -BEND ? -BEND : x;
        float t = a + BEND;
        t = t > 2f * BEND ? 2f * BEND : t;
        return a * (t * SIXTH);
    }

    /** {@code (2 x + 3) / 6} strictly between -3 and 3, 0 at and below, 1 at and above; NaN gives NaN. */
    public static float derivative(float x) {
        // The sum loses nothing near its zero at -1.5.
        float line = Math.fma(2f, x, BEND) * SIXTH;
        float left = x <= -BEND ? 0f : line;
        return x >= BEND ? 1f : left;
    }
}
