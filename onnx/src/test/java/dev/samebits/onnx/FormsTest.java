package dev.samebits.onnx;

import static dev.samebits.onnx.ModelBuilder.N;
import static dev.samebits.onnx.tensor.ElementType.BFLOAT16;
import static dev.samebits.onnx.tensor.ElementType.FLOAT;
import static dev.samebits.onnx.tensor.ElementType.FLOAT16;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.google.protobuf.ByteString;
import dev.samebits.Bfloat16;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.proto.TensorProto;
import dev.samebits.onnx.tensor.ElementType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each form that other exporters write, in the opsets that have it: ONNX Runtime runs the model, and the network read
 * agrees.
 */
class FormsTest {
    private static final int ROWS = 6;
    private static final int OLDEST = 7;
    /** The last that ONNX Runtime takes. */
    private static final int NEWEST = 26;

    /** Writes operators behind 4 columns z; gives the value of the result. */
    private interface Form {
        String of(ModelBuilder m, String z);
    }

    private record Case(String name, int from, int to, String layers, Form form, long[] input) {
        Case(String name, int from, int to, String layers, Form form) {
            this(name, from, to, layers, form, new long[] {N, 3});
        }
    }

    /** A form of z, the output of a layer 3 → 4; another layer follows. */
    private static Case inside(String name, int from, int to, String layer, Form form) {
        return new Case(name, from, to, "3 → 4 " + layer + " → 2 identity",
                (m, x) -> m.gemm(form.of(m, m.gemm(x, 3, 4)), 4, 2));
    }

    private static Case whole(String name, int from, int to, String layers, Form form) {
        return new Case(name, from, to, layers, form);
    }

    private static String gelu(ModelBuilder m, String z, boolean reciprocal, int order) {
        String arg = reciprocal ? m.op("Mul", m.scalar(0.70710677f), z) : m.op("Div", z, m.scalar(1.4142135f));
        String erf = m.op("Erf", arg);
        String sum = order % 2 == 0 ? m.op("Add", erf, m.scalar(1)) : m.op("Add", m.scalar(1), erf);
        return switch (order) {
            case 0 -> m.op("Mul", m.op("Mul", z, sum), m.scalar(0.5f));
            case 1 -> m.op("Mul", m.op("Mul", m.scalar(0.5f), z), sum);
            case 2 -> m.op("Mul", z, m.op("Mul", sum, m.scalar(0.5f)));
            default -> m.op("Mul", m.op("Mul", m.scalar(0.5f), sum), z);
        };
    }

    private static String geluTanh(ModelBuilder m, String z, int form) {
        String cube = switch (form) {
            case 0 -> m.op("Pow", z, m.scalar(3));
            case 1 -> m.op("Mul", m.op("Mul", z, z), z);
            default -> m.op("Mul", m.op("Pow", z, m.scalar(2)), z);
        };
        String inner = form == 3
                ? m.op("Mul", m.op("Mul", z, m.scalar(0.7978846f)), m.op("Add", m.scalar(1),
                        m.op("Mul", m.op("Mul", m.scalar(0.044715f), z), z)))
                : m.op("Mul", m.op("Add", m.op("Mul", cube, m.scalar(0.044715f)), z), m.scalar(0.7978846f));
        String sum = m.op("Add", m.op("Tanh", inner), m.scalar(1));
        return m.op("Mul", sum, m.op("Mul", z, m.scalar(0.5f)));
    }

    private static String constant(ModelBuilder m, String attribute, Object value) {
        m.op("Constant");
        m.with(attribute, value);
        return m.out();
    }

    private static String shapeOf(ModelBuilder m, String x, long... rest) {
        String rows = m.op("Gather", m.op("Shape", x), m.ints(0));
        String all = m.op("Concat", rows, m.ints(rest));
        m.with("axis", 0);
        return all;
    }

