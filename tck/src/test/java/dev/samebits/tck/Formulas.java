package dev.samebits.tck;

import dev.samebits.Activation;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.Erfc;

/** The activation functions as the equations write them, in double precision, with the accuracy the library promises. */
final class Formulas {
    /** Slope of the PReLU neurons in these tests. */
    static final float PRELU_SLOPE = 0.25f;

    private static final double SQRT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

    /**
     * One function.
     *
     * @param equation its number
     * @param atOne the known value f(1)
     * @param ulps largest error of the value, in units in the last place
     */
    record Formula(String equation, Activation function, double atOne, double ulps, DoubleUnaryOperator value,
            DoubleUnaryOperator derivative) {
        @Override
        public String toString() {
            return equation + " " + function;
        }
    }

    static final List<Formula> ALL = List.of(
            new Formula("4.3", Activation.SINE, 0.8414709848078965, 1.5, Math::sin, Math::cos),
            new Formula("4.4", Activation.LOGISTIC, 0.7310585786300049, 2,
                    Formulas::logistic, x -> logistic(x) * (1 - logistic(x))),
            new Formula("4.5–4.6", Activation.TANH, 0.7615941559557649, 2,
                    x -> 2 * logistic(2 * x) - 1, x -> 1 - Math.tanh(x) * Math.tanh(x)),
            new Formula("4.7–4.8", Activation.LINEAR_LOGISTIC, 0.75, 0, x -> 0.25 * x + 0.5, x -> 0.25),
            new Formula("4.9–4.11", Activation.HARD_LOGISTIC, 0.75, 0,
                    x -> Math.max(Math.min(0.25 * x + 0.5, 1), 0), x -> Math.abs(x) < 2 ? 0.25 : 0),
            new Formula("4.12–4.13", Activation.LINEAR_TANH, 1, 0, x -> x, x -> 1),
            new Formula("4.14–4.15", Activation.HARD_TANH, 1, 0,
                    x -> Math.max(Math.min(x, 1), -1), x -> Math.abs(x) < 1 ? 1 : 0),
            new Formula("4.16–4.17", Activation.RELU, 1, 0, x -> Math.max(0, x), x -> x > 0 ? 1 : 0),
            leaky("4.18–4.20", Activation.leakyRelu(0.125f), 0.125),
            leaky("4.21–4.22", Activation.PRELU, PRELU_SLOPE),
            new Formula("4.23–4.24", Activation.elu(1), 1, 2,
                    x -> Math.max(0, x) + Math.min(0, Math.expm1(x)), x -> x > 0 ? 1 : Math.exp(x)),
            new Formula("4.25", Activation.SOFTPLUS, 1.3132616875182228, 2,
                    x -> Math.log1p(Math.exp(x)), Formulas::logistic),
            new Formula("4.26", Activation.swish(1), 0.7310585786300049, 3,
                    x -> x * logistic(x), x -> logistic(x) + x * logistic(x) * (1 - logistic(x))),
            new Formula("4.27", Activation.GELU, 0.8413447460685429, 4, x -> x * phi(x),
                    x -> phi(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI)),
            new Formula("4.28", Activation.GELU_TANH, 0.8411919906082768, 4,
                    x -> 0.5 * x * (1 + Math.tanh(geluInner(x))), Formulas::geluTanhDerivative),
            new Formula("4.29", Activation.GELU_LOGISTIC, 0.8457957659328212, 4,
                    x -> x * logistic(1.702 * x), x -> logistic(1.702 * x) * (1 + 1.702 * x * logistic(-1.702 * x))),
            new Formula("hard-swish", Activation.HARD_SWISH, 2 / 3.0, 3, x -> x * Math.max(Math.min(x + 3, 6), 0) / 6,
                    x -> Math.abs(x) < 3 ? x / 3 + 0.5 : x > 0 ? 1 : 0),
            new Formula("mish", Activation.MISH, 0.8650983882673103, 4, x -> x * Math.tanh(Math.log1p(Math.exp(x))),
                    Formulas::mishDerivative),
            new Formula("softsign", Activation.SOFTSIGN, 0.5, 2, x -> x / (1 + Math.abs(x)),
                    x -> Math.pow(1 + Math.abs(x), -2)),
            new Formula("log-logistic", Activation.LOG_LOGISTIC, -0.3132616875182228, 2, x -> Math.log(logistic(x)),
                    x -> 1 - logistic(x)),
            new Formula("softshrink", Activation.softshrink(0.5f), 0.5, 0,
                    x -> Math.abs(x) > 0.5 ? x - 0.5 * Math.signum(x) : 0, x -> Math.abs(x) > 0.5 ? 1 : 0),
            new Formula("abs", Activation.ABS, 1, 0, Math::abs, Math::signum),
            new Formula("square", Activation.SQUARE, 1, 0.5, x -> Math.pow(x, 2), x -> 2 * x),
            new Formula("exp", Activation.EXP, Math.E, 1, Math::exp, Math::exp),
            new Formula("sqrt", Activation.SQRT, 1, 0.5, Math::sqrt, x -> 0.5 * Math.pow(x, -0.5)),
            new Formula("reciprocal", Activation.RECIPROCAL, 1, 0.5, x -> Math.pow(x, -1), x -> -Math.pow(x, -2)),
            new Formula("cosine", Activation.COSINE, 0.5403023058681398, 1.5, Math::cos, x -> -Math.sin(x)),
            new Formula("log", Activation.LOG, 0, 1.5, Math::log, x -> Math.pow(x, -1)));

    private Formulas() {}

    static Stream<Formula> all() {
        return ALL.stream();
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static Formula leaky(String equation, Activation function, double gamma) {
        return new Formula(equation, function, 1, 0,
                x -> Math.max(0, x) + gamma * Math.min(0, x), x -> x > 0 ? 1 : gamma);
    }

    private static double phi(double x) {
        return 0.5 * Erfc.value(-x * Math.sqrt(0.5));
    }

    private static double mishDerivative(double x) {
        double t = Math.tanh(Math.log1p(Math.exp(x)));
        return t + x * (1 - t * t) * logistic(x);
    }

    private static double geluInner(double x) {
        return SQRT_TWO_OVER_PI * (x + 0.044715 * x * x * x);
    }

    private static double geluTanhDerivative(double x) {
        double t = Math.tanh(geluInner(x));
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * SQRT_TWO_OVER_PI * (1 + 3 * 0.044715 * x * x);
    }
}
