package dev.samebits.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.Onnx;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are no files, and what becomes of those that nobody reads or that are full. */
class StreamsTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeFiles() throws Exception {
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
        Onnx.write(Network.builder(2).dense(1, Activation.LOGISTIC).build(1), folder.resolve("m.onnx"));
        Files.writeString(folder.resolve("x.csv"), "a,b\n1,0\n0,1\n");
    }

    private static int end(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static List<String> lines(String err) {
        return new Cli.Result(0, "", err).errLines();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict --model m.onnx --data x.csv", "inspect m.onnx", "verify m.onnx", "backends",
            "completion", "--version", "train --help", "train --data x.csv --model t.onnx --epochs 100"})
    void aFullStdoutIsAnErrorAndOneThatNobodyReadsIsNone(String line) throws Exception {
        assumeTrue(Files.exists(FULL));
        Process full = cli.start(Redirect.to(FULL.toFile()), line.split(" "));
        assertThat(lines(Cli.text(full.getErrorStream()).get())).singleElement().asString()
                .startsWith("samebits: cannot write (").contains("stdout: ");
        assertThat(end(full)).isEqualTo(2);
        // Written before: what was asked for besides.
        assertThat(Files.exists(folder.resolve("t.onnx"))).isEqualTo(line.contains("t.onnx"));

        Process unread = cli.start(line.split(" "));
        unread.getInputStream().close();
        assertThat(lines(Cli.text(unread.getErrorStream()).get())).isEmpty();
        assertThat(end(unread)).isEqualTo(Failures.READER_GONE);
    }

    @Test
    void aReaderThatHasHadEnoughEndsALongRun() throws Exception {
        Files.writeString(folder.resolve("x.csv"), "a,b\n" + "1,0\n".repeat(1_000_000));
        Files.writeString(folder.resolve("bad.csv"), "OLD");
        Process process = cli.start("predict", "--model", "m.onnx", "--data", "x.csv", "--as", "raw", "--bad-rows", "skip",
                "--bad-rows-file", "bad.csv");
        assertThat(process.inputReader().readLine()).isEqualTo("y1");
        process.getInputStream().close();
        assertThat(lines(Cli.text(process.getErrorStream()).get())).isEmpty();
        assertThat(end(process)).isEqualTo(Failures.READER_GONE);
        assertThat(folder.resolve("bad.csv")).hasContent("OLD");
    }

    @Test
    void stdoutByAnotherNameIsWrittenBehindWhatIsThere() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stdout")));
        Path file = Files.writeString(folder.resolve("y.csv"), "before\n");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/stdout"));
        for (String name : List.of("/dev/stdout", "link")) {
            Process process = cli.start(Redirect.appendTo(file.toFile()), "predict", "--model", "m.onnx", "--data", "x.csv",
                    "--output", name);
            assertThat(end(process)).isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(7).startsWith("before", "class").containsOnlyOnce("before");
        assertThat(folder.resolve("link")).isSymbolicLink();
    }

    @Test
    void aNamedPipeIsWrittenTo() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.exists(Path.of("/usr/bin/mkfifo")));
        assertThat(end(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString()).start())).isZero();
        Process process = cli.start("predict", "--model", "m.onnx", "--data", "x.csv", "--output", "pipe", "--bad-rows",
                "skip", "--bad-rows-file", "/dev/stderr");
        assertThat(Files.readAllLines(pipe)).hasSize(3).startsWith("class");
        assertThat(lines(Cli.text(process.getErrorStream()).get())).startsWith("a,b").hasSize(2);
        assertThat(end(process)).isZero();
        assertThat(pipe).exists();
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    void whatAKillLeavesBehindIsToldByItsNameAndHindersNobody() throws Exception {
        Process process = cli.start("predict", "--model", "m.onnx", "--data", "-", "--output", "y.csv");
        OutputStream in = process.getOutputStream();
        for (int row = 0; !left().iterator().hasNext(); row++) {
            in.write((row + ",1\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        }
        process.destroyForcibly();
        end(process);
        assertThat(left()).singleElement().asString().matches("\\.samebits-[0-9a-f]{16}\\.partial");
        assertThat(cli.run("predict", "--model", "m.onnx", "--data", "x.csv", "--output", "y.csv").exitCode()).isZero();
        assertThat(folder.resolve("y.csv")).exists();
        assertThat(left()).hasSize(1);
    }

    private List<String> left() throws Exception {
        try (var list = Files.list(folder)) {
            return list.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".")).toList();
        }
    }
}