    static List<Case> activations() {
        List<Case> cases = new ArrayList<>(List.of(
                inside("Clip with attributes", 9, 10, "hard-tanh:-0.5:0.25", (m, z) -> {
                    m.op("Clip", z);
                    m.with("min", -0.5f).with("max", 0.25f);
                    return m.out();
                }),
                inside("Clip without a bound", 9, 10, "hard-tanh:0.1:Infinity", (m, z) -> {
                    m.op("Clip", z);
                    return m.with("min", 0.1f).out();
                }),
                inside("Clip with inputs", 11, 22, "hard-tanh:-0.5:0.25",
                        (m, z) -> m.op("Clip", z, constant(m, "value", ModelBuilder.floatTensor(new long[0], -0.5f).build()),
                                m.scalar(0.25f))),
                inside("Clip with value_float", 12, 22, "hard-tanh:0.0:6.0",
                        (m, z) -> m.op("Clip", z, constant(m, "value_float", 0f), constant(m, "value_float", 6f))),
                inside("Min of Max", 9, 22, "hard-tanh:-0.5:0.25",
                        (m, z) -> m.op("Min", m.op("Max", z, m.scalar(-0.5f)), m.scalar(0.25f))),
                inside("Min of Relu", 9, 22, "hard-tanh:0.0:0.5", (m, z) -> m.op("Min", m.op("Relu", z), m.scalar(0.5f))),
                inside("Clip of Relu", 11, 22, "hard-tanh:0.0:0.5",
                        (m, z) -> m.op("Clip", m.op("Relu", z), m.scalar(0), m.scalar(0.5f))),
                inside("Max with 0", 9, 22, "relu", (m, z) -> m.op("Max", m.scalar(0), z)),
                inside("Max of αx and x", 9, 22, "leaky-relu:0.2",
                        (m, z) -> m.op("Max", m.op("Mul", z, m.scalar(0.2f)), z)),
                inside("LeakyRelu's default", 9, 22, "leaky-relu:0.01", (m, z) -> m.op("LeakyRelu", z)),
                inside("Elu's default", 9, 22, "elu:1.0", (m, z) -> m.op("Elu", z)),
                inside("Selu", 9, 22, "elu:1.6732632", (m, z) -> m.op("Selu", z)),
                inside("HardSigmoid's default", 9, 22, "hard-logistic:0.2:0.5", (m, z) -> m.op("HardSigmoid", z)),
                inside("HardSigmoid of PyTorch", 9, 22, "hard-logistic:0.16666667:0.5", (m, z) -> {
                    m.op("HardSigmoid", z);
                    return m.with("alpha", 1f / 6).out();
                }),
                inside("HardSigmoid of Keras", 11, 22, "hard-logistic:0.2:0.5", (m, z) -> m.op("Clip",
                        m.op("Add", m.op("Mul", z, m.scalar(0.2f)), m.scalar(0.5f)), m.scalar(0), m.scalar(1))),
                inside("relu6(z + 3) / 6", 11, 22, "hard-tanh:0.0:6.0", (m, z) -> m.op("Div",
                        m.op("Clip", m.op("Add", z, m.scalar(3)), m.scalar(0), m.scalar(6)), m.scalar(6))),
                inside("PRelu with a slope each", 9, 22, "prelu", (m, z) -> m.op("PRelu", z, m.weights(4))),
                inside("PRelu with one slope", 9, 22, "prelu", (m, z) -> m.op("PRelu", z, m.weights(1))),
                inside("PRelu with slopes [1, 4]", 9, 22, "prelu", (m, z) -> m.op("PRelu", z, m.weights(1, 4))),
                inside("PReLU of Keras", 9, 22, "prelu", (m, z) -> m.op("Add", m.op("Relu", z),
                        m.op("Mul", m.weights(4), m.op("Relu", m.op("Neg", z))))),
                inside("PReLU of Keras, unfolded", 9, 22, "prelu", (m, z) -> m.op("Add", m.op("Relu", z),
                        m.op("Mul", m.op("Neg", m.weights(4)), m.op("Relu", m.op("Neg", z))))),
                inside("softplus with β", 9, 22, "softplus",
                        (m, z) -> m.op("Div", m.op("Softplus", m.op("Mul", z, m.scalar(2))), m.scalar(2))),
                inside("softplus with β, newer", 11, 22, "softplus", (m, z) -> {
                    String scaled = m.op("Mul", z, m.scalar(2));
                    return m.op("Where", m.op("Greater", scaled, m.scalar(20)), z,
                            m.op("Div", m.op("Softplus", scaled), m.scalar(2)));
                }),
                inside("softplus as Log Exp", 9, 22, "softplus",
                        (m, z) -> m.op("Log", m.op("Add", m.scalar(1), m.op("Exp", z)))),
                inside("SiLU", 9, 22, "swish:1.0", (m, z) -> m.op("Mul", m.op("Sigmoid", z), z)),
                inside("swish", 9, 22, "swish:1.5",
                        (m, z) -> m.op("Mul", z, m.op("Sigmoid", m.op("Mul", z, m.scalar(1.5f))))),
                inside("quick GELU", 9, 22, "gelu-logistic",
                        (m, z) -> m.op("Mul", z, m.op("Sigmoid", m.op("Mul", z, m.scalar(1.702f))))),
                inside("Gelu", 20, 22, "gelu", (m, z) -> m.op("Gelu", z)),
                inside("Gelu, tanh", 20, 22, "gelu-tanh", (m, z) -> {
                    m.op("Gelu", z);
                    return m.with("approximate", "tanh").out();
                }),
                inside("Celu", 12, 22, "elu:1.0", (m, z) -> {
                    m.op("Celu", z);
                    return m.with("alpha", 0.5f).out();
                })));
        for (int order = 0; order < 4; order++) {
            int form = order;
            cases.add(inside("GELU, order " + order, 9, 22, "gelu", (m, z) -> gelu(m, z, form % 2 == 1, form)));
            cases.add(inside("GELU, tanh, form " + order, 9, 22, "gelu-tanh", (m, z) -> geluTanh(m, z, form)));
        }
        return cases;
    }

