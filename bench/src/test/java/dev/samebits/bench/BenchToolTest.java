package dev.samebits.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.bench.plan.Peers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code samebits bench} used wrongly, and without measuring. */
class BenchToolTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        // As the command finds it.
        return ToolProvider.findFirst("samebits-bench").orElseThrow()
                .run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--only none | no group is called 'none'",
        "--only transfer | nothing to measure in [transfer] with --quick",
        "--backend warp | no backend is called 'warp'",
        "--jdk 8 | no Java 17 or newer is '8'",
        "--forks 0 | --forks must be 1 to 100, not 0",
        "--millis ten | --millis",
        "--quick --full | exclude each other",
        "--out /nowhere/at/all | no such folder: /nowhere/at",
        "--compare a.json | --compare takes two files, not 1",
        "--compare /none/a.json /none/b.json | no such file: /none/a.json: check the path",
        "--report /none/a.json | no such file: /none/a.json: check the path",
        "--report . | cannot read (Is a directory): .: check that it is a readable file",
        "a.json | what is 'a.json'?",
        "--zap | --zap",
        "--goals --only affin,none | no group or row of the goals is called 'none'",
        "--goals --only tabular | nothing to measure in [tabular] with --quick and without --peers",
        "--goals --backend simd,scalar | --goals measures one backend",
        "--goals --backend warp | no backend is called 'warp'",
        "--goals --forks 0 | --forks must be 1 to 100, not 0",
        "--goals --quick --full | exclude each other",
        "--goals --out /nowhere/at/all | no such folder: /nowhere/at",
        "--jvm -XX:NoSuchFlag | does not start with [-XX:NoSuchFlag]: Unrecognized VM option 'NoSuchFlag'",
        "--goals --jvm -XX:MaxVectorSize=16 --only tabular | nothing to measure in [tabular] with --quick and without",
        "--peers | there are no peers in this build",
    })
    void mistakesEndInOneLineAndWriteNothing(String line, String message, @TempDir Path folder) throws Exception {
        // A build with peers measures them.
        if (line.equals("--peers") && !Peers.isMissing()) {
            return;
        }
        assertThat(run(line.split(" "))).isEqualTo(BenchTool.USAGE);
        assertThat(err.toString().lines().toList()).singleElement().asString()
                .startsWith("samebits: bench: ").contains(message);
        assertThat(Files.list(folder)).isEmpty();
        assertThat(Path.of("samebits-bench.json")).doesNotExist();
    }

    @Test
    void aRowIsChosenByItsNameWithCommas() {
        assertThat(run("--goals", "--only", "affine,784-512-256-10, 1 thread, batch 7")).isEqualTo(BenchTool.USAGE);
        assertThat(err.toString()).contains("no group or row of the goals is called '784-512-256-10, 1 thread, batch 7'");
    }

    @Test
    void aReportDoesNotReplaceWhatItIsDrawnFrom(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "[" + result("InferenceBenchmark.predict", 100) + "]");
        Files.createSymbolicLink(folder.resolve("r.html"), file);
        assertThat(run("--report", file.toString(), "--out", folder.resolve("r").toString())).isEqualTo(BenchTool.USAGE);
        assertThat(err.toString()).startsWith("samebits: bench: NAME.html would replace what --report reads: ");
        assertThat(file).content().startsWith("[{");
    }

    @Test
    void help() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--goals", "--compare", "--peers", "Exit codes");
    }

    @Test
    void comparesFiles(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "[" + result("InferenceBenchmark.predict", 100) + ","
                + result("FmaPeak.registers", 7) + "]");
        Path slow = Files.writeString(folder.resolve("c.json"), "[" + result("InferenceBenchmark.predict", 200) + "]");
        Path other = Files.writeString(folder.resolve("b.json"), "[" + result("InferenceBenchmark.predict", 50) + "]");
        assertThat(run("--compare", file.toString(), other.toString())).isZero();
        assertThat(out.toString()).contains("FASTER", "Of 1 that are ours, 0 are slower beyond noise and 1 faster",
                "1 is in one of the files only");
        assertThat(run("--compare", file.toString(), slow.toString())).isEqualTo(BenchTool.BAD);
        assertThat(run("--report", file.toString(), "--out", folder.resolve("r").toString())).isZero();
        assertThat(Files.readString(folder.resolve("r.html"))).contains("mnist, batch 1");
    }

    private static String result(String benchmark, int nanos) {
        String forks = "[" + nanos + "],[" + (nanos + 1) + "],[" + (nanos + 2) + "],[" + (nanos + 3) + "],[" + (nanos + 4)
                + "]";
        return "{\"benchmark\":\"dev.samebits.bench." + benchmark + "\",\"threads\":1,\"jdkVersion\":\"17\","
                + "\"measurementTime\":\"1 s\",\"params\":{\"backend\":\"simd\",\"network\":\"mnist\",\"threads\":\"1\","
                + "\"batch\":\"1\",\"bits\":\"0\"},\"primaryMetric\":{\"scoreUnit\":\"ns/op\",\"rawData\":[" + forks + "]},"
                + "\"secondaryMetrics\":{}}";
    }
}
