package dev.samebits.arithmetic;

/**
 * The exponential linear unit {@code max(0, x) + min(0, gamma (e^x - 1))} (equations 4.23 and 4.24), for
 * {@code gamma >= 0}.
 *
 * <p>Error: at most 2 ulp, value and derivative (docs/numerics.md).
 */
public final class Elu {

    private Elu() {
    }

    /** {@code x} for {@code x > 0}, otherwise {@code gamma (e^x - 1)}: keeps -0, {@code -inf} gives -gamma. */
    public static float value(float x, float gamma) {
        return x > 0f ? x : gamma * Exp.expm1(x);
    }

    /** 1 for {@code x > 0}, otherwise {@code gamma e^x}, so gamma at 0; NaN gives NaN. */
    public static float derivative(float x, float gamma) {
        return x > 0f ? 1f : gamma * Exp.exp(x);
    }
}
