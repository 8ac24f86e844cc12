package dev.samebits.onnx.network;

import static dev.samebits.onnx.network.Pattern.either;
import static dev.samebits.onnx.network.Pattern.exactly;
import static dev.samebits.onnx.network.Pattern.operator;
import static dev.samebits.onnx.network.Pattern.product;
import static dev.samebits.onnx.network.Pattern.sum;
import static dev.samebits.onnx.network.Pattern.x;

import dev.samebits.onnx.tensor.Constants;

/** The ways in which exporters write GELU, equations 4.27 to 4.29. The order of terms does not matter, x comes last. */
final class GeluPatterns {
    private static final Pattern HALF = exactly("the ½ of GELU", Constants.HALF);
    private static final Pattern ONE = exactly("the 1 of GELU", Constants.ONE);
    private static final Pattern CUBIC = exactly("the 0.044715 of GELU", Constants.GELU_CUBIC);
    private static final Pattern SLOPE = exactly("the √(2/π) of GELU", Constants.SQRT_2_OVER_PI);

    /** {@code x ½ (1 + erf(x / √2))}. */
    static final Pattern.Rooted EXACT = product(
            HALF,
            sum(
                    operator("Erf", either(
                            operator("Div", x(), exactly("the √2 of GELU", Constants.SQRT_2)),
                            product(exactly("the 1/√2 of GELU", Constants.SQRT_HALF), x()))),
                    ONE),
            x());

    /** {@code x ½ (1 + tanh(√(2/π) (x + 0.044715 x³)))}. */
    static final Pattern.Rooted TANH = product(
            HALF,
            sum(operator("Tanh", product(SLOPE, sum(product(CUBIC, x(), x(), x()), x()))), ONE),
            x());

    /** {@code x ½ (1 + tanh(√(2/π) x (1 + 0.044715 x²)))}. */
    static final Pattern.Rooted TANH_FACTORED = product(
            HALF,
            sum(operator("Tanh", product(SLOPE, sum(product(CUBIC, x(), x()), ONE), x())), ONE),
            x());

    /** {@code x σ(1.702 x)}, as PyTorch exports it; swish with β = 1.702 has β in front. */
    static final Pattern.Rooted LOGISTIC = product(
            operator("Sigmoid", operator("Mul", x(), exactly("the 1.702 of GELU", Constants.GELU_LOGISTIC))), x());

    private GeluPatterns() {}
}
