package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Availability;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import dev.samebits.tck.BackendUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device that fails: the call says so, the caller's data is as it was, the session says that it is unusable. */
class FailureTest {
    private static final Network NETWORK = Network.builder(4).dense(3, Activation.TANH).build(1);

    @BeforeEach
    void needsADevice() {
        BackendUnderTest.named("opencl");
    }

    private static OpenClBackend running(Supplier<DeviceProgram> program) {
        ChosenDevice real = ChosenDevice.among(Aparapi.devices(), null);
        ChosenDevice device = new ChosenDevice(real.device, "under test") {
            @Override
            DeviceProgram newProgram() {
                return program.get();
            }
        };
        return new OpenClBackend(device, null, DeviceMemory.of(device));
    }

    @Test
    void aResultThatDoesNotArriveIsNoticed() {
        try (InferenceSession session = running(IdleProgram::new).open(NETWORK)) {
            float[] y = {42, 42, 42};
            assertThatThrownBy(() -> session.predict(new float[4], y)).isInstanceOf(OpenClException.class)
                    .hasMessageContaining("under test").hasMessageContaining("did not arrive");
            assertThatThrownBy(() -> session.predict(new float[4], y)).isInstanceOf(OpenClException.class)
                    .hasMessageContaining("unusable").hasMessageContaining("open another");
            assertThat(y).containsExactly(42, 42, 42);
        }
    }

    @Test
    void aBatchThatIsLostInItsMiddleLeavesNoResult() {
        OpenClBackend backend = running(LostLaterProgram::new).with(new DeviceMemory(4 << 10, 1 << 20));
        Matrix x = Matrix.zeros(500, 4);
        Matrix y = Matrix.zeros(500, 3);
        Arrays.fill(y.data(), 42);
        try (InferenceSession session = backend.open(NETWORK)) {
            assertThatThrownBy(() -> session.predict(x, y)).isInstanceOf(OpenClException.class)
                    .hasMessageContaining("did not arrive");
            assertThat(((DeviceSession) session).transfers().calls()).isEqualTo(LostLaterProgram.RUNS);
            assertThat(y.data()).containsOnly(42);
            assertThatThrownBy(() -> session.predict(x.rows(0, 1), y.rows(0, 1))).hasMessageContaining("unusable");
        }
    }

    @Test
    void trainingThatIsLostIsNoticed() {
        String before = NETWORK.fingerprint();
        Matrix x = Matrix.zeros(2, 4);
        Matrix targets = Matrix.zeros(2, 3);
        try (TrainingSession session = running(LostLaterProgram::new).train(NETWORK, Loss.SQUARED_ERROR,
                SessionOptions.defaults())) {
            session.step(x, targets, 0.1f, 0);
            session.step(x, targets, 0.1f, 0);
            assertThatThrownBy(() -> session.step(x, targets, 0.1f, 0)).isInstanceOf(OpenClException.class)
                    .hasMessageContaining("did not arrive");
            assertThatThrownBy(() -> session.step(x, targets, 0.1f, 0)).hasMessageContaining("unusable");
            assertThatThrownBy(() -> session.predict(x, Matrix.zeros(2, 3))).hasMessageContaining("unusable");
            // What the device alone knew is gone; no older parameters are handed out for it.
            assertThatThrownBy(session::network).hasMessageContaining("unusable");
        }
        assertThat(x.data()).containsOnly(0);
        assertThat(targets.data()).containsOnly(0);
        assertThat(NETWORK.fingerprint()).isEqualTo(before);
    }

    private static List<Supplier<DeviceProgram>> programsThatCannotBeBuilt() {
        return List.of(UntranslatableProgram::new, UnbuildableProgram::new);
    }

    @ParameterizedTest
    @MethodSource("programsThatCannotBeBuilt")
    void aProgramThatCannotBeBuiltIsAnErrorAndNeverJava(Supplier<DeviceProgram> program) {
        OpenClBackend backend = running(program);
        assertThatThrownBy(() -> backend.open(NETWORK)).isInstanceOf(OpenClException.class)
                .hasMessageContaining("cannot be built").hasMessageContaining("under test");
        assertThatThrownBy(() -> backend.train(NETWORK, Loss.SQUARED_ERROR, SessionOptions.defaults()))
                .isInstanceOf(OpenClException.class);
        assertThat(refusal(backend)).contains("cannot be built", "under test");
    }

    @Test
    void aDeviceThatFailsTheSelfTestIsRefused() {
        assertThat(refusal(running(IdleProgram::new))).contains("under test cannot be used", "did not arrive");
    }

    private static String refusal(OpenClBackend backend) {
        var refused = (Availability.Unavailable) Probe.tried(backend.chosen());
        assertThat(refused.remedy()).contains("update the device's driver");
        return refused.reason();
    }

    /** In a child JVM, whose PoCL has little memory. */
    public static final class OutOfMemory {
        private OutOfMemory() {}

        public static void main(String[] args) {
            OpenClBackend real = (OpenClBackend) Backends.named("opencl");
            OpenClBackend boastful = real.with(new DeviceMemory(2L << 30, 2L << 30));
            Network network = Network.builder(900).dense(900, Activation.RELU).build(1);
            Matrix x = Matrix.zeros(40_000, 900);
            float[] data = new float[40_000 * 900];
            Arrays.fill(data, 42);
            try (InferenceSession session = boastful.open(network)) {
                for (int call = 0; call < 2; call++) {
                    try {
                        session.predict(x, Matrix.of(40_000, 900, data));
                        System.out.println("predicted");
                    } catch (OpenClException e) {
                        System.out.println("refused: " + e.getMessage());
                    }
                }
            }
            int touched = 0;
            for (float value : data) {
                touched += value == 42 ? 0 : 1;
            }
            System.out.println("touched: " + touched);
            try (InferenceSession session = real.open(network)) {
                session.predict(x.rows(0, 100), Matrix.zeros(100, 900));
                System.out.println("another session predicts");
            }
        }
    }

    @Test
    void whenDeviceMemoryRunsOutTheCallFailsAndOthersGoOn() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx3g", "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                OutOfMemory.class.getName()).redirectErrorStream(true);
        builder.environment().put("POCL_MEMORY_LIMIT", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("refused: the OpenCL device ", "refused: this session is unusable", "touched: 0",
                "another session predicts").doesNotContain("\npredicted");
    }
}
