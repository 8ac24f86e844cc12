package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.samebits.IdColumn;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.SplitMix64;
import dev.samebits.onnx.limits.Limits;
import dev.samebits.onnx.proto.ValueInfoProto;
import dev.samebits.onnx.tensor.ElementType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs with branches, several inputs and outputs: ONNX Runtime runs the model, and the network read agrees. */
class GraphsTest {
    private static final int ROWS = 5;

    static Stream<Arguments> models() {
        return GraphModels.all().stream().map(each -> Arguments.of(each.name(), each.model()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void agreesWithOnnxRuntime(String name, ModelBuilder m) throws IOException, OrtException {
        assertAgrees(m);
    }

    /** Values are put together at random, whatever the network comes to. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void anyGraphAgreesWithOnnxRuntime(long seed) throws IOException, OrtException {
        SplitMix64 random = new SplitMix64(seed);
        ModelBuilder m = new ModelBuilder(17);
        List<String> values = new ArrayList<>(List.of(m.input("a", ModelBuilder.N, 4), m.input("b", ModelBuilder.N, 4)));
        for (int step = 0; step < 12; step++) {
            String x = values.get(random.nextInt(values.size()));
            String y = values.get(random.nextInt(values.size()));
            values.add(switch (random.nextInt(9)) {
                case 0 -> m.op("Add", x, y);
                case 1 -> m.op("Sub", m.op("Tanh", x), y);
                case 2 -> m.op("Mul", m.op("Sigmoid", x), y);
                case 3 -> m.op("Max", x, y, m.weights(4));
                case 4 -> m.op("LayerNormalization", m.op("Add", x, m.gemm(y, 4, 4)), m.weights(4), m.weights(4));
                case 5 -> {
                    String joined = m.op("Concat", x, y);
                    m.with("axis", 1);
                    yield m.op("Slice", joined, m.ints(2), m.ints(6), m.ints(1));
                }
                case 6 -> m.op("Mul", x, m.op("Softmax", m.gemm(y, 4, 1)));
                case 7 -> m.op("Relu", m.gemm(x, 4, 4));
                default -> m.op("Softmax", x);
            });
        }
        String joined = m.op("Concat", values.get(0), values.get(1), values.get(12), values.get(13));
        m.with("axis", 1);
        m.output(m.gemm(joined, 16, 3));
        m.output(values.get(11));
        assertAgrees(m);
    }

    private static void assertAgrees(ModelBuilder m) throws IOException, OrtException {
        byte[] file = m.model().build().toByteArray();
        Network network = Onnx.readModel(new ByteArrayInputStream(file)).network();
        assertThat(network.fingerprint()).as("read twice").isEqualTo(Onnx.read(file).fingerprint());
        boolean oneRow = m.model().getGraph().getInput(0).getType().getTensorType().getShape().getDimCount() == 1;
        int rows = oneRow ? 1 : ROWS;
        Matrix x = Networks.rows(rows, network.inputs());
        ids(network, x);
        Map<String, float[]> inputs = new LinkedHashMap<>();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        for (int i = 0; i < network.inputSections().size(); i++) {
            ValueInfoProto input = m.model().getGraph().getInput(i);
            Section section = network.inputSections().get(i);
            if (input.getType().getTensorType().getElemType() == ElementType.BOOL.number) {
                for (int r = 0; r < rows * section.width(); r++) {
                    int at = r / section.width() * network.inputs() + section.from() + r % section.width();
                    x.data()[at] = r % 3 == 0 ? 0 : 1;
                }
            }
            inputs.put(input.getName(), flat(section.of(x)));
            shapes.put(input.getName(), oneRow ? new long[] {section.width()} : new long[] {rows, section.width()});
        }
        Map<String, float[]> want = NamedRuns.run(file, inputs, shapes);
        Matrix y = Networks.predict(network, x);
        int compared = 0;
        for (Section section : network.outputSections()) {
            float[] got = flat(section.of(y));
            float[] wanted = network.isChain() ? want.values().iterator().next() : want.get(section.name());
            assertThat(got).as(section.name()).hasSameSizeAs(wanted);
            float largest = 1;
            for (float value : wanted) {
                largest = Math.max(largest, Math.abs(value));
            }
            for (int i = 0; i < got.length; i++) {
                assertThat(got[i]).as("%s, number %d of %s", section.name(), i, network.describe())
                        .isCloseTo(wanted[i], within(1e-5f * largest));
                compared++;
            }
        }
        assertThat(compared).isPositive();
        assertThat(Networks.predict(network, x).data()).as("the same again").isEqualTo(y.data());
    }

    private static void ids(Network network, Matrix x) {
        for (IdColumn column : network.idColumns()) {
            for (int row = 0; row < x.rows(); row++) {
                x.data()[row * network.inputs() + column.position()] = (row * 7 + column.position()) % column.entries();
            }
        }
    }

    private static float[] flat(Matrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(i / matrix.columns(), i % matrix.columns());
        }
        return values;
    }

    /** Each value is added to itself: as many paths as 2 to the power of the nodes. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void manyPathsAreWalkedOnce() {
        ModelBuilder m = new ModelBuilder(17);
        String x = m.input(ModelBuilder.N, 3);
        for (int i = 0; i < Limits.NODES; i++) {
            x = m.op("Add", x, x);
        }
        m.output(x);
        byte[] file = m.model().build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("a network has at most 8192 steps");
    }

    @Test
    void columnsThatGrowWithoutEndAreRefused() {
        ModelBuilder m = new ModelBuilder(17);
        String x = m.input(ModelBuilder.N, 3);
        for (int i = 0; i < 100; i++) {
            x = m.op("Concat", x, x);
            m.with("axis", 1);
        }
        m.output(x);
        byte[] file = m.model().build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class);
    }

    @Test
    void idsThatAreComputedAreRefused() {
        ModelBuilder m = new ModelBuilder(17);
        String x = m.gemm(m.input(ModelBuilder.N, 3), 3, 1);
        m.op("Cast", x);
        m.output(m.op("Gather", m.weights(5, 2), m.with("to", 7).out()));
        byte[] file = m.model().build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("(Gemm, opset 17): it computes ids, by which 'n");
    }

    @Test
    void shapesThatDoNotFitRowByRowAreRefused() {
        ModelBuilder m = new ModelBuilder(17);
        String x = m.gemm(m.input(ModelBuilder.N, 3), 3, 4);
        m.output(m.op("Add", x, m.gemm(x, 4, 3)));
        byte[] file = m.model().build().toByteArray();
        assertThatThrownBy(() -> Onnx.read(file)).isInstanceOf(OnnxFormatException.class)
                .hasMessageContaining("its operands have the shapes [N, 4] and [N, 3], which do not fit");
    }
}