    private static String relu6(ModelBuilder m, String z) {
        return m.op("Clip", m.op("Add", z, m.scalar(3)), m.scalar(0), m.scalar(6));
    }

    /** Behind it, z is positive. */
    private static String positive(ModelBuilder m, String z) {
        return m.op("Add", m.op("Softplus", z), m.scalar(1));
    }

    static List<Case> unary() {
        return List.of(
                inside("HardSwish", 14, 22, "hard-swish", (m, z) -> m.op("HardSwish", z)),
                inside("HardSwish by HardSigmoid", 9, 22, "hard-swish", (m, z) -> {
                    m.op("HardSigmoid", z);
                    return m.op("Mul", z, m.with("alpha", 1f / 6).out());
                }),
                inside("HardSwish of PyTorch", 11, 22, "hard-swish",
                        (m, z) -> m.op("Div", m.op("Mul", z, relu6(m, z)), m.scalar(6))),
                inside("HardSwish, gate first", 11, 22, "hard-swish",
                        (m, z) -> m.op("Mul", z, m.op("Div", relu6(m, z), m.scalar(6)))),
                inside("HardSwish of Keras", 9, 22, "hard-swish", (m, z) -> m.op("Mul", z, m.op("Mul", m.scalar(1f / 6),
                        m.op("Min", m.op("Relu", m.op("Add", z, m.scalar(3))), m.scalar(6))))),
                inside("Mish", 18, 22, "mish", (m, z) -> m.op("Mish", z)),
                inside("Mish of PyTorch", 9, 22, "mish", (m, z) -> m.op("Mul", z, m.op("Tanh", m.op("Softplus", z)))),
                inside("Mish, logarithm", 9, 22, "mish", (m, z) -> m.op("Mul",
                        m.op("Tanh", m.op("Log", m.op("Add", m.op("Exp", z), m.scalar(1)))), z)),
                inside("Softsign", 9, 22, "softsign", (m, z) -> m.op("Softsign", z)),
                inside("Softsign by Abs", 9, 22, "softsign",
                        (m, z) -> m.op("Div", z, m.op("Add", m.scalar(1), m.op("Abs", z)))),
                inside("LogSigmoid of PyTorch", 9, 22, "log-logistic", (m, z) -> m.op("Log", m.op("Sigmoid", z))),
                inside("LogSigmoid by Neg", 9, 22, "log-logistic",
                        (m, z) -> m.op("Neg", m.op("Softplus", m.op("Neg", z)))),
                inside("LogSigmoid by products", 9, 22, "log-logistic", (m, z) -> m.op("Mul", m.scalar(-1),
                        m.op("Softplus", m.op("Mul", z, m.scalar(-1))))),
                inside("Softshrink", 9, 22, "softshrink:0.25", (m, z) -> {
                    m.op("Shrink", z);
                    return m.with("lambd", 0.25f).with("bias", 0.25f).out();
                }),
                inside("Abs", 9, 22, "abs", (m, z) -> m.op("Abs", z)),
                inside("Exp", 9, 22, "exp", (m, z) -> m.op("Exp", z)),
                inside("Cos", 9, 22, "cosine", (m, z) -> m.op("Cos", z)),
                inside("square by Mul", 9, 22, "square", (m, z) -> m.op("Mul", z, z)),
                inside("square by Pow", 9, 22, "square", (m, z) -> m.op("Pow", z, m.scalar(2))),
                inside("square by Pow of an integer", 12, 22, "square", (m, z) -> m.op("Pow", z, m.ints(2))),
                inside("Sqrt", 9, 22, "softplus → 4 sqrt", (m, z) -> m.op("Sqrt", positive(m, z))),
                inside("root by Pow", 9, 22, "softplus → 4 sqrt", (m, z) -> m.op("Pow", positive(m, z), m.scalar(0.5f))),
                inside("Reciprocal", 9, 22, "softplus → 4 reciprocal", (m, z) -> m.op("Reciprocal", positive(m, z))),
                inside("reciprocal by Div", 9, 22, "softplus → 4 reciprocal",
                        (m, z) -> m.op("Div", m.scalar(2), positive(m, z))),
                inside("reciprocal by Pow", 9, 22, "softplus → 4 reciprocal",
                        (m, z) -> m.op("Pow", positive(m, z), m.scalar(-1))),
                inside("reciprocal of a root", 9, 22, "softplus → 4 sqrt → 4 reciprocal",
                        (m, z) -> m.op("Pow", positive(m, z), m.scalar(-0.5f))));
    }

