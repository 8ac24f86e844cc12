package dev.samebits;

import dev.samebits.arithmetic.Abs;
import dev.samebits.arithmetic.Elu;
import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Gelu;
import dev.samebits.arithmetic.GeluLogistic;
import dev.samebits.arithmetic.GeluTanh;
import dev.samebits.arithmetic.HardLogistic;
import dev.samebits.arithmetic.HardSwish;
import dev.samebits.arithmetic.HardTanh;
import dev.samebits.arithmetic.LeakyRelu;
import dev.samebits.arithmetic.LinearLogistic;
import dev.samebits.arithmetic.Log;
import dev.samebits.arithmetic.LogLogistic;
import dev.samebits.arithmetic.Logistic;
import dev.samebits.arithmetic.Mish;
import dev.samebits.arithmetic.Reciprocal;
import dev.samebits.arithmetic.Relu;
import dev.samebits.arithmetic.Sine;
import dev.samebits.arithmetic.Softplus;
import dev.samebits.arithmetic.Softshrink;
import dev.samebits.arithmetic.Softsign;
import dev.samebits.arithmetic.Sqrt;
import dev.samebits.arithmetic.Square;
import dev.samebits.arithmetic.Swish;
import dev.samebits.arithmetic.Tanh;

/** Which class of the arithmetic computes which kind of activation. */
final class Functions {
    private Functions() {}

    static float value(Activation.Kind kind, float x, float first, float second, float slope) {
        return switch (kind) {
            case IDENTITY -> x;
            case LOGISTIC -> Logistic.value(x);
            case TANH -> Tanh.value(x);
            case LINEAR_LOGISTIC -> LinearLogistic.value(x, first, second);
            case HARD_LOGISTIC -> HardLogistic.value(x, first, second);
            case HARD_TANH -> HardTanh.value(x, first, second);
            case RELU -> Relu.value(x);
            case LEAKY_RELU -> LeakyRelu.value(x, first);
            case PRELU -> LeakyRelu.value(x, slope);
            case ELU -> Elu.value(x, first);
            case SOFTPLUS -> Softplus.value(x);
            case SWISH -> Swish.value(x, first);
            case GELU -> Gelu.value(x);
            case GELU_TANH -> GeluTanh.value(x);
            case GELU_LOGISTIC -> GeluLogistic.value(x);
            case SINE -> Sine.value(x);
            case HARD_SWISH -> HardSwish.value(x);
            case MISH -> Mish.value(x);
            case SOFTSIGN -> Softsign.value(x);
            case LOG_LOGISTIC -> LogLogistic.value(x);
            case SOFTSHRINK -> Softshrink.value(x, first);
            case ABS -> Abs.value(x);
            case SQUARE -> Square.value(x);
            case EXP -> Exp.exp(x);
            case SQRT -> Sqrt.value(x);
            case RECIPROCAL -> Reciprocal.value(x);
            case COSINE -> Sine.derivative(x);
            case LOG -> Log.value(x);
        };
    }

    static float derivative(Activation.Kind kind, float x, float first, float second, float slope) {
        return switch (kind) {
            case IDENTITY -> 1;
            case LOGISTIC -> Logistic.derivative(x);
            case TANH -> Tanh.derivative(x);
            case LINEAR_LOGISTIC -> LinearLogistic.derivative(x, first);
            case HARD_LOGISTIC -> HardLogistic.derivative(x, first, second);
            case HARD_TANH -> HardTanh.derivative(x, first, second);
            case RELU -> Relu.derivative(x);
            case LEAKY_RELU -> LeakyRelu.derivative(x, first);
            case PRELU -> LeakyRelu.derivative(x, slope);
            case ELU -> Elu.derivative(x, first);
            case SOFTPLUS -> Softplus.derivative(x);
            case SWISH -> Swish.derivative(x, first);
            case GELU -> Gelu.derivative(x);
            case GELU_TANH -> GeluTanh.derivative(x);
            case GELU_LOGISTIC -> GeluLogistic.derivative(x);
            case SINE -> Sine.derivative(x);
            case HARD_SWISH -> HardSwish.derivative(x);
            case MISH -> Mish.derivative(x);
            case SOFTSIGN -> Softsign.derivative(x);
            case LOG_LOGISTIC -> LogLogistic.derivative(x);
            case SOFTSHRINK -> Softshrink.derivative(x, first);
            case ABS -> Abs.derivative(x);
            case SQUARE -> Square.derivative(x);
            case EXP -> Exp.exp(x);
            case SQRT -> Sqrt.derivative(x);
            case RECIPROCAL -> Reciprocal.derivative(x);
            case COSINE -> -Sine.value(x);
            case LOG -> Log.derivative(x);
        };
    }
}
