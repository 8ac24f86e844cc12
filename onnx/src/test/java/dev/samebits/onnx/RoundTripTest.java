package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Bfloat16;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written is read back, to the bit. */
public class RoundTripTest {
    static Stream<Arguments> networks() {
        return Networks.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void everyKindOfLayer(String name, Network network) throws IOException {
        assertComesBack(network);
    }

    static List<Activation> unusualActivations() {
        return Networks.unusualActivations();
    }

    @ParameterizedTest
    @MethodSource("unusualActivations")
    void everyParameter(Activation activation) throws IOException {
        assertComesBack(Networks.with(activation, 3));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void bfloat16WeightsOfEveryKindOfLayer(String name, Network network) throws IOException {
        Network rounded = network.withBfloat16Weights();
        assertComesBack(rounded);
        List<Layer> halfOfThem = new ArrayList<>(rounded.layers());
        halfOfThem.set(0, network.layers().get(0));
        assertComesBack(Network.of(halfOfThem, network.output()));
    }

    @Test
    void everyBfloat16() throws IOException {
        float[] all = new float[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = Bfloat16.value((short) i);
        }
        Network network = Network.of(
                List.of(Layer.dense(Matrix.of(256, 256, all), new float[256], Activation.RELU)), Output.IDENTITY);
        assertComesBack(network);
        OnnxModel model = Onnx.readModel(new ByteArrayInputStream(Networks.write(network)));
        assertThat(model.notes()).as("nothing was changed").isEmpty();
        assertThat(model.network().layers().get(0).hasBfloat16Weights()).isTrue();
    }

    @Test
    void bfloat16WeightsTakeHalfTheBytes() {
        Network network = Network.builder(300).dense(200, Activation.RELU).dense(100, Activation.TANH).build(1);
        int saved = Networks.write(network).length - Networks.write(network.withBfloat16Weights()).length;
        // Less the two operators that make floats of them.
        assertThat(saved).isBetween(2 * (300 * 200 + 200 * 100) - 300, 2 * (300 * 200 + 200 * 100));
    }

    @Test
    void everyPairOfNeighbours() throws IOException {
        List<Activation> kinds = new ArrayList<>(Networks.activations());
        kinds.addAll(Networks.unusualActivations());
        SplitMix64 random = new SplitMix64(4);
        for (Activation first : kinds) {
            for (Activation second : kinds) {
                Output output = Output.values()[random.nextInt(3)];
                assertComesBack(Network.of(
                        List.of(Networks.layer(random, 2, 1, first), Networks.layer(random, 1, 2, second)), output));
            }
        }
    }

    @Test
    void everyFloat() throws IOException {
        float[] awkward = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL),
                Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1.1f};
        Layer dense = Layer.prelu(Matrix.of(3, 4, awkward), new float[] {Float.NaN, -0f, Float.MIN_VALUE},
                new float[] {Float.NEGATIVE_INFINITY, Float.NaN, -0f});
        Layer maxout = Layer.maxout(Matrix.of(4, 3, awkward), new float[] {-0f, 1, Float.NaN, Float.MIN_VALUE}, 2);
        assertComesBack(Network.of(List.of(dense, maxout), Output.IDENTITY));
        // 65,536 floats with all exponents, both signs, and NaNs of many payloads.
        float[] all = new float[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = Float.intBitsToFloat(i << 16 | i);
        }
        assertComesBack(Network.of(
                List.of(Layer.dense(Matrix.of(256, 256, all), new float[256], Activation.RELU)), Output.IDENTITY));
    }

    @Test
    void randomNetworks() throws IOException {
        SplitMix64 random = new SplitMix64(5);
        List<Activation> kinds = Networks.activations();
        for (int i = 0; i < 300; i++) {
            List<Layer> layers = new ArrayList<>();
            int width = 1 + random.nextInt(9);
            for (int depth = 1 + random.nextInt(6); depth > 0; depth--) {
                int outputs = 1 + random.nextInt(9);
                layers.add(random.nextInt(4) == 0
                        ? Networks.maxout(random, width, outputs, 1 + random.nextInt(4))
                        : Networks.layer(random, width, outputs, kinds.get(random.nextInt(kinds.size()))));
                width = outputs;
            }
            assertComesBack(Network.of(layers, Output.values()[random.nextInt(3)]));
        }
    }

    @Test
    void hundredsOfLayers() throws IOException {
        List<Layer> layers = new ArrayList<>();
        SplitMix64 random = new SplitMix64(6);
        for (int i = 0; i < 999; i++) {
            layers.add(Networks.layer(random, 2, 2, Activation.GELU_TANH));
        }
        assertComesBack(Network.of(layers, Output.SOFTMAX));
    }

    private static void assertComesBack(Network network) throws IOException {
        byte[] file = Networks.write(network);
        Network read = Onnx.read(file);
        assertSame(read, network);
        assertSame(Onnx.read(new ByteArrayInputStream(file)), network);
        assertThat(Networks.write(read)).as("the same network gives the same file").isEqualTo(file);
    }

    public static void assertSame(Network read, Network network) {
        assertThat(read.toString()).isEqualTo(network.toString());
        assertThat(read.fingerprint()).isEqualTo(network.fingerprint());
        assertThat(read.output()).isEqualTo(network.output());
        assertThat(read.layers()).hasSameSizeAs(network.layers());
        for (int l = 0; l < read.layers().size(); l++) {
            Layer got = read.layers().get(l);
            Layer want = network.layers().get(l);
            assertThat(got.activation()).isEqualTo(want.activation());
            assertThat(got.pieces()).isEqualTo(want.pieces());
            assertThat(got.weights().toString()).isEqualTo(want.weights().toString());
            assertThat(bits(got.weights().data())).isEqualTo(bits(want.weights().data()));
            assertThat(bits(got.bias())).isEqualTo(bits(want.bias()));
            assertThat(bits(got.slopes())).isEqualTo(bits(want.slopes()));
        }
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }
}
