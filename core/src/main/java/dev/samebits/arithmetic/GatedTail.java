package dev.samebits.arithmetic;

/**
 * {@code x sigma(w)} where w has the sign of x and grows at least as fast, so that the tail is zero before anything can
 * overflow: the form of GELU's two approximations, and of swish's derivative. With {@code c = |x|}, it is {@code -t} for
 * negative x and {@code x - t} for others, {@code t = c sigma(-|w|) = c e^-|w| / (1 + e^-|w|)}.
 *
 * <p>The argument is a pair {@code hi + lo = |w|}, at most {@link #LIMIT}: a product that is rounded to one float before its
 * exponential is taken loses up to {@code |w| / 2} units in the last place of the result.
 */
public final class GatedTail {

    /** The largest |w|: the power of two is still a normal number, and {@code |w| e^-|w|} rounds to zero. */
    public static final float LIMIT = 109.8f;

    /** The value's quotient is taken of a number so much larger, so that it is normal where x is denormal. */
    public static final float LIFT = 0x1p64f;

    /** Takes this and {@link Exp#LIFT} off again, in the last step, the only one that can give a denormal number. */
    public static final float LOWER = 0x1p-64f * Exp.LOWER;

    private GatedTail() {
    }

    /** {@code x sigma(w)}; c is {@code |x|}, clamped to where the tail is zero. */
    static float value(float x, float c, float hi, float lo) {
        float lifted = Math.fma(-hi, Exp.LOG2_E, Exp.LIFTED);
        float r = reduced(lifted, hi, lo);
        float power = Exp.liftedPower(lifted);
        float divisor = Math.fma(Math.fma(r, Exp.growth(r), 1f) * power, Exp.LOWER, 1f);
        float t = Math.fma(c * r, Exp.growth(r), c) * LIFT / divisor * power;
        return Math.fma(-t, LOWER, x < 0f ? -0f : x);
    }

    /**
     * The derivative {@code sigma(w) + x w' sigma(w) (1 - sigma(w))}, whatever the sign of x.
     *
     * @param sign any number that is negative where w is
     * @param growth {@code x w'}, made positive
     */
    static float derivative(float sign, float hi, float lo, float growth) {
        float lifted = Math.fma(-hi, Exp.LOG2_E, Exp.LIFTED);
        float r = reduced(lifted, hi, lo);
        float e = Math.fma(r, Exp.growth(r), 1f) * Exp.liftedPower(lifted);
        float small = Logistic.lower(e);
        // The derivative at -|w|, lifted. At |w| it is the complement, for sigma(-w) = 1 - sigma(w).
        float left = Math.fma(-growth, Logistic.slope(small), small);
        return sign < 0f ? left * Exp.LOWER : Math.fma(-left, Exp.LOWER, 1f);
    }

    /** {@code -|w| - n ln 2}. */
    private static float reduced(float lifted, float hi, float lo) {
        float n = lifted - Exp.LIFTED;
        return Math.fma(n, Exp.MINUS_LN2_HI, -hi) + Math.fma(n, Exp.MINUS_LN2_LO, -lo);
    }
}
