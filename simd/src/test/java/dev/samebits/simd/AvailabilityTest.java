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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
            Network network = Network.builder(2).dense(1, Activation.LOGISTIC).build(1);
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
                .contains("simd: samebits.simd.bits must be 128, 256 or 512, not '100'; leave out -Dsamebits.simd.bits",
                        "best: scalar ");
    }

    @Test
    void aWidthThatTheMachineDoesNotHaveIsRefused() throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16", "-Dsamebits.simd.bits=256"))
                .contains("simd: vectors of 256 bits are asked for (samebits.simd.bits), but this machine or JVM has 128",
                        "best: scalar ");
    }

    @Test
    void withoutVectorInstructionsItSaysSo() throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=8"))
                .contains("simd: this machine or JVM has no vector instructions", "best: scalar ", "refused: ");
    }

    /** There C2 prefers 128 bits, and has no instructions for half of what is done with them. */
    @Test
    void anotherProcessorIsRefused() throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", "-Dos.arch=ppc64le"))
                .contains("simd: C2 is known to make", "and this is ppc64le; run on x86-64 or AArch64", "best: scalar ",
                        "refused: ");
    }

    /** Without C2 a vector is an object, and scalar many times as fast. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-XX:TieredStopAtLevel=0 | is off (TieredStopAtLevel=0); start java without -XX:TieredStopAtLevel=0",
        "-XX:TieredStopAtLevel=1 | is off (TieredStopAtLevel=1); start java without -XX:TieredStopAtLevel=1",
        "-XX:TieredStopAtLevel=3 | is off (TieredStopAtLevel=3); start java without -XX:TieredStopAtLevel=3",
        "-XX:CompilationMode=quick-only | -XX:CompilationMode=quick-only",
        "-Xint | this JVM only interprets",
        "-XX:-UseCompiler | start java without -XX:-UseCompiler",
        "-XX:-Inline | start java without -XX:-Inline"})
    void aJvmThatMakesNoVectorInstructionsIsRefusedWithTheFlag(String flag, String says) throws Exception {
        String output = run("--add-modules", "jdk.incubator.vector", flag);
        assertThat(output).contains(says, "best: scalar ", "refused: backend simd is unavailable: ")
                .containsOnlyOnce("WARNING: Samebits backend: scalar (plain Java, the reference), the best that can run; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:-TieredCompilation", "-XX:CompilationMode=high-only", "-client", "-XX:+UseSerialGC",
        "-XX:-UseSuperWord"})
    void whatLeavesC2AloneIsTaken(String flag) throws Exception {
        assertThat(run("--add-modules", "jdk.incubator.vector", flag)).contains("best: simd ", "named: simd",
                "INFO: Samebits backend: simd");
    }

    /** An image without the modules that know the flags: what the JVM says in its properties decides. */
    @Test
    void withoutManagementTheJvmsOwnWordsDecide() throws Exception {
        String[] image = {"--limit-modules", "java.logging,jdk.incubator.vector", "--add-modules", "jdk.incubator.vector"};
        assertThat(run(image)).contains("best: simd ", "named: simd");
        String[] client = Stream.concat(Stream.of(image), Stream.of("-XX:TieredStopAtLevel=1")).toArray(String[]::new);
        assertThat(run(client)).contains("is off (mixed mode, emulated-client", "best: scalar ", "refused: ");
    }

    /** On JDK 17 the classes of neither the flags nor the log load there. */
    @Test
    void aFolderThatTheLocaleCannotExpressHurtsNothing(@TempDir Path folder) throws Exception {
        Path made;
        try {
            made = Files.createDirectory(folder.resolve("bösartig"));
        } catch (InvalidPathException e) {
            made = Assumptions.abort("these tests run in such a locale themselves");
        }
        assertThat(run(made, "--add-modules", "jdk.incubator.vector")).contains("best: simd ").doesNotContain("Error");
        assertThat(run(made)).contains("WARNING: Samebits backend: scalar", "best: scalar ").doesNotContain("Error");
    }

    private static String run(String... flags) throws IOException, InterruptedException {
        return run(null, flags);
    }

    private static String run(Path folder, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove(Backends.ENVIRONMENT);
        builder.environment().put("LC_ALL", "C");
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
