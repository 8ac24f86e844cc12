package dev.samebits.tck;

import dev.samebits.Activation;
import java.util.List;

/**
 * What is promised of one activation function: where it is defined and how far from the real number its value and derivative
 * may be. One object per function, used by every test of it.
 *
 * @param activation the function with its parameters
 * @param slope PReLU's slope; ignored by the others
 * @param domain largest magnitude for which accuracy is promised; outside, the result is NaN
 * @param value bounds of the value's error, each for a range of inputs
 * @param derivative bounds of the derivative's error
 */
record ActivationSpec(
        Activation activation, float slope, float domain, List<Bound> value, List<Bound> derivative) {
    /**
     * A bound for the inputs {@code from ≤ x < to}.
     *
     * @param where the range in words
     * @param ulps largest error in float units in the last place of the real result
     * @param floor real results smaller than this count as this: where a derivative passes through zero it is a difference
     * of two numbers of that order; 0 for none
     */
    record Bound(String where, float from, float to, double ulps, double floor) {
        boolean holds(float x) {
            return x >= from && (x < to || to == Float.POSITIVE_INFINITY);
        }
    }

    private static final float ALL_FLOATS = Float.POSITIVE_INFINITY;
    // A product or fma of two or three floats, rounded once. The oracle's own error is far below the digits added here.
    private static final double ROUNDED_ONCE = 0.500001;

    // The gate of these functions runs out of digits when it is a denormal number, a little earlier than the derivative.
    private static final String TAIL = ", in ulps of 2⁻¹¹⁸ at least";

    /** Every function, those with parameters also with unusual ones. */
    static final List<ActivationSpec> ALL = List.of(
            of(Activation.IDENTITY, everywhere(0), everywhere(0)),
            of(Activation.LOGISTIC, everywhere(2), everywhere(4)),
            of(Activation.TANH, everywhere(2), everywhere(4)),
            of(Activation.LINEAR_LOGISTIC, everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.HARD_LOGISTIC, everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.hardLogistic(1f / 6, 0.5f), everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.HARD_TANH, everywhere(0), everywhere(0)),
            of(Activation.hardTanh(0, 6), everywhere(0), everywhere(0)),
            of(Activation.RELU, everywhere(0), everywhere(0)),
            of(Activation.leakyRelu(0.01f), everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.leakyRelu(-1.5f), everywhere(ROUNDED_ONCE), everywhere(0)),
            new ActivationSpec(Activation.PRELU, 0.3f, ALL_FLOATS, everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.elu(1), everywhere(2), everywhere(2)),
            of(Activation.elu(1.6732632f), everywhere(2), everywhere(2)),
            of(Activation.SOFTPLUS, everywhere(2), everywhere(2)),
            of(Activation.swish(1), everywhere(3), crossing(8, -2, -0.75f)),
            of(Activation.swish(-0.3f), everywhere(3), crossing(8, 2.5f, 6.5f)),
            of(Activation.GELU, tailed(), crossing(8, -1.25f, -0.5f)),
            of(Activation.GELU_TANH, tailed(), crossing(8, -1.25f, -0.5f)),
            of(Activation.GELU_LOGISTIC, everywhere(3), crossing(8, -1.25f, -0.5f)),
            new ActivationSpec(Activation.SINE, 0, 0x1p17f, everywhere(1.5), everywhere(1.5)),
            of(Activation.HARD_SWISH, everywhere(3), everywhere(3)),
            of(Activation.MISH, everywhere(4), crossing(8, -2, -0.75f)),
            of(Activation.SOFTSIGN, everywhere(2), everywhere(4)),
            of(Activation.LOG_LOGISTIC, everywhere(2), everywhere(2)),
            of(Activation.softshrink(0.5f), everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.softshrink(0), everywhere(0), everywhere(0)),
            of(Activation.ABS, everywhere(0), everywhere(0)),
            of(Activation.SQUARE, everywhere(ROUNDED_ONCE), everywhere(0)),
            of(Activation.EXP, everywhere(1), everywhere(1)),
            of(Activation.SQRT, everywhere(ROUNDED_ONCE), everywhere(1.5)),
            of(Activation.RECIPROCAL, everywhere(ROUNDED_ONCE), everywhere(2)),
            new ActivationSpec(Activation.COSINE, 0, 0x1p17f, everywhere(1.5), everywhere(1.5)),
            of(Activation.LOG, everywhere(1.5), everywhere(ROUNDED_ONCE)));

    private static ActivationSpec of(Activation f, List<Bound> value, List<Bound> derivative) {
        return new ActivationSpec(f, 0, ALL_FLOATS, value, derivative);
    }

    private static List<Bound> everywhere(double ulps) {
        return List.of(range("all x", -ALL_FLOATS, ALL_FLOATS, ulps));
    }

    private static List<Bound> tailed() {
        return List.of(range("x ≥ −3", -3, ALL_FLOATS, 4), range("x < −3", -ALL_FLOATS, -3, 16));
    }

    // Three ranges: one around the derivative's zero, and what lies on either side of it.
    private static List<Bound> crossing(double ulps, float from, float to) {
        return List.of(
                new Bound("x < " + from + TAIL, -ALL_FLOATS, from, ulps, 0x1p-118),
                new Bound(from + " ≤ x < " + to + ", in ulps of 1/8 at least", from, to, ulps, 0.125),
                new Bound("x ≥ " + to + TAIL, to, ALL_FLOATS, ulps, 0x1p-118));
    }

    private static Bound range(String where, float from, float to, double ulps) {
        return new Bound(where, from, to, ulps, 0);
    }

    /**
     * What biases networks with this function start from where a test looks at numbers: small or negative inputs of a root,
     * a logarithm or a reciprocal give none, or huge ones.
     */
    static float bias(Activation f) {
        return f.kind() == Activation.Kind.SQRT || f.kind() == Activation.Kind.RECIPROCAL
                || f.kind() == Activation.Kind.LOG ? 8 : 0;
    }

    /** {@code f(x)} in double precision. */
    double exactValue(float x) {
        return ActivationOracle.value(activation, x, slope);
    }

    /**
     * {@code f'(x)} in double precision.
     *
     * @param got what was computed: where rounding puts {@code x} on the other side of a clip point of hard-logistic, which
     * may     happen to the float next to it, the derivative of either side counts as exact
     */
    double exactDerivative(float x, float got) {
        double exact = ActivationOracle.derivative(activation, x, slope);
        if (activation.kind() == Activation.Kind.HARD_LOGISTIC && got != exact) {
            double below = ActivationOracle.derivative(activation, Math.nextDown(x), slope);
            double above = ActivationOracle.derivative(activation, Math.nextUp(x), slope);
            return got == below ? below : got == above ? above : exact;
        }
        return exact;
    }

    @Override
    public String toString() {
        return activation.kind() == Activation.Kind.PRELU ? activation + ":" + slope : activation.toString();
    }
}
