package dev.samebits.arithmetic;

/**
 * Mish {@code x tanh(log(1 + e^x))}, for every float.
 *
 * <p>With {@code n = e^x (e^x + 2)} the hyperbolic tangent is {@code n / (n + 2)}: sums of positive numbers, in which
 * nothing cancels. For positive x both are divided by {@code e^2x}, so that nothing overflows.
 *
 * <p>Error: at most 4 ulp; the derivative, which has a zero, at most 8 (docs/numerics.md).
 */
public final class Mish {

    /** Below minus this the value is zero; the power of two in {@link Exp#lifted} is still a normal number. */
    public static final float LIMIT = GatedTail.LIMIT;

    private Mish() {
    }

    /** The value: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        boolean negative = x < 0f;
        float c = clamped(x);
        float lifted = Exp.lifted(c);
        float e = lifted * Exp.LOWER;
        // Lifted for negative x, since there the quotient may be denormal where x times it is not.
        float n = negative ? lifted * (e + 2f) : Math.fma(2f, e, 1f);
        float d = negative ? Math.fma(n, Exp.LOWER, 2f) : Math.fma(2f * e, e, n);
        float q = n / d;
        return negative ? c * q * Exp.LOWER : x * q;
    }

    /** The derivative: 0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        boolean negative = x < 0f;
        float c = clamped(x);
        float e = Exp.lifted(c) * Exp.LOWER;
        float n = negative ? e * (e + 2f) : Math.fma(2f, e, 1f);
        float d = negative ? n + 2f : Math.fma(2f * e, e, n);
        // The tangent's own derivative is 4 e (1 + e) / d^2, for positive x once more times e.
        float g = 4f * e * (negative ? 1f : e) * (1f + e);
        return Math.fma(negative ? c : -c, g, n * d) / (d * d);
    }

    /** {@code -|x|}, at least minus {@link #LIMIT}. */
    private static float clamped(float x) {
        float c = -Math.abs(x);
        return c < -LIMIT ? -LIMIT : c;
    }
}
