package dev.samebits;

/**
 * The numbers of bfloat16: floats of which the lower 16 bits are zero, so a sign, the eight bits of a float's exponent, and
 * seven bits behind the point. Each is a float exactly, and two bytes hold it. Networks whose weights are such numbers are
 * made by {@link Network#withBfloat16Weights}; they compute in float, like all others. All NaNs are one here.
 *
 * @since 0.1.0
 */
public final class Bfloat16 {
    private static final int LOW = 0xffff;

    private Bfloat16() {}

    /**
     * Whether a float is such a number: it is its own {@linkplain #round rounding}.
     *
     * @param value any float
     * @return whether two bytes hold it exactly; true for infinities and for NaN
     */
    public static boolean holds(float value) {
        return (Float.floatToIntBits(value) & LOW) == 0;
    }

    /**
     * The nearest such number; of two that are as near the even one, whose seventh bit behind the point is 0. Zeros keep
     * their sign, denormals are rounded like all others, and from the middle between the largest number (0x1.FEp127, about
     * 3.390e38) and 2¹²⁸ on they become infinite.
     *
     * @param value any float
     * @return its rounding; NaN for NaN
     */
    public static float round(float value) {
        int bits = Float.floatToIntBits(value);
        // Half of what the lower bits can hold, and for an odd number a tie more: the carry rounds up. A NaN's lower bits
        // are zero here, so nothing is carried into its sign.
        return Float.intBitsToFloat(bits + LOW / 2 + (bits >>> 16 & 1) & ~LOW);
    }

    /**
     * The two bytes of a float's {@linkplain #round rounding}, as files hold them.
     *
     * @param value any float
     * @return the upper 16 of the rounding's 32 bits
     */
    public static short bits(float value) {
        return (short) (Float.floatToIntBits(round(value)) >>> 16);
    }

    /**
     * The number that two bytes hold.
     *
     * @param bits the upper 16 of a float's 32 bits
     * @return that float
     */
    public static float value(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