    private static Case fusedGemm(String layer, String activation, Float alpha, Float beta, Float gamma) {
        return whole("FusedGemm with " + activation, 9, 22, "3 → 4 " + layer + " → 2 identity", (m, x) -> {
            m.op("com.microsoft.FusedGemm", x, m.weights(4, 3), m.weights(4));
            m.with("transB", 1).with("alpha", 0.5f).with("activation", activation);
            if (alpha != null) {
                m.with("activation_alpha", alpha);
            }
            if (beta != null) {
                m.with("activation_beta", beta);
            }
            if (gamma != null) {
                m.with("activation_gamma", gamma);
            }
            return m.gemm(m.out(), 4, 2);
        });
    }

    static List<Case> fused() {
        return List.of(
                fusedGemm("relu", "Relu", null, null, null),
                fusedGemm("logistic", "Sigmoid", null, null, null),
                fusedGemm("tanh", "Tanh", null, null, null),
                fusedGemm("softplus", "Softplus", null, null, null),
                fusedGemm("softsign", "Softsign", null, null, null),
                fusedGemm("leaky-relu:0.2", "LeakyRelu", 0.2f, null, null),
                fusedGemm("elu:0.5", "Elu", 0.5f, null, null),
                fusedGemm("hard-logistic:0.25:0.75", "HardSigmoid", 0.25f, 0.75f, null),
                fusedGemm("elu:1.5", "Selu", 1.5f, null, 1.25f),
                inside("Gelu of ONNX Runtime", 9, 22, "gelu", (m, z) -> m.op("com.microsoft.Gelu", z)),
                inside("BiasGelu", 9, 22, "gelu", (m, z) -> m.op("com.microsoft.BiasGelu", z, m.weights(4))),
                inside("FastGelu", 9, 22, "gelu-tanh", (m, z) -> m.op("com.microsoft.FastGelu", z)),
                inside("FastGelu with a bias", 9, 22, "gelu-tanh",
                        (m, z) -> m.op("com.microsoft.FastGelu", z, m.weights(4))),
                inside("QuickGelu", 9, 22, "gelu-logistic", (m, z) -> m.op("com.microsoft.QuickGelu", z)),
                inside("QuickGelu with another factor", 9, 22, "swish:1.5", (m, z) -> {
                    m.op("com.microsoft.QuickGelu", z);
                    return m.with("alpha", 1.5f).out();
                }));
    }

