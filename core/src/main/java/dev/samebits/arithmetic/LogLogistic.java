package dev.samebits.arithmetic;

/**
 * The logarithm of the logistic function, {@code log(1 / (1 + e^-x)) = -log(1 + e^-x)}: softplus, turned by half a turn.
 *
 * <p>Error: at most 2 ulp, value and derivative (docs/numerics.md).
 */
public final class LogLogistic {

    private LogLogistic() {
    }

    /** The value: {@code -inf} gives itself, {@code +inf} gives -0, NaN gives NaN. */
    public static float value(float x) {
        return -Softplus.value(-x);
    }

    /** {@code sigma(-x)}. */
    public static float derivative(float x) {
        return Logistic.value(-x);
    }
}
