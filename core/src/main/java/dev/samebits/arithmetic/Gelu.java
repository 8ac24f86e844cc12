package dev.samebits.arithmetic;

/**
 * GELU, exact: {@code x Phi(x)} with the standard normal distribution function Phi (equation 4.27), for every float.
 *
 * <p>With {@code a = |x|}, the tail {@code Phi(-a)} is {@code e^(-a^2 / 2) / D(a)}. D grows from 2 nearly along a line,
 * {@code sqrt(2 pi) a} in the end: {@code D = 2 + a (B + N(a) / M(a))} with two short polynomials, whose quotient is the
 * smaller part of what it is added to, so that their roundings count little. All digits of the tail are kept, down to
 * the denormal numbers.
 *
 * <p>Error: at most 4 ulp for {@code x >= -3} and 16 below; the derivative, which has a zero, at most 8 (docs/numerics.md).
 */
public final class Gelu {

    /** {@code 1 / sqrt(2 pi)}. */
    public static final float INV_SQRT_TWO_PI = 0x1.988454p-2f;

    /** Below minus this value and derivative are zeros, above it the input and 1. */
    public static final float SATURATED = 14.6f;

    /** What D grows by in the end, {@code sqrt(2 pi)}. */
    public static final float B = 0x1.40d932p1f;

    /**
     * Coefficients of N and M; minimax, relative error of D {@code 2^-26.5} for {@code a <= 3}. N and M share a free
     * factor. It was chosen by trial, for the smallest error of the result.
     */
    public static final float N0 = -0x1.c85dcep0f;
    public static final float N1 = -0x1.0e9cfap0f;
    public static final float N2 = -0x1.29038ap-2f;
    public static final float N3 = -0x1.183e14p-5f;
    public static final float M0 = 0x1.f50762p0f;
    public static final float M1 = 0x1.bf641p0f;
    public static final float M2 = 0x1.7abf6cp-1f;
    public static final float M3 = 0x1.549b8cp-3f;
    public static final float M4 = 0x1.184dc8p-6f;

    private Gelu() {
    }

    /** {@code x Phi(x)}: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float h = -0.5f * c;
        float s = h * c;
        float lifted = Math.fma(s, Exp.LOG2_E, Exp.LIFTED);
        float r = reduced(c, h, s, lifted);
        // c Phi(-c), lifted.
        float t = Math.fma(c * r, Exp.growth(r), c) * GatedTail.LIFT / d(c) * Exp.liftedPower(lifted);
        return Math.fma(-t, GatedTail.LOWER, x < 0f ? -0f : x);
    }

    /** {@code Phi(x) + x phi(x)}: -0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float h = -0.5f * c;
        float s = h * c;
        float lifted = Math.fma(s, Exp.LOG2_E, Exp.LIFTED);
        float r = reduced(c, h, s, lifted);
        // The derivative at -|x|, lifted. At |x| it is the complement, for Phi(-x) = 1 - Phi(x).
        float left = Math.fma(-INV_SQRT_TWO_PI, c, 1f / d(c)) * GatedTail.LIFT * Math.fma(r, Exp.growth(r), 1f)
                * Exp.liftedPower(lifted);
        return x < 0f ? left * GatedTail.LOWER : Math.fma(-left, GatedTail.LOWER, 1f);
    }

    /** {@code -c^2 / 2 - n ln 2}, from all the digits of the square, whose half is s = h c. */
    private static float reduced(float c, float h, float s, float lifted) {
        return Math.fma(lifted - Exp.LIFTED, Exp.MINUS_LN2_HI, s) + Math.fma(h, c, -s);
    }

    /** {@code e^(-c^2 / 2) / Phi(-c)}. */
    private static float d(float c) {
        float n = Math.fma(c, Math.fma(c, Math.fma(c, N3, N2), N1), N0);
        float m = Math.fma(c, Math.fma(c, Math.fma(c, Math.fma(c, M4, M3), M2), M1), M0);
        return Math.fma(c, B + n / m, 2f);
    }
}