    static List<Case> maxouts() {
        return List.of(
                whole("maxout by Reshape, axis 1", 9, 17, "3 → 2 maxout of 3", (m, x) -> {
                    m.op("ReduceMax", m.op("Reshape", m.gemm(x, 3, 6), m.ints(0, 3, 2)));
                    return m.with("axes", new long[] {1}).with("keepdims", 0).out();
                }),
                whole("maxout by Reshape, last axis", 9, 17, "3 → 2 maxout of 3", (m, x) -> {
                    m.op("ReduceMax", m.op("Reshape", m.gemm(x, 3, 6), m.ints(-1, 2, 3)));
                    return m.with("axes", new long[] {-1}).with("keepdims", 0).out();
                }),
                whole("maxout by Reshape, axes as an input", 18, 22, "3 → 2 maxout of 3", (m, x) -> {
                    m.op("ReduceMax", m.op("Reshape", m.gemm(x, 3, 6), m.ints(0, 2, 3)), m.ints(2));
                    String kept = m.out();
                    return m.op("Squeeze", kept, m.ints(-1));
                }),
                whole("maxout by Reshape in four dimensions", 18, 22, "3 → 4 maxout of 3", (m, x) -> {
                    m.op("ReduceMax", m.op("Reshape", m.gemm(x, 3, 12), m.ints(0, 2, 3, 2)), m.ints(2));
                    return m.op("Flatten", m.with("keepdims", 0).out());
                }),
                whole("maxout as Max of layers", 9, 22, "3 → 2 maxout of 3", (m, x) -> m.op("Max", m.gemm(x, 3, 2),
                        m.op("Add", m.op("MatMul", x, m.weights(3, 2)), m.weights(2)), m.op("MatMul", x, m.weights(3, 2)))));
    }

