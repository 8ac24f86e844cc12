package dev.samebits.tck;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * Every activation function and its derivative in double precision, for every input a float can hold: accurate to a
 * relative error of about {@code 1e-13} in the tails too, where the textbook forms have no digits left. At the
 * infinities it gives the limit.
 *
 * <p>It shares no code, no coefficients and no forms of reduction with the functions it judges.
 */
final class Oracle {

    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double INV_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);
    /** Beyond this magnitude the logistic function is 0 or 1 even after multiplication by the largest float. */
    private static final double SATURATED = 700;

    private Oracle() {
    }

    static double exp(double x) {
        return StrictMath.exp(x);
    }

    static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    static double logistic(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }

    static double logisticDerivative(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return e / ((1 + e) * (1 + e));
    }

    static double tanh(double x) {
        return StrictMath.tanh(x);
    }

    static double tanhDerivative(double x) {
        return 4 * logisticDerivative(2 * x);
    }

    static double linearLogistic(double x, double slope, double shift) {
        return slope * x + shift;
    }

    static double linearLogisticDerivative(double x, double slope) {
        return Double.isNaN(x) ? x : slope;
    }

    static double hardLogistic(double x, double slope, double shift) {
        return Math.max(Math.min(slope * x + shift, 1), 0);
    }

    static double hardLogisticDerivative(double x, double slope, double shift) {
        double line = slope * x + shift;
        return Double.isNaN(line) ? line : line > 0 && line < 1 ? slope : 0;
    }

    static double hardTanh(double x, double min, double max) {
        return Math.max(Math.min(x, max), min);
    }

    static double hardTanhDerivative(double x, double min, double max) {
        return Double.isNaN(x) ? x : x > min && x < max ? 1 : 0;
    }

    static double relu(double x) {
        return leakyRelu(x, 0);
    }

    static double reluDerivative(double x) {
        return leakyReluDerivative(x, 0);
    }

    static double leakyRelu(double x, double gamma) {
        return x < 0 ? gamma == 0 ? 0 : gamma * x : x;
    }

    static double leakyReluDerivative(double x, double gamma) {
        return Double.isNaN(x) ? x : x > 0 ? 1 : gamma;
    }

    static double elu(double x, double gamma) {
        return x > 0 ? x : gamma * StrictMath.expm1(x);
    }

    static double eluDerivative(double x, double gamma) {
        return x > 0 ? 1 : gamma * StrictMath.exp(x);
    }

    static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    static double softplusDerivative(double x) {
        return logistic(x);
    }

    static double swish(double x, double beta) {
        return gated(x, beta * x);
    }

    static double swishDerivative(double x, double beta) {
        return gatedDerivative(beta * x, beta * x);
    }

    static double gelu(double x) {
        return Double.isInfinite(x) ? Math.max(x, 0) : x * 0.5 * Erfc.value(-x * SQRT_HALF);
    }

    static double geluDerivative(double x) {
        double density = INV_SQRT_TWO_PI * StrictMath.exp(-0.5 * x * x);
        return 0.5 * Erfc.value(-x * SQRT_HALF) + (density == 0 ? 0 : x * density);
    }

    static double geluTanh(double x) {
        return gated(x, 4 * INV_SQRT_TWO_PI * x * (1 + 0.044715 * x * x));
    }

    static double geluTanhDerivative(double x) {
        double factor = 4 * INV_SQRT_TWO_PI * x;
        return gatedDerivative(factor * (1 + 0.044715 * x * x), factor * (1 + 3 * 0.044715 * x * x));
    }

    static double geluLogistic(double x) {
        return gated(x, 1.702 * x);
    }

    static double geluLogisticDerivative(double x) {
        return gatedDerivative(1.702 * x, 1.702 * x);
    }

    static double sine(double x) {
        return StrictMath.sin(x);
    }

    static double sineDerivative(double x) {
        return StrictMath.cos(x);
    }

    static double hardSwish(double x) {
        return x < -3 ? -0.0 : x > 3 ? x : x * (x + 3) / 6;
    }

    static double hardSwishDerivative(double x) {
        return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
    }

    static double mish(double x) {
        return x < -SATURATED ? -0.0 : x * StrictMath.tanh(softplus(x));
    }

    static double mishDerivative(double x) {
        if (Math.abs(x) > SATURATED) {
            return x < 0 ? 0 : 1;
        }
        double s = softplus(x);
        return StrictMath.tanh(s) + x * tanhDerivative(s) * logistic(x);
    }

    static double softsign(double x) {
        return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }

    static double softsignDerivative(double x) {
        return 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)));
    }

    static double logLogistic(double x) {
        return -softplus(-x);
    }

    static double logLogisticDerivative(double x) {
        return logistic(-x);
    }

    static double softshrink(double x, double lambda) {
        return x > lambda ? x - lambda : x < -lambda ? x + lambda : Double.isNaN(x) ? x : 0;
    }

    static double softshrinkDerivative(double x, double lambda) {
        return Double.isNaN(x) ? x : Math.abs(x) > lambda ? 1 : 0;
    }

    static double absDerivative(double x) {
        return Math.signum(x);
    }

    static double reciprocalDerivative(double x) {
        return -1 / (x * x);
    }

    /** {@code x sigma(w)}; where the gate is shut, a zero also for an infinite x. */
    private static double gated(double x, double w) {
        return w < -SATURATED ? 0 : x * logistic(w);
    }

    /** {@code sigma(w) + growth sigma(w) (1 - sigma(w))}, where growth is x times the derivative of w. */
    private static double gatedDerivative(double w, double growth) {
        if (Math.abs(w) > SATURATED) {
            return w < 0 ? 0 : 1;
        }
        return logistic(w) * (1 + growth * logistic(-w));
    }
}
