package dev.samebits.arithmetic;

/**
 * GELU, exact: {@code x Phi(x)} with the standard normal distribution function Phi (equation 4.27), for every float.
 *
 * <p>With {@code a = |x|}, the tail {@code Phi(-a)} is the product of {@code E = e^(-a^2 / 2)} and of
 * {@code r = e^(a^2 / 2) Phi(-a)}, a slowly falling function that a quotient of two polynomials with positive
 * coefficients meets to {@code 2^-29.8}. All digits of the tail are thus kept, down to the denormal numbers.
 *
 * <p>Largest error of the value measured, in units in the last place of the exact value: 3.33 for {@code x >= -3}, 4.09
 * below. The derivative, which has a zero, was within 2^-22.6 of the exact one.
 */
public final class Gelu {

    /** {@code 1 / sqrt(2 pi)}. */
    public static final float INV_SQRT_TWO_PI = 0x1.988454p-2f;

    /** Below minus this the result is a zero, above it the input. */
    public static final float SATURATED = 14.5f;

    /** Coefficients of the numerator P of r. */
    public static final float P0 = 0x1.ep-1f;
    public static final float P1 = 0x1.e6808ap-1f;
    public static final float P2 = 0x1.dfc29cp-2f;
    public static final float P3 = 0x1.10aa3ep-3f;
    public static final float P4 = 0x1.63869p-6f;
    public static final float P5 = 0x1.b1685p-10f;

    /**
     * Coefficients of the denominator Q of r. P and Q share a free factor. It was chosen by trial, for the smallest
     * error of the result: a rounding error counts most just above a power of two, and the factor moves the sums.
     */
    public static final float Q0 = 0x1.ep0f;
    public static final float Q1 = 0x1.b2be4cp1f;
    public static final float Q2 = 0x1.5ad0a8p1f;
    public static final float Q3 = 0x1.3a856p0f;
    public static final float Q4 = 0x1.59fd56p-2f;
    public static final float Q5 = 0x1.bd9516p-5f;
    public static final float Q6 = 0x1.0f9924p-8f;

    private Gelu() {
    }

    /** {@code x Phi(x)}: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float s = c * c;
        float evenP = evenP(s);
        float oddP = oddP(s);
        float p = Math.fma(c, oddP, evenP);
        float evenQ = evenQ(s);
        float oddQ = oddQ(s);
        float q = Math.fma(c, oddQ, evenQ);
        // c P / Q without a power of two, so of the order of 1: only the last step can give a denormal number.
        float cp = c * p;
        float inverse = 1f / q;
        float r = cp * inverse;
        // What the roundings of P, Q and the product have taken, and what the quotient leaves over.
        float lostP = Math.fma(c, oddP, evenP - p);
        float lostQ = Math.fma(c, oddQ, evenQ - q);
        float lost = Math.fma(c, lostP, Math.fma(c, p, -cp));
        float rest = Math.fma(-r, q, cp) + Math.fma(-r, lostQ, lost);
        float bell = bell(c, s);
        float t = Math.fma(r, bell, (rest * inverse) * bell);
        return x < 0f ? -t : x - t;
    }

    /** {@code Phi(x) + x phi(x)}: 0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        // The derivative at -|x|. At |x| it is the complement, for Phi(-x) = 1 - Phi(x).
        float s = c * c;
        float r = Math.fma(c, oddP(s), evenP(s)) / Math.fma(c, oddQ(s), evenQ(s));
        float left = Math.fma(-c, INV_SQRT_TWO_PI, r) * bell(c, s);
        return x < 0f ? left : 1f - left;
    }

    /** {@code e^(-c^2 / 2)}, from all the digits of the square. */
    private static float bell(float c, float s) {
        float rest = Math.fma(c, c, -s);
        return Exp.exp(-0.5f * s, -0.5f * rest);
    }

    // P and Q by their even and odd parts: fewer roundings in a row than Horner's rule.

    private static float evenP(float s) {
        return Math.fma(s, Math.fma(s, P4, P2), P0);
    }

    private static float oddP(float s) {
        return Math.fma(s, Math.fma(s, P5, P3), P1);
    }

    private static float evenQ(float s) {
        return Math.fma(s, Math.fma(s, Math.fma(s, Q6, Q4), Q2), Q0);
    }

    private static float oddQ(float s) {
        return Math.fma(s, Math.fma(s, Q5, Q3), Q1);
    }
}
