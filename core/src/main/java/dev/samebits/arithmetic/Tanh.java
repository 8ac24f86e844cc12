package dev.samebits.arithmetic;

/**
 * The hyperbolic tangent (equations 4.5 and 4.6), for every float.
 *
 * <p>Error: at most 2 ulp; derivative 4 (docs/numerics.md).
 */
public final class Tanh {

    /** While the square of x is below this, x below 0.57, the polynomial is used, and otherwise the exponential. */
    public static final float POLYNOMIAL_BELOW = 0.325f;

    /** At and above this magnitude the value rounds to 1. */
    public static final float SATURATED = 9.1f;

    /** {@link Exp#ROUNDER} and the exponent of {@code 2^(n + 1)}. */
    public static final float TWICE = Exp.ROUNDER + (Exp.BIAS + 1);

    /** Coefficients of P in {@code tanh x = x (1 + x^2 P(x^2))}; minimax on [0, 0.57], relative error {@code 2^-29}. */
    public static final float P0 = -0x1.555546p-2f;
    public static final float P1 = 0x1.110bd2p-3f;
    public static final float P2 = -0x1.b8ee72p-5f;
    public static final float P3 = 0x1.5750f6p-6f;
    public static final float P4 = -0x1.9014c8p-8f;

    private Tanh() {
    }

    /** {@code tanh x}: keeps -0 and denormals, -1 and 1 at the infinities, NaN gives NaN. */
    public static float value(float x) {
        float s = x * x;
        return s >= POLYNOMIAL_BELOW ? large(x) : small(x, s);
    }

    /** {@code 1 - tanh^2 x}: 0 at both infinities, NaN gives NaN. */
    public static float derivative(float x) {
        // tanh x = 2 sigma(2x) - 1 (equation 4.6), and the logistic derivative keeps its digits where tanh x is near 1.
        return 4f * Logistic.derivative(2f * x);
    }

    /** {@code 1 - 2 e / (1 + e)} with {@code e = e^(-2 |x|)}, and the sign of x. */
    private static float large(float x) {
        float a = Math.abs(x);
        float c = -2f * (a > SATURATED ? SATURATED : a);
        float shifted = Math.fma(c, Exp.LOG2_E, TWICE);
        float r = Math.fma(shifted - TWICE, Exp.MINUS_LN2_HI, c);
        float twice = Math.fma(r, Exp.growth(r), 1f) * Exp.liftedPower(shifted);
        float y = 1f - twice / Math.fma(0.5f, twice, 1f);
        return x < 0f ? -y : y;
    }

    private static float small(float x, float s) {
        float p = Math.fma(s, P4, P3);
        p = Math.fma(s, p, P2);
        p = Math.fma(s, p, P1);
        p = Math.fma(s, p, P0);
        // A product and not x + x^3 P, which would turn -0 into +0.
        return x * Math.fma(s, p, 1f);
    }
}
