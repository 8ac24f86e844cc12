package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime runs the files, and computes what Samebits computes. Two libraries round differently, so not to the bit. */
class OnnxRuntimeTest {
    private static final int ROWS = 5;
    // Terms of order one that add up to almost nothing leave their own roundings, 2⁻²⁴ each.
    private static final float CANCELLED = 1e-6f;
    private static OrtEnvironment environment;

    @BeforeAll
    static void load() {
        try {
            environment = OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            abort("ONNX Runtime has no native library for this machine: " + e);
        }
    }

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
        SplitMix64 random = new SplitMix64(8);
        float[][] x = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            x[r] = Networks.matrix(random, 1, network.inputs()).data();
            for (int c = 0; c < x[r].length; c++) {
                x[r][c] *= 4;
            }
        }
        float[][] got = runtime(network, x);
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            for (int r = 0; r < ROWS; r++) {
                float[] want = new float[network.outputs()];
                session.predict(x[r], want);
                assertThat(got[r]).hasSameSizeAs(want);
                for (int c = 0; c < want.length; c++) {
                    assertThat(got[r][c]).as("row %d, column %d", r, c)
                            .isCloseTo(want[c], within(1e-5f * Math.abs(want[c]) + CANCELLED));
                }
            }
        }
    }

    private static float[][] runtime(Network network, float[][] x) throws OrtException {
        try (OrtSession session = environment.createSession(Networks.write(network));
                OnnxTensor input = OnnxTensor.createTensor(environment, x);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            return (float[][]) result.get("output").orElseThrow().getValue();
        }
    }
}
