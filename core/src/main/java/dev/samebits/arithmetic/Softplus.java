package dev.samebits.arithmetic;

/**
 * Softplus {@code log(1 + e^x)} (equation 4.25), for every float, without overflow.
 *
 * <p>Error: at most 2 ulp, value and derivative (docs/numerics.md).
 */
public final class Softplus {

    private Softplus() {
    }

    /** {@code log(1 + e^x)}: {@code -inf} gives 0, {@code +inf} gives itself, NaN gives NaN. */
    public static float value(float x) {
        // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|): both terms are positive, so nothing cancels.
        float positive = x > 0f ? x : 0f;
        return positive + Log1p.log1pUnit(Exp.exp(-Math.abs(x)));
    }

    /** The logistic function. */
    public static float derivative(float x) {
        return Logistic.value(x);
    }
}
