package dev.samebits.arithmetic;

/**
 * The exponential function, on which every curved activation is built.
 *
 * <p>Range reduction: {@code x = n ln 2 + r} with {@code |r| <= 0.347}, then {@code e^x = 2^n e^r}. The reduced
 * argument is carried as a pair, so that the only rounding that counts is the last one.
 *
 * <p>Every step is a single-precision operation with one rounding, in a stated order. The only work on bits is to
 * build a power of two, which another backend may take from a table: it is an exact factor and not an approximation.
 *
 * <p>Error: at most 1 ulp (docs/numerics.md); {@link #expm1} is judged by the functions made of it, ELU and tanh.
 */
public final class Exp {

    /** {@code 1.5 * 2^23}: added and then subtracted, it rounds a float below {@code 2^22} to an integer. */
    public static final float ROUNDER = 12582912f;

    /** The bits of {@link #ROUNDER}. The bits of {@code ROUNDER + n} exceed them by {@code n}. */
    public static final int ROUNDER_BITS = 0x4B400000;

    /** The exponent bias of a float: {@code 2^n} has the bits {@code (n + BIAS) << MANTISSA_BITS}. */
    public static final int BIAS = 127;

    /** The position of the exponent in a float's bits. */
    public static final int MANTISSA_BITS = 23;

    /** By so much the exponent of {@code 2^n} is raised, so that it is a normal number for every n that a tail needs. */
    public static final int LIFT = 32;

    /**
     * Added to n, it rounds it to an integer as {@link #ROUNDER} does, and leaves the exponent of {@code 2^(n + LIFT)} in
     * the lowest bits.
     */
    public static final float LIFTED = ROUNDER + (BIAS + LIFT);

    /** {@code 2^LIFT}. */
    public static final float HIGHER = 0x1p32f;

    /** {@code 2^-LIFT}: taken in the last step, it is the only one that can give a denormal number. */
    public static final float LOWER = 0x1p-32f;

    /** {@code 1 / ln 2}. */
    public static final float LOG2_E = 0x1.715476p0f;

    /** {@code -ln 2}, its leading part: {@code n} times it, taken from {@code x} by fma, leaves no rounding error. */
    public static final float MINUS_LN2_HI = -0x1.62e43p-1f;

    /** {@code -ln 2}, what the leading part leaves. */
    public static final float MINUS_LN2_LO = 0x1.05c61p-29f;

    /** At and above this {@code e^x} overflows, and the power of two must not. */
    public static final float HIGHEST = 89f;

    /** At and below this {@code e^x} rounds to zero, and the power of two must not. */
    public static final float LOWEST = -104f;

    /** Above this {@link #expm1} stays constant: a single power of two no longer reaches further. */
    public static final float EXPM1_HIGHEST = 88f;

    /** Below this {@code e^x - 1} is -1 to the last bit. */
    public static final float EXPM1_LOWEST = -20f;

    /** Coefficients of Q in {@code e^r = 1 + r + r^2 Q(r)}; minimax, relative error {@code 2^-28.2}. */
    public static final float Q0 = 0x1.fffffcp-2f;
    public static final float Q1 = 0x1.555492p-3f;
    public static final float Q2 = 0x1.5558b8p-5f;
    public static final float Q3 = 0x1.1239aap-7f;
    public static final float Q4 = 0x1.6a452cp-10f;

    private Exp() {
    }

    /**
     * {@code e^x} for every float: overflow gives infinity, denormal results are kept, {@code e^-inf = 0}, NaN gives
     * NaN.
     */
    public static float exp(float x) {
        return exp(x, 0f);
    }

    /**
     * {@code e^(hi + lo)}, where {@code lo} is the part of an argument that did not fit into {@code hi}: finite and
     * at most a few units in the last place of {@code hi}. It is added only after {@code hi} has been reduced, where
     * it no longer gets lost.
     */
    public static float exp(float hi, float lo) {
        float x = hi > HIGHEST ? HIGHEST : hi;
        x = x < LOWEST ? LOWEST : x;
        float shifted = shifted(x);
        // Two steps, because 2^n alone is not a normal number at either end. The first is exact.
        return reduced(x, lo, shifted) * firstPower(shifted) * secondPower(shifted);
    }

    /**
     * {@code e^x - 1} without cancellation near zero, for {@code x <= 88}; above 88 it stays at its value there.
     * Keeps -0; {@code -inf} gives -1, NaN gives NaN.
     */
    public static float expm1(float x) {
        float c = x > EXPM1_HIGHEST ? EXPM1_HIGHEST : x;
        c = c < EXPM1_LOWEST ? EXPM1_LOWEST : c;
        float shifted = shifted(c);
        float n = shifted - ROUNDER;
        float exact = Math.fma(n, MINUS_LN2_HI, c);
        float r = Math.fma(n, MINUS_LN2_LO, exact);
        float tail = Math.fma(n, MINUS_LN2_LO, exact - r);
        float reducedMinusOne = r + Math.fma(r * r, q(r), tail);
        float power = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) - ROUNDER_BITS + BIAS << MANTISSA_BITS);
        // 2^n (1 + m) - 1 = 2^n m + (2^n - 1); the difference is exact as long as it matters.
        float y = Math.fma(power, reducedMinusOne, power - 1f);
        return x == 0f ? x : y;
    }

    /** {@code (e^r - 1) / r} for a reduced argument. */
    static float growth(float r) {
        return Math.fma(r, q(r), 1f);
    }

    /** {@code 2^(n + LIFT)} from {@code LIFTED + n}. */
    static float liftedPower(float lifted) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(lifted) << MANTISSA_BITS);
    }

    /**
     * {@code 2^LIFT e^x} for {@code -104 <= x <= 0} and NaN, in fewer steps than {@link #exp}, for functions in which its
     * error of up to 1.3 units in the last place counts less than once.
     */
    static float lifted(float x) {
        float lifted = Math.fma(x, LOG2_E, LIFTED);
        float n = lifted - LIFTED;
        float r = Math.fma(n, MINUS_LN2_LO, Math.fma(n, MINUS_LN2_HI, x));
        return Math.fma(r, growth(r), 1f) * liftedPower(lifted);
    }

    /** {@code ROUNDER + n}, where n is {@code x / ln 2} rounded: n as a float and, in the bits, as an int. */
    static float shifted(float x) {
        return Math.fma(x, LOG2_E, ROUNDER);
    }

    /** {@code e^(x + lo - n ln 2)}, between 0.70 and 1.42. */
    static float reduced(float x, float lo, float shifted) {
        float n = shifted - ROUNDER;
        float exact = Math.fma(n, MINUS_LN2_HI, x);
        float low = Math.fma(n, MINUS_LN2_LO, lo);
        float r = exact + low;
        float tail = (exact - r) + low;
        float sum = 1f + r;
        float lost = r - (sum - 1f);
        return sum + Math.fma(r * r, q(r), lost + tail);
    }

    /** {@code 2^floor(n / 2)}. */
    static float firstPower(float shifted) {
        int n = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        return Float.intBitsToFloat((n >> 1) + BIAS << MANTISSA_BITS);
    }

    /** {@code 2^(n - floor(n / 2))}. */
    static float secondPower(float shifted) {
        int n = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
        return Float.intBitsToFloat(n - (n >> 1) + BIAS << MANTISSA_BITS);
    }

    private static float q(float r) {
        float q = Math.fma(r, Q4, Q3);
        q = Math.fma(r, q, Q2);
        q = Math.fma(r, q, Q1);
        return Math.fma(r, q, Q0);
    }
}
