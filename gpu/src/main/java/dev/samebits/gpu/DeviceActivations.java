package dev.samebits.gpu;

import dev.samebits.gpu.Plan.Activate;
import dev.samebits.gpu.Plan.BiasGradient;
import dev.samebits.gpu.Plan.Delta;
import dev.samebits.gpu.Plan.SlopeGradient;

/** The activation functions by number, and the passes that apply them element by element. */
abstract class DeviceActivations extends DeviceCurves {
    // The ordinals of Activation.Kind, which a kernel cannot read.
    static final int IDENTITY = 0;
    static final int LOGISTIC = 1;
    static final int TANH = 2;
    static final int LINEAR_LOGISTIC = 3;
    static final int HARD_LOGISTIC = 4;
    static final int HARD_TANH = 5;
    static final int RELU = 6;
    static final int LEAKY_RELU = 7;
    static final int PRELU = 8;
    static final int ELU = 9;
    static final int SOFTPLUS = 10;
    static final int SWISH = 11;
    static final int GELU = 12;
    static final int GELU_TANH = 13;
    static final int GELU_LOGISTIC = 14;
    static final int SINE = 15;
    static final int HARD_SWISH = 16;
    static final int MISH = 17;
    static final int SOFTSIGN = 18;
    static final int LOG_LOGISTIC = 19;
    static final int SOFTSHRINK = 20;
    static final int ABS = 21;
    static final int SQUARE = 22;
    static final int EXP = 23;
    static final int SQRT = 24;
    static final int RECIPROCAL = 25;
    static final int COSINE = 26;
    static final int LOG = 27;

    /** {@code f(x)}; first and second are the function's parameters, for PReLU first is the neuron's slope. */
    float value(int kind, float first, float second, float x) {
        float y = x;
        if (kind == RELU) {
            if (x < 0f) {
                y = 0f;
            }
        }
        if (kind == LOGISTIC) {
            y = logistic(x);
        }
        if (kind == TANH) {
            y = hyperbolicTangent(x);
        }
        if (kind == LINEAR_LOGISTIC) {
            y = fma(first, x, second);
        }
        if (kind == HARD_LOGISTIC) {
            y = clipped(raised(fma(first, x, second), 0f), 1f);
        }
        if (kind == HARD_TANH) {
            y = clipped(raised(x, first), second);
        }
        if (kind == LEAKY_RELU || kind == PRELU) {
            if (x < 0f) {
                y = mul(first, x);
            }
        }
        if (kind == ELU) {
            if (x > 0f) {
                y = x;
            } else {
                y = mul(first, expMinus1(x));
            }
        }
        if (kind == SOFTPLUS) {
            y = softplus(x);
        }
        if (kind == SWISH) {
            y = swish(x, first);
        }
        if (kind == GELU) {
            y = gelu(x);
        }
        if (kind == GELU_TANH) {
            y = geluTanh(x);
        }
        if (kind == GELU_LOGISTIC) {
            y = geluLogistic(x);
        }
        if (kind == SINE) {
            y = sine(x);
        }
        if (kind == HARD_SWISH) {
            y = hardSwish(x);
        }
        if (kind == MISH) {
            y = mish(x);
        }
        if (kind == SOFTSIGN) {
            y = softsign(x);
        }
        if (kind == LOG_LOGISTIC) {
            y = -softplus(-x);
        }
        if (kind == SOFTSHRINK) {
            y = softshrink(x, first);
        }
        if (kind == ABS) {
            y = abs(x);
        }
        if (kind == SQUARE) {
            y = mul(x, x);
        }
        if (kind == EXP) {
            y = exp(x, 0f);
        }
        if (kind == SQRT) {
            y = squareRoot(x);
        }
        if (kind == RECIPROCAL) {
            y = inverse(x);
        }
        if (kind == COSINE) {
            y = cosine(x);
        }
        if (kind == LOG) {
            y = logarithm(x);
        }
        return y;
    }

    /** {@code f'(x)}. */
    float derivative(int kind, float first, float second, float x) {
        // What is left where no comparison holds is NaN.
        float y = x;
        if (kind == IDENTITY) {
            y = 1f;
        }
        if (kind == RELU || kind == LEAKY_RELU || kind == PRELU) {
            if (x <= 0f) {
                y = 0f;
                if (kind == LEAKY_RELU || kind == PRELU) {
                    y = first;
                }
            }
            if (x > 0f) {
                y = 1f;
            }
        }
        if (kind == LOGISTIC) {
            y = logisticDerivative(x);
        }
        if (kind == TANH) {
            y = mul(4f, logisticDerivative(mul(2f, x)));
        }
        if (kind == LINEAR_LOGISTIC) {
            if (x == x) {
                y = first;
            }
        }
        if (kind == HARD_LOGISTIC) {
            y = fma(first, x, second);
            y = inside(y, 0f, 1f, first);
        }
        if (kind == HARD_TANH) {
            y = inside(x, first, second, 1f);
        }
        if (kind == ELU) {
            if (x > 0f) {
                y = 1f;
            } else {
                y = mul(first, exp(x, 0f));
            }
        }
        if (kind == SOFTPLUS) {
            y = logistic(x);
        }
        if (kind == SWISH) {
            y = swishDerivative(x, first);
        }
        if (kind == GELU) {
            y = geluDerivative(x);
        }
        if (kind == GELU_TANH) {
            y = geluTanhDerivative(x);
        }
        if (kind == GELU_LOGISTIC) {
            y = geluLogisticDerivative(x);
        }
        if (kind == SINE) {
            y = cosine(x);
        }
        if (kind == HARD_SWISH) {
            y = hardSwishDerivative(x);
        }
        if (kind == MISH) {
            y = mishDerivative(x);
        }
        if (kind == SOFTSIGN) {
            y = softsignDerivative(x);
        }
        if (kind == LOG_LOGISTIC) {
            y = logistic(-x);
        }
        if (kind == SOFTSHRINK) {
            y = softshrinkDerivative(x, first);
        }
        if (kind == ABS) {
            if (x < 0f) {
                y = -1f;
            }
            if (x > 0f) {
                y = 1f;
            }
        }
        if (kind == SQUARE) {
            y = mul(2f, x);
        }
        if (kind == EXP) {
            y = exp(x, 0f);
        }
        if (kind == SQRT) {
            y = mul(0.5f, inverse(squareRoot(x)));
        }
        if (kind == RECIPROCAL) {
            y = reciprocalDerivative(x);
        }
        if (kind == COSINE) {
            y = -sine(x);
        }
        if (kind == LOG) {
            y = inverse(x);
        }
        return y;
    }

