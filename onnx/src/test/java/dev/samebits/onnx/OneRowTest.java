package dev.samebits.onnx;

import static dev.samebits.onnx.ModelBuilder.N;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.proto.AttributeProto;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that compute one vector: each row of a network is one. And what such exporters write that computes nothing. */
class OneRowTest {
    private interface Form {
        String of(ModelBuilder m, String x);
    }

    private static Arguments form(String name, int opset, String layers, long[] shape, Form form) {
        return Arguments.of(name, opset, layers, shape, form);
    }

    private static String expanded(ModelBuilder m, String mean) {
        m.op("ConstantOfShape", m.op("Shape", mean));
        m.with("value", ModelBuilder.floatTensor(new long[] {1}, 1).build());
        String deviation = m.op("Mul", m.out(), m.op("Exp", m.weights(2)));
        return m.op("Expand", mean, m.op("Shape", m.op("Add", deviation, mean)));
    }

    static Stream<Arguments> forms() {
        long[] vector = {3};
        long[] open = {N};
        long[] rows = {N, 3};
        return Stream.of(
                form("MatMul", 12, "3 → 4 relu → 2 identity", vector, (m, x) -> m.op("Add", m.weights(2), m.op("MatMul",
                        m.op("Relu", m.op("Add", m.weights(4), m.op("MatMul", x, m.weights(3, 4)))), m.weights(4, 2)))),
                form("MatMul, of open length", 12, "3 → 4 relu", open,
                        (m, x) -> m.op("Relu", m.op("MatMul", x, m.weights(3, 4)))),
                form("MatMul from the left", 10, "3 → 4 relu → 2 identity", vector, (m, x) -> m.op("MatMul", m.weights(2, 4),
                        m.op("Relu", m.op("Add", m.op("MatMul", m.weights(4, 3), m.op("Sub", x, m.weights(3))),
                                m.weights(4))))),
                form("Unsqueeze, Gemm, Squeeze", 13, "3 → 4 relu → 2 identity", vector, (m, x) -> m.op("Squeeze",
                        m.gemm(m.op("Relu", m.gemm(m.op("Unsqueeze", x, m.ints(0)), 3, 4)), 4, 2), m.ints(0))),
                form("Reshape to [1, -1]", 13, "3 → 4 relu", open,
                        (m, x) -> m.op("Relu", m.gemm(m.op("Reshape", x, m.ints(1, -1)), 3, 4))),
                form("Softmax of a vector", 13, "3 → 4 identity → softmax", vector,
                        (m, x) -> m.op("Softmax", m.op("MatMul", x, m.weights(3, 4)))),
                form("a batch of one becomes a vector", 13, "3 → 4 relu → 2 identity", new long[] {1, 3},
                        (m, x) -> m.op("MatMul", m.op("Reshape", m.op("Relu", m.gemm(x, 3, 4)), m.ints(-1)),
                                m.weights(4, 2))),
                form("Concat, Sum and Max of one", 9, "3 → 4 relu", rows, (m, x) -> {
                    m.op("Concat", x);
                    m.with("axis", 1);
                    return m.op("Relu", m.op("Max", m.op("Sum", m.gemm(m.out(), 3, 4))));
                }),
                form("Expand to its own shape", 14, "3 → 4 tanh → 2 identity", rows,
                        (m, x) -> expanded(m, m.gemm(m.op("Tanh", m.gemm(x, 3, 4)), 4, 2))),
                form("Slice of all, Tile of one, Split into one", 13, "3 → 2 relu", rows, (m, x) -> {
                    String all = m.op("Slice", x, m.ints(0, 0), m.ints(Long.MAX_VALUE, 3), m.ints(0, 1));
                    m.op("Split", m.op("Tile", m.gemm(all, 3, 2), m.ints(1, 1)));
                    return m.op("Relu", m.with("axis", 1).out());
                }),
                form("rows of one number", 13, "1 → 4 relu", open,
                        (m, x) -> m.op("Relu", m.gemm(m.op("Unsqueeze", x, m.ints(1)), 1, 4))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void computesTheSameVectorByVector(String name, int opset, String layers, long[] shape, Form form)
            throws IOException, OrtException {
        ModelBuilder m = new ModelBuilder(opset);
        String output = form.of(m, m.input(shape));
        byte[] file = m.output(output).build().toByteArray();
        Network network = Onnx.read(file);
        assertThat(network).hasToString(layers);
        Matrix x = Networks.rows(4, network.inputs());
        Matrix got = Networks.predict(network, x);
        for (int row = 0; row < x.rows(); row++) {
            float[] one = new float[x.columns()];
            System.arraycopy(x.data(), x.rowOffset(row), one, 0, one.length);
            float[] want = OnnxRuntime.run(file, output, one,
                    shape.length == 1 ? new long[] {one.length} : new long[] {1, one.length});
            assertThat(want).hasSize(got.columns());
            for (int j = 0; j < want.length; j++) {
                assertThat(got.get(row, j)).as("row %d, column %d", row, j)
                        .isCloseTo(want[j], within(1e-5f * Math.max(1, Math.abs(want[j]))));
            }
        }
    }

    /** Opset 6 spreads an operand where an attribute says so; opset 7 always does. */
    @Test
    void operandsOfOpset6AreThoseOfOpset7() throws IOException {
        Network[] networks = new Network[2];
        for (int opset : new int[] {6, 7}) {
            ModelBuilder m = new ModelBuilder(opset);
            m.op("Add", m.op("MatMul", m.input(N, 3), m.weights(3, 4)), m.weights(4));
            if (opset == 6) {
                m.with("broadcast", 1).with("axis", 1);
            }
            m.op("BatchNormalization", m.op("Relu", m.out()), m.weights(4), m.weights(4), m.weights(4),
                    m.floats(new long[] {4}, 1, 2, 3, 4));
            m.with("spatial", 1);
            if (opset == 6) {
                m.with("is_test", 1);
            }
            networks[opset - 6] = Onnx.read(m.output(m.out()).build().toByteArray());
        }
        assertThat(networks[0]).hasToString(networks[1].toString());
        assertThat(networks[0].fingerprint()).isEqualTo(networks[1].fingerprint());
    }

    @Test
    void whatOpset6SaysOtherwiseIsRefused() {
        for (Form form : List.<Form>of(
                (m, x) -> m.op("Add", x, m.weights(3)),
                (m, x) -> {
                    m.op("Mul", x, m.weights(3));
                    return m.with("broadcast", 1).with("axis", 0).out();
                },
                (m, x) -> m.op("Dropout", x),
                (m, x) -> m.op("Max", x, m.scalar(0)),
                (m, x) -> m.op("BatchNormalization", x, m.weights(3), m.weights(3), m.weights(3), m.weights(3)))) {
            ModelBuilder m = new ModelBuilder(6);
            byte[] file = m.output(m.gemm(form.of(m, m.input(N, 3)), 3, 2)).build().toByteArray();
            assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class)
                    .hasMessageContaining(", opset 6): it").hasMessageContaining("export the model");
        }
    }

    /** As writers of newer protobuf leave zeros out, with the type or without. */
    @Test
    void anAttributeWithoutItsValueIsZero() throws IOException {
        for (int type : new int[] {0, 1}) {
            ModelBuilder m = new ModelBuilder(17);
            m.op("LeakyRelu", m.gemm(m.input(N, 3), 3, 4));
            m.output(m.out()).getGraphBuilder().getNodeBuilder(1).addAttribute(
                    AttributeProto.newBuilder().setName("alpha").setType(type));
            assertThat(Onnx.read(m.model().build().toByteArray())).hasToString("3 → 4 leaky-relu:0.0");
        }
    }
}