    static List<Case> affine() {
        return List.of(
                whole("MatMul", 9, 22, "3 → 2 identity", (m, x) -> m.op("MatMul", x, m.weights(3, 2))),
                whole("MatMul Add", 9, 22, "3 → 2 identity",
                        (m, x) -> m.op("Add", m.weights(1, 2), m.op("MatMul", x, m.weights(3, 2)))),
                whole("MatMul by a vector", 9, 22, "3 → 1 identity", (m, x) -> m.op("MatMul", x, m.weights(3))),
                whole("MatMul of a transposed constant", 9, 22, "3 → 2 identity", (m, x) -> {
                    m.op("Transpose", m.weights(2, 3));
                    return m.op("MatMul", x, m.with("perm", new long[] {1, 0}).out());
                }),
                whole("MatMul from the left", 9, 22, "3 → 2 identity", (m, x) -> {
                    String y = m.op("MatMul", m.weights(2, 3), m.op("Transpose", x));
                    return m.op("Transpose", y);
                }),
                whole("Gemm without bias", 11, 22, "3 → 2 identity", (m, x) -> m.op("Gemm", x, m.weights(3, 2))),
                whole("Gemm with alpha and beta", 9, 22, "3 → 2 identity", (m, x) -> {
                    m.op("Gemm", x, m.weights(3, 2), m.weights(1));
                    return m.with("alpha", 0.5f).with("beta", -2f).out();
                }),
                whole("Gemm of transposed rows", 9, 22, "3 → 2 identity", (m, x) -> {
                    m.op("Gemm", m.op("Transpose", x), m.weights(2, 3), m.weights(1, 2));
                    return m.with("transA", 1).with("transB", 1).out();
                }),
                whole("Gemm with the weights in front", 9, 22, "3 → 2 tanh", (m, x) -> {
                    m.op("Gemm", m.weights(3, 2), x, m.weights(2, 1));
                    return m.op("Transpose", m.op("Tanh", m.with("transA", 1).with("transB", 1).out()));
                }),
                whole("BatchNormalization behind", 9, 22, "3 → 4 relu → 2 identity",
                        (m, x) -> m.gemm(m.op("Relu", normalized(m, m.gemm(x, 3, 4), 4)), 4, 2)),
                whole("BatchNormalization in front", 9, 22, "3 → 4 relu → 2 identity",
                        (m, x) -> m.gemm(normalized(m, m.op("Relu", m.gemm(x, 3, 4)), 4), 4, 2)),
                whole("BatchNormalization at the end", 9, 22, "3 → 4 relu → 4 identity",
                        (m, x) -> normalized(m, m.op("Relu", m.gemm(x, 3, 4)), 4)),
                whole("input normalised", 9, 22, "3 → 4 relu", (m, x) -> m.op("Relu", m.gemm(m.op("Div",
                        m.op("Sub", x, m.weights(3)), m.floats(new long[] {3}, 0.5f, 2, 3)), 3, 4))),
                whole("input normalised far from 0", 9, 22, "3 → 3 identity → 4 relu", (m, x) -> m.op("Relu",
                        m.gemm(m.op("Div",
                        m.op("Sub", x, m.floats(new long[] {1, 3}, 1000, -5000, 3)), m.floats(new long[] {3}, 0.5f, 2, 3)),
                                3,
                        4))),
                whole("scalar scaling", 9, 22, "3 → 4 relu", (m, x) -> m.op("Relu", m.gemm(
                        m.op("Sub", m.op("Mul", m.scalar(2), x), m.scalar(0.5f)), 3, 4))),
                whole("everything commuted", 9, 22, "3 → 4 tanh → 4 identity", (m, x) -> m.op("Neg", m.op("Sub",
                        m.weights(4),
                        m.op("Mul", m.weights(1, 4), m.op("Tanh", m.op("Add", m.weights(4),
                                m.op("MatMul", m.op("Sub", m.weights(1), x), m.weights(3, 4)))))))),
                whole("bfloat16 weights, cast to float", 13, 22, "3 → 4 relu", (m, x) -> m.op("Relu",
                        m.op("MatMul", x, cast(m, bfloat16(m, 3, 4), FLOAT)))),
                whole("weights rounded to bfloat16 by the file", 13, 22, "3 → 4 relu", (m, x) -> m.op("Relu",
                        m.op("MatMul", x, cast(m, cast(m, m.weights(3, 4), BFLOAT16), FLOAT)))),
                whole("weights rounded to half precision by the file", 9, 22, "3 → 4 relu", (m, x) -> m.op("Relu",
                        m.op("MatMul", x, cast(m, cast(m, m.weights(3, 4), FLOAT16), FLOAT)))),
                whole("Scaler", 9, 22, "3 → 4 identity", (m, x) -> {
                    m.op("ai.onnx.ml.Scaler", x);
                    m.with("offset", new float[] {0.1f, 0.2f, -0.3f}).with("scale", new float[] {2, 3, 0.5f});
                    return m.gemm(m.out(), 3, 4);
                }),
                whole("an activation of the input", 9, 22, "3 → 3 relu → 2 identity",
                        (m, x) -> m.gemm(m.op("Relu", x), 3, 2)),
                whole("two activations", 9, 22, "3 → 4 sine → 4 tanh",
                        (m, x) -> m.op("Tanh", m.op("Sin", m.gemm(x, 3, 4)))));
    }

