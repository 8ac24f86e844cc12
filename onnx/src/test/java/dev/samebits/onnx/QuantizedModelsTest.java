package dev.samebits.onnx;

import static dev.samebits.onnx.ModelBuilder.N;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of quantised networks are read into layers of whole numbers, and give what ONNX Runtime gives: to the bit where it
 * computes whole numbers, too. Weights and rows have fixed seeds.
 */
class QuantizedModelsTest {
    private static final int ROWS = 64;

    private interface Form {
        String of(QuantizedModel m, String x);
    }

    private static Arguments form(String name, Form form, Agreement agreement, String steps) {
        return Arguments.of(name, form, agreement, steps);
    }

    /** In which batches ONNX Runtime gives the same bits. */
    private enum Agreement {
        ANY_BATCH,
        // The range of a batch is not that of a row.
        BATCH_OF_ONE,
        // ONNX Runtime computes floats, in an order of its own.
        ROUNDED
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("DynamicQuantizeLinear, MatMulInteger", (m, x) -> m.dynamic(m.relu(m.dynamic(m.relu(
                        m.dynamic(x, 20, 33, false)), 33, 17, false)), 17, 5, false), Agreement.BATCH_OF_ONE,
                        "integer-dense, scale-shift, activation, integer-dense, scale-shift, activation, integer-dense,"
                                + " scale-shift"),
                form("the same by column, weights of uint8", (m, x) -> m.dynamic(x, 20, 33, true), Agreement.BATCH_OF_ONE,
                        "integer-dense, scale-shift"),
                form("QuantizeLinear, MatMulInteger, a bias of whole numbers", (m, x) -> m.sums(x, 20, 33),
                        Agreement.ANY_BATCH, "integer-dense, scale-shift"),
                form("QLinearMatMul", (m, x) -> m.dequantized(m.linear(m.linear(m.quantized(x), 20, 33), 33, 5)),
                        Agreement.ANY_BATCH, "integer-dense, quantize, center-scale, integer-dense, quantize, center-scale"),
                form("QGemm", (m, x) -> m.dequantized(m.qGemm(m.qGemm(m.quantized(x), 20, 33), 33, 5)), Agreement.ANY_BATCH,
                        "integer-dense, quantize, center-scale, integer-dense, quantize, center-scale"),
                form("DynamicQuantizeMatMul", (m, x) -> m.dynamicMatMul(x, 20, 33), Agreement.BATCH_OF_ONE, "integer-dense"),
                form("MatMulIntegerToFloat", (m, x) -> m.toFloat(x, 20, 33), Agreement.BATCH_OF_ONE, "integer-dense"),
                form("QDQ around Gemm", (m, x) -> m.qdqGemm(m.relu(m.qdqGemm(m.relu(m.qdqGemm(x, 20, 33)), 33, 17)), 17, 5),
                        Agreement.ANY_BATCH, "integer-dense, activation, integer-dense, activation, integer-dense"),
                form("QDQ around MatMul, by column", (m, x) -> m.qdqMatMul(x, 20, 33), Agreement.ROUNDED,
                        "integer-dense, scale-shift"),
                form("QDQ around an activation alone", (m, x) -> m.relu(m.dequantized(m.quantized(x))), Agreement.ANY_BATCH,
                        "quantize, center-scale, activation"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void computesWhatOnnxRuntimeComputes(String name, Form form, Agreement agreement, String steps)
            throws IOException, OrtException {
        QuantizedModel m = new QuantizedModel();
        String output = form.of(m, m.input(N, 20));
        byte[] file = m.output(output).build().toByteArray();
        Network network = Onnx.read(file);
        assertThat(String.join(", ", network.steps().stream().map(step -> step.operation().label()).toList()))
                .isEqualTo(steps);
        Matrix x = Networks.matrix(new SplitMix64(5), ROWS, 20);
        Matrix y = Matrix.zeros(ROWS, network.outputs());
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            session.predict(x, y);
        }
        for (int row = 0; row < ROWS; row++) {
            compare(agreement, y.rows(row, 1).copy().data(),
                    OnnxRuntime.run(file, output, x.rows(row, 1).copy().data(), 1, 20));
        }
        if (agreement != Agreement.BATCH_OF_ONE) {
            compare(agreement, y.data(), OnnxRuntime.run(file, output, x.data(), ROWS, 20));
        }
    }

    private static void compare(Agreement agreement, float[] got, float[] want) {
        for (int i = 0; i < want.length; i++) {
            if (agreement == Agreement.ROUNDED) {
                assertThat(got[i]).as("[%d]", i).isCloseTo(want[i], within(2e-7f * Math.max(1, Math.abs(want[i]))));
            } else {
                assertThat(got[i]).as("[%d]", i).isEqualTo(want[i]);
            }
        }
    }