    // The slope strictly between the bounds, 0 at and beyond them, NaN for NaN.
    float inside(float x, float low, float high, float slope) {
        float y = x;
        if (x <= low) {
            y = 0f;
        }
        if (x >= high) {
            y = 0f;
        }
        if (x > low) {
            if (x < high) {
                y = slope;
            }
        }
        return y;
    }

    /** {@link Plan#activate}. */
    void activatePass() {
        int columns = plan(Activate.COLUMNS);
        int kind = plan(Activate.KIND);
        float second = params[plan(Activate.CONSTANTS) + 1];
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                work[plan(Activate.A) + n * plan(Activate.A_STRIDE) + i] =
                        value(kind, first(kind, i), second, work[plan(Activate.Z) + n * plan(Activate.Z_STRIDE) + i]);
            }
        }
    }

    /** {@link Plan#delta}. */
    void deltaPass() {
        int columns = plan(Activate.COLUMNS);
        int kind = plan(Activate.KIND);
        float second = params[plan(Activate.CONSTANTS) + 1];
        int parts = (columns + chunk - 1) / chunk;
        for (int t = getGlobalId(); t < rows * parts; t += getGlobalSize()) {
            int n = t / parts;
            int from = (t - n * parts) * chunk;
            int to = min(columns, from + chunk);
            for (int i = from; i < to; i++) {
                float slope = derivative(
                        kind, first(kind, i), second, work[plan(Activate.Z) + n * plan(Activate.Z_STRIDE) + i]);
                work[plan(Delta.DZ) + n * plan(Delta.DA_STRIDE) + i] =
                        mul(slope, work[plan(Delta.DA) + n * plan(Delta.DA_STRIDE) + i]);
            }
        }
    }

    float first(int kind, int i) {
        float first = params[plan(Activate.CONSTANTS)];
        if (kind == PRELU) {
            first = params[plan(Activate.SLOPES) + i];
        }
        return first;
    }

    /** {@link Plan#slopeGradient}: adds it up and takes the step. */
    void slopeGradientPass() {
        for (int i = getGlobalId(); i < plan(SlopeGradient.COLUMNS); i += getGlobalSize()) {
            int at = plan(SlopeGradient.SLOPES) + i;
            float sum = start(at);
            for (int n = 0; n < rows; n++) {
                float z = work[plan(SlopeGradient.Z) + n * plan(SlopeGradient.Z_STRIDE) + i];
                if (z > 0f) {
                    z = 0f;
                }
                sum = fma(work[plan(SlopeGradient.DA) + n * plan(SlopeGradient.DA_STRIDE) + i], z, sum);
            }
            settle(at, sum, 0f);
        }
    }

    /** {@link Plan#biasGradient}: adds it up and takes the step. */
    void biasGradientPass() {
        for (int i = getGlobalId(); i < plan(BiasGradient.COLUMNS); i += getGlobalSize()) {
            int at = plan(BiasGradient.BIAS) + i;
            float sum = start(at);
            for (int n = 0; n < rows; n++) {
                sum = sum + work[plan(BiasGradient.DZ) + n * plan(BiasGradient.DZ_STRIDE) + i];
            }
            settle(at, sum, 0f);
        }
    }

    /**
     * What becomes of gradients: 0 adds them to a sum, which is what the kernel interface asks for; 1 takes a step of plain
     * descent; 2 leaves them for an optimizer.
     */
    int learning;
    /** How far a sum of gradients is from the parameter's place. */
    int gradients;
    /** The step that the device's parameters must stand at for this call to change them. */
    float step;
    float learningRate;
    float scale;
    float weightDecay;

    float start(int at) {
        float start = 0f;
        if (learning == 0) {
            start = params[at];
        }
        return start;
    }

    /**
     * Ends a gradient: stored as a sum, or as a step of the parameter, if the device's parameters are the ones it belongs
     * to.
     */
    void settle(int at, float sum, float decay) {
        if (learning != 1) {
            params[at + gradients] = sum;
        } else if (params[STEP] == step) {
            params[at] = stepped(params[at], sum, decay);
        }
    }

    float stepped(float w, float dw, float decay) {
        return fma(-learningRate, fma(decay, w, mul(scale, dw)), w);
    }
}
