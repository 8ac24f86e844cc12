package dev.samebits.arithmetic;

/**
 * Swish {@code x sigma(beta x)} (equation 4.26), for every float x and every finite beta.
 *
 * <p>For {@code |x| > 2^99} and {@code beta x < -173} the result is zero, although {@code x} is then large enough to
 * lift the exponential's tail out of the denormal numbers.
 *
 * <p>At the infinities the value is the limit: x where {@code beta x} is positive, a zero with the sign of x where it
 * is negative. With {@code beta = 0} the infinities give NaN, because zero times infinity does.
 *
 * <p>Error: at most 3 ulp; the derivative, which has a zero, at most 8 (docs/numerics.md).
 */
public final class Swish {

    /**
     * The largest magnitude of {@code beta x} that counts: beyond it the factors of {@code 2^n} would no longer be normal
     * numbers, and {@code x e^-w} is zero for all but the largest {@code x}.
     */
    public static final float LIMIT = 173f;

    private Swish() {
    }

    /** {@code x sigma(beta x)}; a zero keeps its sign, NaN gives NaN. */
    public static float value(float x, float beta) {
        float w = x * beta;
        float a = Math.abs(w);
        float hi = a > LIMIT ? LIMIT : a;
        float lo = a > LIMIT ? 0f : Math.fma(Math.abs(x), Math.abs(beta), -a);
        // What is left of x where the gate is shut: a zero with the sign of x, for infinity times zero is NaN.
        float shut = beta < 0f ? 0f : -0f;
        return gated(w < -LIMIT ? shut : x, w, hi, lo);
    }

    /** {@code sigma(beta x) (1 + beta x (1 - sigma(beta x)))}; the limit -0 or 1 at the infinities, NaN gives NaN. */
    public static float derivative(float x, float beta) {
        float w = x * beta;
        float a = Math.abs(w);
        float hi = a > GatedTail.LIMIT ? GatedTail.LIMIT : a;
        float lo = a > GatedTail.LIMIT ? 0f : Math.fma(Math.abs(x), Math.abs(beta), -a);
        return GatedTail.derivative(w, hi, lo, hi);
    }

    /** {@code x sigma(w)} for {@code |w| = hi + lo <= LIMIT}; x is finite where {@code w < 0}. */
    private static float gated(float x, float w, float hi, float lo) {
        float shifted = Exp.shifted(-hi);
        float m = Exp.reduced(-hi, -lo, shifted);
        float first = Exp.firstPower(shifted);
        float second = Exp.secondPower(shifted);
        float e = m * first * second;
        float q = e / (1f + e);
        // The logistic function as in Logistic.value, but where w < 0 without its power of two. That goes onto x in two
        // steps, since e^w may be denormal, short of digits, where x e^w is not.
        boolean negative = w < 0f;
        float base = negative ? m : 1f;
        float gate = Math.fma(-base, q, base);
        return x * (negative ? first : 1f) * gate * (negative ? second : 1f);
    }
}