    private static String cast(ModelBuilder m, String x, ElementType to) {
        m.op("Cast", x);
        return m.with("to", to.number).out();
    }

    /** Weights of 2 bytes each. */
    private static String bfloat16(ModelBuilder m, int rows, int columns) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows * columns; i++) {
            bytes.putShort(Bfloat16.bits((i - 5) / 7f));
        }
        return m.tensor(TensorProto.newBuilder().setDataType(BFLOAT16.number).addDims(rows).addDims(columns)
                .setRawData(ByteString.copyFrom(bytes.flip())));
    }

    private static String classifier(ModelBuilder m, String x, String transform, float... coefficients) {
        int classes = coefficients.length / 3;
        float[] intercepts = classes == 2 ? new float[] {-0.3f, 0.3f} : new float[] {0.1f, -0.2f, 0.3f};
        m.op("ai.onnx.ml.LinearClassifier", x);
        m.with("classlabels_ints", classes == 2 ? new long[] {0, 1} : new long[] {5, 6, 7}).with("coefficients",
                coefficients)
                .with("intercepts", intercepts).with("multi_class", 1).with("post_transform", transform);
        return m.second();
    }

    private static String l1(ModelBuilder m, String x) {
        m.op("ai.onnx.ml.Normalizer", x);
        return m.with("norm", "L1").out();
    }

    static List<Case> linearModels() {
        float[] pair = {-1, 0.5f, -0.25f, 1, -0.5f, 0.25f};
        float[] three = {1, 2, -1, 0.5f, 0, 3, -2, 1, 1};
        return List.of(
                whole("LinearRegressor", 9, 22, "3 → 2 identity", (m, x) -> {
                    m.op("ai.onnx.ml.LinearRegressor", x);
                    m.with("coefficients", pair).with("intercepts", new float[] {1, -2}).with("targets", 2);
                    return m.out();
                }),
                whole("LinearClassifier of two classes", 9, 22, "3 → 2 logistic",
                        (m, x) -> l1(m, classifier(m, x, "LOGISTIC", pair))),
                whole("LinearClassifier of three classes", 9, 22, "3 → 3 identity → softmax",
                        (m, x) -> l1(m, classifier(m, x, "SOFTMAX", three))),
                whole("LinearClassifier's logits", 9, 22, "3 → 3 identity", (m, x) -> classifier(m, x, "NONE", three)));
    }

    private static String normalized(ModelBuilder m, String x, int channels) {
        float[] variance = new float[channels];
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.25f + i;
        }
        m.op("BatchNormalization", x, m.weights(channels), m.weights(channels), m.weights(channels),
                m.floats(new long[] {channels}, variance));
        return m.with("epsilon", 1e-3f).out();
    }

    static List<Case> shapes() {
        long[] images = {N, 1, 2, 3};
        return List.of(
                new Case("Flatten", 9, 22, "6 → 4 relu", (m, x) -> m.op("Relu", m.gemm(m.op("Flatten", x), 6, 4)), images),
                new Case("Reshape [-1, 6]", 9, 22, "6 → 4 relu",
                        (m, x) -> m.op("Relu", m.gemm(m.op("Reshape", x, m.ints(-1, 6)), 6, 4)), images),
                new Case("Reshape [0, -1]", 9, 22, "6 → 4 relu",
                        (m, x) -> m.op("Relu", m.gemm(m.op("Reshape", x, m.ints(0, -1)), 6, 4)), images),
                new Case("Reshape by Shape, Gather, Concat", 9, 22, "6 → 4 relu",
                        (m, x) -> m.op("Relu", m.gemm(m.op("Reshape", x, shapeOf(m, x, -1)), 6, 4)), images),
                new Case("channels normalised, then Flatten", 9, 22, "6 → 4 relu", (m, x) -> m.op("Relu",
                        m.gemm(m.op("Flatten",
                        m.op("Div", m.op("Sub", x, m.floats(new long[] {1, 1, 1}, 0.13f)), m.floats(new long[] {2, 1}, 0.3f,
                                2))),
                        6, 4)), images),
                new Case("MatMul in three dimensions", 9, 22, "3 → 4 relu", (m, x) -> m.op("Relu",
                        m.op("Add", m.op("MatMul", x, m.weights(3, 4)), m.weights(4))), new long[] {N, 1, 3}),
                new Case("Squeeze", 9, 12, "3 → 4 relu", (m, x) -> {
                    m.op("Squeeze", x);
                    return m.op("Relu", m.gemm(m.with("axes", new long[] {1}).out(), 3, 4));
                }, new long[] {N, 1, 3}),
                new Case("Unsqueeze and Squeeze", 13, 22, "3 → 4 relu", (m, x) -> m.op("Relu", m.gemm(m.op("Squeeze",
                        m.op("Unsqueeze", x, m.ints(1)), m.ints(-2)), 3, 4)), new long[] {N, 3}),
                new Case("Identity and Dropout", 9, 11, "3 → 4 relu", (m, x) -> {
                    m.op("Dropout", m.op("Relu", m.gemm(m.op("Identity", x), 3, 4)));
                    return m.op("Identity", m.with("ratio", 0.5f).out());
                }),
                new Case("Dropout with a ratio as input", 12, 22, "3 → 4 relu",
                        (m, x) -> m.op("Dropout", m.op("Relu", m.gemm(x, 3, 4)), m.scalar(0.5f))),
                new Case("Softmax", 9, 22, "3 → 4 identity → softmax", (m, x) -> {
                    m.op("Softmax", m.gemm(x, 3, 4));
                    return m.with("axis", 1).out();
                }),
                new Case("Softmax's default", 9, 22, "3 → 4 identity → softmax", (m, x) -> m.op("Softmax", m.gemm(x, 3, 4))),
                new Case("LogSoftmax", 9, 22, "3 → 4 identity → log-softmax", (m, x) -> {
                    m.op("LogSoftmax", m.gemm(x, 3, 4));
                    return m.with("axis", m.opset < 11 ? 1 : -1).out();
                }),
                new Case("Log of Softmax", 9, 22, "3 → 4 identity → log-softmax",
                        (m, x) -> m.op("Log", m.op("Softmax", m.gemm(x, 3, 4)))));
    }

    static Stream<Arguments> all() {
        return Stream.of(activations(), unary(), fused(), maxouts(), affine(), linearModels(), shapes()).flatMap(List::stream)
                .map(each -> Arguments.of(each.name, each));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isReadInEveryOpsetThatHasIt(String name, Case form) throws OrtException, IOException {
        // What holds for the first and the last of these opsets holds before and behind, too, as far as operators are there.
        int first = form.from == 9 ? OLDEST : form.from;
        int last = form.to == 22 ? NEWEST : form.to;
        for (int opset = first; opset <= last; opset++) {
            ModelBuilder builder = new ModelBuilder(opset);
            String output = form.form.of(builder, builder.input(form.input));
            byte[] file = builder.output(output).build().toByteArray();
            if (opset < form.from && !OnnxRuntime.runs(file, output, withRows(form.input))) {
                continue;
            }
            Network network = Onnx.read(file);
            assertThat(network.toString()).isEqualTo(form.layers);
            compare(file, output, network, form.input);
        }
    }

    private static long[] withRows(long[] shape) {
        long[] dims = shape.clone();
        dims[0] = ROWS;
        return dims;
    }

    private static void compare(byte[] file, String output, Network network, long[] shape) throws OrtException {
        Matrix x = Networks.rows(ROWS, network.inputs());
        float[] got = Networks.predict(network, x).data();
        float[] want = OnnxRuntime.run(file, output, x.data(), withRows(shape));
        assertThat(got).hasSameSizeAs(want);
        float largest = 1;
        for (float value : want) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < want.length; i++) {
            assertThat(Math.abs(got[i] - want[i])).as("output %d: got %s, want %s", i, got[i], want[i])
                    .isLessThanOrEqualTo((float) (1e-5 * largest));
        }
    }
}
