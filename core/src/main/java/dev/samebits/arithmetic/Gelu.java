package dev.samebits.arithmetic;

/**
 * GELU, exact: {@code x Phi(x)} with the standard normal distribution function Phi (equation 4.27), for every float.
 *
 * <p>With {@code a = |x|}, the tail {@code Phi(-a)} is the product of {@code E = e^(-a^2 / 2)} and of
 * {@code r = e^(a^2 / 2) Phi(-a)}, a slowly falling function that a quotient of two polynomials with positive
 * coefficients meets to {@code 2^-29.1}. All digits of the tail are thus kept, down to the denormal numbers.
 */
public final class Gelu {

    /** {@code 1 / sqrt(2 pi)}. */
    public static final float INV_SQRT_TWO_PI = 0x1.988454p-2f;

    /** Below minus this the result is a zero, above it the input. */
    public static final float SATURATED = 14.5f;

    /** Coefficients of the numerator P of r. */
    public static final float P0 = 0x1.8p-1f;
    public static final float P1 = 0x1.852e9ep-1f;
    public static final float P2 = 0x1.7fc682p-2f;
    public static final float P3 = 0x1.b436e4p-4f;
    public static final float P4 = 0x1.1c6244p-6f;
    public static final float P5 = 0x1.5ab97ap-10f;

    /**
     * Coefficients of the denominator Q of r. That it starts with 1.5, and not with 1, keeps the sums of small inputs
     * away from powers of two, just above which a rounding error counts most.
     */
    public static final float Q0 = 0x1.8p0f;
    public static final float Q1 = 0x1.5bc8eep1f;
    public static final float Q2 = 0x1.156fa2p1f;
    public static final float Q3 = 0x1.f7308ap-1f;
    public static final float Q4 = 0x1.14c2b6p-2f;
    public static final float Q5 = 0x1.646b82p-5f;
    public static final float Q6 = 0x1.b28e28p-9f;

    private Gelu() {
    }

    /** {@code x Phi(x)}: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float s = c * c;
        // a r first: it is of the order of 1, so that only the last product can be denormal.
        float ar = Math.fma(s, oddP(s), c * evenP(s)) / q(c, s);
        float t = ar * bell(c, s);
        return x < 0f ? -t : x - t;
    }

    /** {@code Phi(x) + x phi(x)}: 0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        // The derivative at -|x|. At |x| it is the complement, for Phi(-x) = 1 - Phi(x).
        float s = c * c;
        float r = Math.fma(c, oddP(s), evenP(s)) / q(c, s);
        float left = Math.fma(-c, INV_SQRT_TWO_PI, r) * bell(c, s);
        return x < 0f ? left : 1f - left;
    }

    /** {@code e^(-c^2 / 2)}, from all the digits of the square. */
    private static float bell(float c, float s) {
        float rest = Math.fma(c, c, -s);
        return Exp.exp(-0.5f * s, -0.5f * rest);
    }

    // P and Q by their even and odd parts: fewer roundings in a row than Horner's rule, and so a smaller error.

    private static float evenP(float s) {
        float even = Math.fma(s, P4, P2);
        return Math.fma(s, even, P0);
    }

    private static float oddP(float s) {
        float odd = Math.fma(s, P5, P3);
        return Math.fma(s, odd, P1);
    }

    private static float q(float c, float s) {
        float even = Math.fma(s, Q6, Q4);
        even = Math.fma(s, even, Q2);
        even = Math.fma(s, even, Q0);
        float odd = Math.fma(s, Q5, Q3);
        odd = Math.fma(s, odd, Q1);
        return Math.fma(c, odd, even);
    }
}
