package dev.samebits.arithmetic;

/**
 * The logistic function {@code 1 / (1 + e^-x)} (equation 4.4), for every float.
 *
 * <p>Error: at most 2 ulp; derivative 4 (docs/numerics.md).
 */
public final class Logistic {

    /** At and below minus this the value rounds to zero. */
    public static final float SATURATED = 104f;

    private Logistic() {
    }

    /** {@code sigma(x)}: {@code -inf} gives 0, {@code +inf} gives 1, NaN gives NaN; denormal results are kept. */
    public static float value(float x) {
        // The form e / (1 + e) or 1 / (1 + e) whose exponential cannot overflow, as e - e q or 1 - q: the roundings
        // of 1 + e and of the quotient then count only as much as q does. All but q is lifted.
        float e = lifted(x);
        float q = e / (Exp.HIGHER + e);
        float base = x < 0f ? e : Exp.HIGHER;
        return Math.fma(-base, q, base) * Exp.LOWER;
    }

    /** {@code sigma(x) (1 - sigma(x))}: 0 at both infinities, NaN gives NaN. */
    public static float derivative(float x) {
        // The derivative is even: of x and -x, take the one where sigma is small and 1 - sigma loses nothing.
        return slope(lower(lifted(x))) * Exp.LOWER;
    }

    private static float lifted(float x) {
        float a = Math.abs(x);
        return Exp.lifted(-(a > SATURATED ? SATURATED : a));
    }

    /** {@code e / (1 + e)} for {@code 0 <= e <= 1}, as {@code e - e (e / (1 + e))}: see {@link #value}. Both lifted. */
    static float lower(float e) {
        return Math.fma(-e, e / (Exp.HIGHER + e), e);
    }

    /** {@code s (1 - s)}, both lifted. */
    static float slope(float s) {
        return Math.fma(-s * Exp.LOWER, s, s);
    }
}
