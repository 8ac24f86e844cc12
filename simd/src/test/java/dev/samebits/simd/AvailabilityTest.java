package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Availability;
import dev.samebits.Backend;
import dev.samebits.BackendUnavailableException;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users see where the Vector API cannot run, each in a JVM of its own. */
class AvailabilityTest {
    /** What the child JVMs run: the report, the best backend at work, and simd by name. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) {
            for (Backends.Entry entry : Backends.report()) {
                System.out.println(entry.name() + ": " + (entry.availability() instanceof Availability.Unavailable why
                        ? why.reason() + "; " + why.remedy()
                        : "available"));
            }
            Backend best = Backends.best();
            Network network = Network.inputs(2).dense(1, Activation.LOGISTIC).build(1);
            float[] y = new float[1];
            try (InferenceSession session = best.open(network)) {
                session.predict(new float[] {1, 2}, y);
            }
            System.out.println("best: " + best.name() + " " + Float.floatToIntBits(y[0]));
            try {
                System.out.println("named: " + Backends.named("simd").name());
            } catch (BackendUnavailableException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void withoutTheModuleScalarServesAndTheReportSaysWhatToAdd() throws Exception {
        assertThat(run())
                .contains("scalar: available", "best: scalar ")
                .contains("simd: the module jdk.incubator.vector is not in this JVM's module graph;"
                        + " start java with --add-modules jdk.incubator.vector")
                .contains("refused: backend simd is unavailable: the module jdk.incubator.vector")
                .doesNotContain("Exception");
    }

    @Test
    void withTheModuleSimdServesWithTheSameBits() throws Exception {
        String with = run("--add-modules", "jdk.incubator.vector");
        assertThat(with).contains("simd: available", "named: simd", "best: simd ");
        assertThat(with.lines().filter(line -> line.startsWith("best:")).findFirst().orElseThrow().replace("simd", "scalar"))
                .isEqualTo(run().lines().filter(line -> line.startsWith("best:")).findFirst().orElseThrow());
    }

    @Test
    void withoutHardwareFmaItSaysSo() throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", "-XX:-UseFMA"))
                .contains("simd: this machine or JVM has no hardware fused multiply-add", "best: scalar ");
    }

    @Test
    void aWidthThatDoesNotExistIsRefusedWithTheChoices() throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", "-Dsamebits.simd.bits=100"))
                .contains("simd: samebits.simd.bits must be 128, 256 or 512, not 100", "best: scalar ");
    }

    private static String run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
