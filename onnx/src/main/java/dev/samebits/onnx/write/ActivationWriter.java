package dev.samebits.onnx.write;

import dev.samebits.Activation;
import dev.samebits.onnx.tensor.Constants;

/** Writes an activation, behind the affine operator of a layer or alone: the counterpart of {@code ActivationRules}. */
final class ActivationWriter {
    private ActivationWriter() {}

    /**
     * Writes f(z); gives the name of the result, which for identity is that of z.
     *
     * @param slopes of PReLU; empty for all others
     */
    static String write(GraphWriter graph, Activation activation, float[] slopes, String z) {
        return switch (activation.kind()) {
            case IDENTITY -> z;
            case LOGISTIC -> graph.operator("Sigmoid", z);
            case TANH -> graph.operator("Tanh", z);
            case RELU -> graph.operator("Relu", z);
            case SOFTPLUS -> graph.operator("Softplus", z);
            case SINE -> graph.operator("Sin", z);
            case COSINE -> graph.operator("Cos", z);
            case HARD_SWISH -> graph.operator("HardSwish", z);
            // An operator of its own only since opset 18.
            case MISH -> graph.operator("Mul", z, graph.operator("Tanh", graph.operator("Softplus", z)));
            case SOFTSIGN -> graph.operator("Softsign", z);
            case LOG_LOGISTIC -> graph.operator("Neg", graph.operator("Softplus", graph.operator("Neg", z)));
            case ABS -> graph.operator("Abs", z);
            case SQUARE -> graph.operator("Mul", z, z);
            case EXP -> graph.operator("Exp", z);
            case SQRT -> graph.operator("Sqrt", z);
            case LOG -> graph.operator("Log", z);
            case RECIPROCAL -> graph.operator("Reciprocal", z);
            case SOFTSHRINK -> {
                String output = graph.operator("Shrink", z);
                graph.with("lambd", activation.first()).with("bias", activation.first());
                yield output;
            }
            case LEAKY_RELU -> {
                String output = graph.operator("LeakyRelu", z);
                graph.with("alpha", activation.first());
                yield output;
            }
            case ELU -> {
                String output = graph.operator("Elu", z);
                graph.with("alpha", activation.first());
                yield output;
            }
            case HARD_LOGISTIC -> {
                String output = graph.operator("HardSigmoid", z);
                graph.with("alpha", activation.first()).with("beta", activation.second());
                yield output;
            }
            case PRELU -> graph.operator("PRelu", z, graph.vector("slopes", slopes));
            case HARD_TANH -> clip(graph, activation, z);
            case LINEAR_LOGISTIC -> graph.operator("Add",
                    graph.operator("Mul", z, graph.scalar("slope", activation.first())),
                    graph.scalar("shift", activation.second()));
            case SWISH -> swish(graph, activation.first(), z);
            case GELU -> gelu(graph, z);
            case GELU_TANH -> geluTanh(graph, z);
            // 1.702 stands second, unlike the β of swish, so that the two can be told apart.
            case GELU_LOGISTIC -> graph.operator("Mul", z, graph.operator("Sigmoid",
                    graph.operator("Mul", z, graph.scalar("logistic", Constants.GELU_LOGISTIC))));
        };
    }

    private static String clip(GraphWriter graph, Activation activation, String z) {
        boolean below = activation.first() != Float.NEGATIVE_INFINITY;
        boolean above = activation.second() != Float.POSITIVE_INFINITY;
        String minimum = below ? graph.scalar("minimum", activation.first()) : "";
        if (above) {
            return graph.operator("Clip", z, minimum, graph.scalar("maximum", activation.second()));
        }
        return below ? graph.operator("Clip", z, minimum) : graph.operator("Clip", z);
    }

    private static String swish(GraphWriter graph, float beta, String z) {
        String scaled = beta == 1 ? z : graph.operator("Mul", graph.scalar("beta", beta), z);
        return graph.operator("Mul", z, graph.operator("Sigmoid", scaled));
    }

    /** As PyTorch exports it: {@code (z (erf(z / √2) + 1)) ½}. */
    private static String gelu(GraphWriter graph, String z) {
        String erf = graph.operator("Erf", graph.operator("Div", z, graph.scalar("sqrt2", Constants.SQRT_2)));
        String sum = graph.operator("Add", erf, graph.scalar("one", Constants.ONE));
        return graph.operator("Mul", graph.operator("Mul", z, sum), graph.scalar("half", Constants.HALF));
    }

    /** As PyTorch exports it: {@code ½ (z (1 + tanh(√(2/π) (z + 0.044715 (z (z z))))))}. */
    private static String geluTanh(GraphWriter graph, String z) {
        String cube = graph.operator("Mul", z, graph.operator("Mul", z, z));
        String cubic = graph.operator("Mul", graph.scalar("cubic", Constants.GELU_CUBIC), cube);
        String inner = graph.operator("Mul", graph.scalar("sqrt2overPi", Constants.SQRT_2_OVER_PI),
                graph.operator("Add", z, cubic));
        String sum = graph.operator("Add", graph.scalar("one", Constants.ONE), graph.operator("Tanh", inner));
        return graph.operator("Mul", graph.scalar("half", Constants.HALF), graph.operator("Mul", z, sum));
    }
}