    private static void refuses(Consumer<QuantizedModel> model, String... says) {
        QuantizedModel m = new QuantizedModel();
        m.input(N, 20);
        model.accept(m);
        byte[] file = m.output(m.model.out()).build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class).hasMessageContainingAll(says);
    }

    @Test
    void whatIsNotReadIsNamed() {
        refuses(m -> m.op("DequantizeLinear", m.op("DynamicQuantizeLinear", "x"), m.model.second(), m.model.more()),
                "(DynamicQuantizeLinear", "is computed by the range of its rows, and read where DynamicQuantizeLinear,"
                        + " MatMulInteger, a Cast to float, and a Mul by the scale follow one another");
        refuses(m -> m.op("MatMulInteger", m.quantized("x"), m.op("Transpose", m.quantized("x"))),
                "(MatMulInteger", "its weights are computed, and a layer has constant weights");
        refuses(m -> m.op("DequantizeLinear", m.op("QuantizeLinear", "x", m.model.weights(20)), m.model.scalar(1)),
                "(QuantizeLinear", "of its rows is not one constant number: quantise activations with one scale each");
        refuses(m -> m.op("DequantizeLinear", m.op("QuantizeLinear", "x", m.model.scalar(-1)), m.model.scalar(1)),
                "(QuantizeLinear", "the scale of a quantisation must be positive and finite, not -1.0: quantise");
        refuses(m -> m.op("MatMulInteger", m.quantized("x"), m.model.weights(20, 3)),
                "(MatMulInteger", "are no constant matrix of type uint8 or int8");
        refuses(m -> m.op("com.microsoft.QGemm", m.quantized("x"), m.model.scalar(1), m.zero(2, 119),
                m.bytes(3, new long[] {20, 1}, new int[20]), m.model.scalar(1), m.zero(3, 1),
                m.ints(new long[] {1}, -2147483647)),
                "QGemm", "the sum of output 0 could be", "use fewer inputs, or a smaller bias");
        refuses(m -> m.op("com.microsoft.DynamicQuantizeMatMul", "x", m.bytes(3, new long[] {20, 1}, new int[20]),
                m.model.weights(2)), "DynamicQuantizeMatMul", "are not one constant number, or one for each of its 1");
    }

    /** Floats that the file quantises and turns back, as training with quantisation does; a bias too large for sums. */
    @Test
    void weightsMayBeQuantisedInTheFile() throws IOException, OrtException {
        QuantizedModel m = new QuantizedModel();
        String x = m.dequantized(m.quantized(m.input(N, 20)));
        String scale = m.model.scalar(0.01f);
        String whole = m.op("QuantizeLinear", m.model.weights(20, 3), scale, m.zero(3, 0));
        String weights = m.op("DequantizeLinear", whole, scale, m.zero(3, 0));
        String bias = m.op("DequantizeLinear", m.ints(new long[] {3}, 1, Integer.MAX_VALUE, -7),
                m.model.scalar(0.0171f * 0.01f));
        String output = m.op("Gemm", x, weights, bias);
        byte[] file = m.output(output).build().toByteArray();
        Network network = Onnx.read(file);
        assertThat(network.steps()).hasSize(1);
        Matrix rows = Networks.matrix(new SplitMix64(5), 1, 20);
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            float[] want = OnnxRuntime.run(file, output, rows.data(), 1, 20);
            float[] got = session.predict(rows.data());
            for (int i = 0; i < 3; i++) {
                assertThat(got[i]).as("[%d]", i).isCloseTo(want[i], within(1e-6f * Math.max(1, Math.abs(want[i]))));
            }
        }
    }

    /** Weights alone in eight bits, with rows in floats: a layer of floats. */
    @Test
    void weightsAloneMakeALayerOfFloats() throws IOException {
        QuantizedModel m = new QuantizedModel();
        String weights = m.op("DequantizeLinear", m.bytes(2, new long[] {2, 2}, 128, 130, 120, 255),
                m.model.floats(new long[] {2}, 0.5f, 2), m.bytes(2, new long[] {2}, 128, 127));
        m.model.with("axis", 1);
        String output = m.op("MatMul", m.input(N, 2), weights);
        Network network = Onnx.read(m.output(output).build().toByteArray());
        assertThat(network.isChain()).isTrue();
        assertThat(network.layers().get(0).weights().data()).containsExactly(0, -4, 6, 256);
    }
}
