package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Started as {@code java -jar}, the command starts itself again with the flags it needs, and nobody notices. */
@Timeout(300)
class RelaunchTest {
    private static final String SIMD_RUNS = "(?s).*simd +yes .*";
    private static final String SIMD_LACKS_ITS_FLAG = "(?s).*simd +no .*--add-modules jdk.incubator.vector.*";

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws Exception {
        jar("samebits.jar", Main.class.getName());
        Onnx.write(Network.builder(2).dense(1, Activation.LOGISTIC).build(1), folder.resolve("m.onnx"));
    }

    // As the distribution's: it has a main class and a class path, here that of the tests.
    private void jar(String name, String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, mainClass);
        main.put(Attributes.Name.CLASS_PATH, Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(folder.resolve(name)), manifest).close();
    }

    private Process start(List<String> jvm, List<String> arguments) throws IOException {
        // To look for OpenCL's devices takes longer than all the rest.
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsamebits.opencl.device=none"));
        command.addAll(jvm);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("SAMEBITS_BACKEND");
        return builder.start();
    }

    private Cli.Result run(List<String> jvm, String... arguments) throws Exception {
        return Cli.feed(start(jvm, List.of(arguments)), "1.5,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theFlagsAreGivenOnce() throws Exception {
        assertThat(run(List.of(), "-jar", "samebits.jar", "backends").out()).matches(SIMD_RUNS);
        assertThat(run(List.of("-Dsamebits.relaunch=never"), "-jar", "samebits.jar", "backends").out())
                .matches(SIMD_LACKS_ITS_FLAG);
    }

    @Test
    void anotherStartStaysAsItIs() throws Exception {
        String path = System.getProperty("java.class.path");
        assertThat(run(List.of(), "-cp", path, Main.class.getName(), "backends").out()).matches(SIMD_LACKS_ITS_FLAG);
        // Nor does a program that has this one within.
        jar("other.jar", Embedding.class.getName());
        assertThat(run(List.of(), "-jar", "other.jar", "backends").out()).matches(SIMD_LACKS_ITS_FLAG);
    }

    /** Somebody else's program. */
    static final class Embedding {
        private Embedding() {}

        public static void main(String[] arguments) {
            Main.main(arguments);
        }
    }

    @Test
    void argumentsStreamsAndExitCodesPassThrough() throws Exception {
        Cli.Result predicted = run(List.of(), "-jar", "samebits.jar", "predict", "--model", "m.onnx", "--data", "-", "--as",
                "raw");
        assertThat(predicted.exitCode()).as(predicted.err()).isZero();
        assertThat(predicted.out().lines()).hasSize(2);
        assertThat(predicted.errLines()).singleElement().asString().contains("backend simd");

        Cli.Result missing = run(List.of(), "-jar", "samebits.jar", "inspect", "not \"a\" file*");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errLines()).singleElement().asString().startsWith("samebits: no such file: not \"a\" file*: ");

        Cli.Result chosen = run(List.of("-Dsamebits.backend=abacus"), "-jar", "samebits.jar", "inspect", "m.onnx");
        assertThat(chosen.exitCode()).isEqualTo(2);
        assertThat(chosen.errLines()).singleElement().asString().contains("abacus");
    }

    @Test
    void aReaderThatIsGoneIsTold() throws Exception {
        Process process = start(List.of(), List.of("-jar", "samebits.jar", "predict", "--model", "m.onnx", "--data", "-"));
        process.getInputStream().close();
        try (OutputStream in = process.getOutputStream()) {
            in.write("1.5,2\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(141);
    }

    @Test
    void aSignalEndsBoth() throws Exception {
        Process process = start(List.of(), List.of("-jar", "samebits.jar", "predict", "--model", "m.onnx", "--data", "-",
                "--output", "y.csv"));
        // It has read the first row when it answers on disk: under a name that is not yet the file's.
        OutputStream in = process.getOutputStream();
        in.write("1.5,2\n".getBytes(StandardCharsets.UTF_8));
        in.flush();
        while (names().size() < 3) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(20);
        }
        List<ProcessHandle> others = process.descendants().toList();
        assertThat(others).hasSize(1);
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(others).noneMatch(ProcessHandle::isAlive);
        assertThat(names()).containsExactly("m.onnx", "samebits.jar");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
