package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime runs the files, and computes what Samebits computes. Two libraries round differently, so not to the bit. */
class OnnxRuntimeTest {
    private static final int ROWS = 5;
    // Terms of order one that add up to almost nothing leave their own roundings, 2⁻²⁴ each.
    private static final float CANCELLED = 1e-6f;

    static Stream<Arguments> networks() {
        Stream<Arguments> unusual = Networks.unusualActivations().stream()
                .filter(OnnxRuntimeTest::isHarmless)
                .map(activation -> Arguments.of(activation.toString(), Networks.with(activation, 7)));
        return Stream.concat(
                Networks.all().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue())), unusual);
    }

    // Where results overflow there is nothing to compare.
    private static boolean isHarmless(Activation activation) {
        return Math.abs(activation.first()) != Float.MAX_VALUE && Math.abs(activation.second()) != Float.MAX_VALUE
                && (activation.first() != activation.second() || Float.isFinite(activation.first()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void computesTheSame(String name, Network network) throws OrtException {
        assertComputesTheSame(network);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void computesTheSameWithBfloat16Weights(String name, Network network) throws OrtException {
        assertComputesTheSame(network.withBfloat16Weights());
    }

    private static void assertComputesTheSame(Network network) throws OrtException {
        Matrix x = Networks.rows(ROWS, network.inputs());
        float[] got = OnnxRuntime.run(Networks.write(network), "output", x.data(), ROWS, network.inputs());
        float[] want = Networks.predict(network, x).data();
        assertThat(got).hasSameSizeAs(want);
        for (int i = 0; i < want.length; i++) {
            assertThat(got[i]).as("row %d, column %d", i / network.outputs(), i % network.outputs())
                    .isCloseTo(want[i], within(1e-5f * Math.abs(want[i]) + CANCELLED));
        }
    }
}
