package dev.samebits.arithmetic;

/**
 * The sine (the example activation of equation 4.3) for {@code |x| <= 2^17}.
 *
 * <p>Outside this domain the result is NaN and not a number of little meaning: the spacing of floats grows until a
 * step from one to the next is a good part of a period.
 *
 * <p>Error: at most 1.5 ulp, sine and cosine (docs/numerics.md).
 */
public final class Sine {

    /** The largest magnitude with a result. */
    public static final float DOMAIN = 0x1p17f;

    /** {@code 1 / pi}. */
    public static final float INV_PI = 0x1.45f306p-2f;

    /** Pi, leading part, rounded down so that the next part is positive. */
    public static final float PI_1 = 0x1.921fb4p1f;

    /** Pi, second part. */
    public static final float PI_2 = 0x1.4442d2p-23f;

    /** Pi, third part. */
    public static final float PI_3 = -0x1.ee59dap-49f;

    /** Coefficients of P in {@code sin r = r + r^3 P(r^2)}; minimax on [0, pi / 2], relative error {@code 2^-31}. */
    public static final float P0 = -0x1.555556p-3f;
    public static final float P1 = 0x1.111136p-7f;
    public static final float P2 = -0x1.a023d4p-13f;
    public static final float P3 = 0x1.72d018p-19f;
    public static final float P4 = -0x1.b670ap-26f;

    private Sine() {
    }

    /** {@code sin x}: keeps -0 and denormals; NaN and magnitudes above the domain give NaN. */
    public static float value(float x) {
        float n = Math.fma(x, INV_PI, Exp.ROUNDER) - Exp.ROUNDER;
        float y = shiftedSine(x, n);
        float signed = odd(n) ? -y : y;
        float kept = x == 0f ? x : signed;
        return Math.abs(x) > DOMAIN ? Float.NaN : kept;
    }

    /** {@code cos x}; NaN and magnitudes above the domain give NaN. */
    public static float derivative(float x) {
        // cos x = -(-1)^k sin(x - (k + 1/2) pi)
        float k = Math.fma(x, INV_PI, -0.5f) + Exp.ROUNDER - Exp.ROUNDER;
        float y = shiftedSine(x, k + 0.5f);
        float signed = odd(k) ? y : -y;
        return Math.abs(x) > DOMAIN ? Float.NaN : signed;
    }

    /** {@code sin(x - m pi)} for an argument between {@code -pi / 2} and {@code pi / 2}. */
    private static float shiftedSine(float x, float m) {
        float exact = Math.fma(-m, PI_1, x);
        float second = m * PI_2;
        float r = exact - second;
        // What the last two lines have rounded away, and the third part of pi.
        float lost = (exact - r) - second - Math.fma(m, PI_2, -second);
        float tail = Math.fma(-m, PI_3, lost);
        float s = r * r;
        float q = Math.fma(s, P4, P3);
        q = Math.fma(s, q, P2);
        q = Math.fma(s, q, P1);
        float p = Math.fma(s, q, P0);
        // What rounding has taken from p and from the square, times the factor that it has in the result.
        float lostP = Math.fma(s, q, P0 - p);
        float lostSquare = Math.fma(r, r, -s);
        float lostProduct = Math.fma(s, lostP, lostSquare * p);
        // sin(r + tail) = sin r + tail cos r, with enough of the cosine.
        float correction = Math.fma(r, lostProduct, tail * Math.fma(s, -0.5f, 1f));
        return r + Math.fma(r, s * p, correction);
    }

    private static boolean odd(float n) {
        float half = Math.fma(n, 0.5f, Exp.ROUNDER) - Exp.ROUNDER;
        return Math.fma(-2f, half, n) != 0f;
    }
}
