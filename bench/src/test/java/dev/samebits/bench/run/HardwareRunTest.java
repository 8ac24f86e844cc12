package dev.samebits.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.Trial;
import dev.samebits.bench.report.HtmlReport;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Results;
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
            Map.of("backend", "scalar", "network", "tabular", "threads", "1"), 1);
    private static final Trial NARROW = new Trial("FmaPeak.registers", Map.of("bits", "128"), 1, 2);
    private static final Trial WRONG = new Trial("SingleStreamBenchmark.query",
            Map.of("backend", "none", "network", "tabular", "threads", "1"), 1);

    /** Real forks, two of each, from the fork to the page. */
    @Test
    void forksBecomeOneFileOfJmhsAndAReport(@TempDir Path folder) throws Exception {
        List<String> rounds = new ArrayList<>();
        StringWriter said = new StringWriter();
        HardwareRun run = new HardwareRun(new Settings(2, 1, 20, 2, 20), List.of("-Dsome=option"), folder.resolve("log"),
                new RunProgress(6, 1, new PrintWriter(said, true)));
        run.measure(HardwareRun.jobs(List.of(STREAM, NARROW, WRONG), List.of(Jdk.running())),
                () -> rounds.add(run.json()));
        assertThat(rounds).hasSize(2).doesNotContainNull();

        assertThat(run.failures()).singleElement().asString().contains("none").contains("no backend is called 'none'");
        assertThat(run.forkLines()).anyMatch(line -> line.startsWith("backend scalar (") && line.contains("-Dsome=option"))
                .anyMatch(line -> line.startsWith("FMA peak in vectors of 4 floats"));
        assertThat(said.toString()).contains("[1/6]");

        Machine machine = new MachineDescription().describe(Map.of("forks", "2"), run.forkLines(), run.failures());
        Path file = folder.resolve("a.json");
        Files.writeString(file, Results.withMachine(run.json(), machine));
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
}
