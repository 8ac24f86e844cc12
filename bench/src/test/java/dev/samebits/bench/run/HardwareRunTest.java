package dev.samebits.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.FmaPeak;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Goals;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import dev.samebits.bench.report.HtmlReport;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Results;
import dev.samebits.bench.results.RowResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareRunTest {
    private static final Trial STREAM = new Trial("SingleStreamBenchmark.query",
            Map.of("backend", "scalar", "network", "tabular", "threads", "1"));
    private static final Trial NARROW = new Trial("FmaPeak.registers", Map.of("bits", "128"), 2);
    private static final Trial WRONG = new Trial("SingleStreamBenchmark.query",
            Map.of("backend", "none", "network", "tabular", "threads", "1"));

    private static final Settings BRIEF = new Settings(2, 1, 20, 2, 20);

    /** Real forks, two of each, from the fork to the page. */
    @Test
    void forksBecomeOneFileOfJmhsAndAReport(@TempDir Path folder) throws Exception {
        List<String> rounds = new ArrayList<>();
        StringWriter said = new StringWriter();
        HardwareRun run = HardwareRun.ofTrials(List.of(STREAM, NARROW, WRONG), BRIEF, List.of(Jdk.running()),
                List.of("-Dsome=option"), folder.resolve("log"));
        assertThat(run.size()).isEqualTo(3);
        assertThat(run.forks()).isEqualTo(6);
        run.measure(new RunProgress(6, 1, new PrintWriter(said, true)), () -> rounds.add(run.json(null)));
        assertThat(rounds).hasSize(2).doesNotContainNull();

        assertThat(run.failures()).singleElement().asString().contains("none").contains("no backend is called 'none'");
        assertThat(Files.readString(folder.resolve("log"))).contains("no backend is called 'none'");
        assertThat(run.forkLines()).anyMatch(line -> line.startsWith("backend scalar (") && line.contains("-Dsome=option"))
                .anyMatch(line -> line.startsWith("FMA peak in vectors of 4 floats"));
        assertThat(said.toString()).contains("[1/6]");

        Machine machine = new MachineDescription().describe(Map.of("forks", "2"), run.forkLines(), run.failures());
        Path file = folder.resolve("a.json");
        Files.writeString(file, run.json(machine));
        Results results = Results.read(file);
        assertThat(results.machine()).isEqualTo(machine);
        assertThat(results.entries()).hasSize(2);
        Entry stream = results.entries().get(0);
        assertThat(stream.parameters()).isEqualTo(STREAM.parameters());
        assertThat(stream.forks()).hasSize(2).allMatch(fork -> fork.length == 2);
        assertThat(stream.iteration()).isEqualTo(20e6);
        assertThat(stream.figure("p50")).isPositive().isLessThanOrEqualTo(stream.figure("p99"));
        assertThat(stream.figure("GFLOP/s")).isPositive();
        Entry narrow = results.entries().get(1);
        assertThat(narrow.callers()).isEqualTo(2);
        assertThat(narrow.gflops()[0]).isPositive();

        assertThat(new HtmlReport(results).text()).contains("Every benchmark, fork by fork", "tabular, single stream",
                "no backend is called").contains(String.valueOf(Runtime.version().feature()));
    }

    /** The same from the fork to the rows of the goals: each block by itself, its forks in turn. */
    @Test
    void blocksBecomeRows(@TempDir Path folder) throws Exception {
        Block gelu = block("gelu value, in cache");
        Block memory = block("memory, 784-512-256-10, 1 thread");
        Block start = block("first rows of a JVM");
        HardwareRun run = HardwareRun.ofBlocks(List.of(gelu, memory, start), BRIEF, List.of(Jdk.running()), List.of(),
                folder.resolve("log"));
        List<String> kept = new ArrayList<>();
        run.measure(new RunProgress(run.forks(), 1, new PrintWriter(new StringWriter())), () -> kept.add(run.json(null)));
        assertThat(run.failures()).isEmpty();
        // After every round, so the first has one result and the last all.
        assertThat(kept).hasSize(6);
        Path file = Files.writeString(folder.resolve("a.json"), kept.get(5));
        Results results = Results.read(file);
        assertThat(results.isOfGoals()).isTrue();
        assertThat(results.entries()).extracting(Entry::block).containsExactly(gelu.name(), memory.name(), start.name(),
                start.name());
        List<RowResult> rows = RowResult.of(results);
        assertThat(rows).hasSize(5);
        assertThat(rows.get(0).figures()).hasSize(2).doesNotContain(0);
        // A session holds its weights, packed, beside the network's.
        assertThat(rows.get(1).figure()).isBetween(1.5, 4.0);
        assertThat(rows.get(2).figure()).isBetween(1.9, 4.0);
        // Scalar beside scalar, which the first rows of a JVM take nearly all of; warmed up it must be faster.
        assertThat(rows.get(3).figures()).hasSize(2).doesNotContain(0);
        assertThat(rows.get(4).figure()).isLessThan(rows.get(3).figure());
    }

    @Test
    void vectorsAreAsWideAsTheMeasuredJvmLikes() throws Exception {
        MachineDescription machine = new MachineDescription();
        Jdk jdk = Jdk.running();
        assertThat(machine.vectors(List.of(jdk), List.of()).bits()).isEqualTo(FmaPeak.preferredBits());
        Vectors narrow = machine.vectors(List.of(jdk), List.of("-XX:MaxVectorSize=16"));
        assertThat(narrow.bits()).isEqualTo(128);
        assertThat(narrow.machine()).isGreaterThanOrEqualTo(FmaPeak.preferredBits());
    }

    private static Block block(String name) {
        return new Goals(true, "scalar", 2, new Vectors(128, 128)).blocks().stream()
                .filter(block -> block.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void whatRunsOutsideOfTheJvmIsMeasuredOnOneJdk() {
        Trial simd = new Trial("InferenceBenchmark.predict", Map.of("backend", "simd"));
        Trial opencl = new Trial("InferenceBenchmark.predict", Map.of("backend", "opencl"));
        Trial ejml = new Trial("peers.EjmlPeer.affine", Map.of());
        Trial onnx = new Trial("peers.OnnxRuntimePeer.predict", Map.of());
        Jdk first = Jdk.running();
        Jdk second = new Jdk(first.home().resolve("other"), 99);
        assertThat(HardwareRun.jobs("", List.of(simd, opencl, ejml, onnx), List.of(first, second),
                trial -> Settings.QUICK)).containsExactly(
                job(simd, first), job(simd, second), job(opencl, first),
                job(ejml, first), job(ejml, second), job(onnx, first));
    }

    private static HardwareRun.Job job(Trial trial, Jdk jdk) {
        return new HardwareRun.Job("", trial, jdk, Settings.QUICK);
    }

    @Test
    void jdks() {
        Jdk running = Jdk.find(String.valueOf(Runtime.version().feature()));
        assertThat(running).isEqualTo(Jdk.running());
        assertThat(Jdk.find(running.home().toString())).isEqualTo(running);
        assertThatThrownBy(() -> Jdk.find("8")).hasMessageContaining("no Java 17 or newer is '8'");
        assertThatThrownBy(() -> Jdk.find("/nowhere")).hasMessageContaining("'/nowhere'");
    }
}
