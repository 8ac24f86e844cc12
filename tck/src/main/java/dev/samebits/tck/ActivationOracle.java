package dev.samebits.tck;

import dev.samebits.Activation;

/** The {@link Oracle} for any {@link Activation} with its parameters. */
final class ActivationOracle {
    private ActivationOracle() {}

    /** {@code f(x)} in double precision; slope is PReLU's. */
    static double value(Activation f, double x, double slope) {
        return switch (f.kind()) {
            case IDENTITY -> x;
            case LOGISTIC -> Oracle.logistic(x);
            case TANH -> Oracle.tanh(x);
            case LINEAR_LOGISTIC -> Oracle.linearLogistic(x, f.first(), f.second());
            case HARD_LOGISTIC -> Oracle.hardLogistic(x, f.first(), f.second());
            case HARD_TANH -> Oracle.hardTanh(x, f.first(), f.second());
            case RELU -> Oracle.relu(x);
            case LEAKY_RELU -> Oracle.leakyRelu(x, f.first());
            case PRELU -> Oracle.leakyRelu(x, slope);
            case ELU -> Oracle.elu(x, f.first());
            case SOFTPLUS -> Oracle.softplus(x);
            case SWISH -> Oracle.swish(x, f.first());
            case GELU -> Oracle.gelu(x);
            case GELU_TANH -> Oracle.geluTanh(x);
            case GELU_LOGISTIC -> Oracle.geluLogistic(x);
            case SINE -> Oracle.sine(x);
            case HARD_SWISH -> Oracle.hardSwish(x);
            case MISH -> Oracle.mish(x);
            case SOFTSIGN -> Oracle.softsign(x);
            case LOG_LOGISTIC -> Oracle.logLogistic(x);
            case SOFTSHRINK -> Oracle.softshrink(x, f.first());
            case ABS -> Math.abs(x);
            case SQUARE -> x * x;
            case EXP -> Oracle.exp(x);
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case COSINE -> Oracle.sineDerivative(x);
            case LOG -> StrictMath.log(x);
        };
    }

    /** {@code f'(x)} in double precision; slope is PReLU's. */
    static double derivative(Activation f, double x, double slope) {
        return switch (f.kind()) {
            case IDENTITY -> 1;
            case LOGISTIC -> Oracle.logisticDerivative(x);
            case TANH -> Oracle.tanhDerivative(x);
            case LINEAR_LOGISTIC -> Oracle.linearLogisticDerivative(x, f.first());
            case HARD_LOGISTIC -> Oracle.hardLogisticDerivative(x, f.first(), f.second());
            case HARD_TANH -> Oracle.hardTanhDerivative(x, f.first(), f.second());
            case RELU -> Oracle.reluDerivative(x);
            case LEAKY_RELU -> Oracle.leakyReluDerivative(x, f.first());
            case PRELU -> Oracle.leakyReluDerivative(x, slope);
            case ELU -> Oracle.eluDerivative(x, f.first());
            case SOFTPLUS -> Oracle.softplusDerivative(x);
            case SWISH -> Oracle.swishDerivative(x, f.first());
            case GELU -> Oracle.geluDerivative(x);
            case GELU_TANH -> Oracle.geluTanhDerivative(x);
            case GELU_LOGISTIC -> Oracle.geluLogisticDerivative(x);
            case SINE -> Oracle.sineDerivative(x);
            case HARD_SWISH -> Oracle.hardSwishDerivative(x);
            case MISH -> Oracle.mishDerivative(x);
            case SOFTSIGN -> Oracle.softsignDerivative(x);
            case LOG_LOGISTIC -> Oracle.logLogisticDerivative(x);
            case SOFTSHRINK -> Oracle.softshrinkDerivative(x, f.first());
            case ABS -> Oracle.absDerivative(x);
            case SQUARE -> 2 * x;
            case EXP -> Oracle.exp(x);
            case SQRT -> 0.5 / Math.sqrt(x);
            case RECIPROCAL -> Oracle.reciprocalDerivative(x);
            case COSINE -> -Oracle.sine(x);
            case LOG -> 1 / x;
        };
    }
}
