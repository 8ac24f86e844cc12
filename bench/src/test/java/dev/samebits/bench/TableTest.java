package dev.samebits.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Backends;
import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.jmh.Workloads;
import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Goals;
import dev.samebits.bench.plan.Result;
import dev.samebits.bench.plan.Row;
import dev.samebits.bench.plan.Row.Goal;
import dev.samebits.bench.plan.Row.Unit;
import dev.samebits.bench.plan.Sample;
import dev.samebits.bench.plan.Settings;
import dev.samebits.bench.plan.SuiteTest;
import dev.samebits.bench.plan.Trial;
import dev.samebits.bench.run.Measurer;
import dev.samebits.bench.run.SessionMemory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final Trial OWN = new Trial("InferenceBenchmark.predict", Map.of("backend", "simd"), 100);
    private static final Trial OTHER = new Trial("FmaPeak.registers", Map.of(), 1000);

    @Test
    void aFigureIsTheMedianOverTheForksOfTheRatioOfSpeeds() {
        Row row = new Row("row", OWN, OTHER, "peak", Unit.GFLOPS, Goal.atLeast(0.5));
        Result result = Result.of("group", row, Map.of(
                OWN, List.of(new Sample(10, 0, 1), new Sample(20, 0, 1), new Sample(10, 0, 1)),
                OTHER, List.of(new Sample(50, 0, 1), new Sample(50, 0, 1), new Sample(40, 0, 1))));
        assertThat(result.figure()).isEqualTo(0.4, within(1e-9));
        assertThat(result.low()).isEqualTo(0.25, within(1e-9));
        assertThat(result.high()).isEqualTo(0.5, within(1e-9));
        assertThat(result.measured()).isEqualTo("10.0 GFLOP/s");
        assertThat(result.yardstick()).isEqualTo("20.0 GFLOP/s");
        assertThat(result.verdict()).isEqualTo("missed");
    }

    @Test
    void withoutAYardstickTheFigureIsTheValue() {
        Row row = new Row("row", OWN, null, "", Unit.NANOS_PER_ELEMENT, Goal.atMost(1));
        Result result = Result.of("group", row, Map.of(OWN, List.of(new Sample(40, 0, 1), new Sample(60, 0, 1))));
        assertThat(result.figure()).isEqualTo(0.5, within(1e-9));
        assertThat(result.verdict()).isEqualTo("met");
    }

    @Test
    void everyGroupNamesBenchmarksOfThisBuild() throws ReflectiveOperationException {
        for (boolean quick : new boolean[] {true, false}) {
            for (String group : Goals.GROUPS.subList(0, Goals.GROUPS.size() - 1)) {
                for (Block block : new Goals(quick).blocks(group)) {
                    for (Trial trial : block.trials()) {
                        assertThatCode(() -> Cost.of(trial.benchmark(), trial.parameters())).as(trial.toString())
                                .doesNotThrowAnyException();
                        if (trial.isPresent()) {
                            SuiteTest.checkNames(trial);
                        } else {
                            assertThat(trial.benchmark()).startsWith("peers.");
                        }
                    }
                }
            }
        }
        assertThatThrownBy(() -> new Goals(true).blocks("none")).hasMessageContaining("no rows are called 'none'");
    }

    @Test
    void paddedShapes() {
        assertThat(Goals.up(33, 16)).isEqualTo(48);
        assertThat(Goals.up(7, 4)).isEqualTo(8);
        assertThat(Goals.up(16, 16)).isEqualTo(16);
    }

    @Test
    void printsAndWritesWhatWasFound() {
        Row row = new Row("a \"row\"", OWN, OTHER, "peak", Unit.MICROS, Goal.atLeast(1));
        List<Result> results = List.of(
                Result.of("group", row, Map.of(OWN, List.of(new Sample(10, 0, 1)), OTHER, List.of(new Sample(100, 0, 2)))),
                Result.failed("group", row, Result.ABSENT));
        assertThat(results.get(1).hasFailed()).isFalse();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TablePrinter.print(results, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("| met (unsteady)", "no peers in this build");
        assertThat(Json.text(results, List.of("fork"), Settings.QUICK))
                .contains("\"row\": \"a \\\"row\\\"\"", "\"figure\": null", "\"verdict\": \"met (unsteady)\"");
    }

    @Test
    void whatCannotBeDoneIsRefusedInOneLineBeforeAnythingIsMeasured(@TempDir Path folder) throws IOException {
        String log = folder.resolve("log").toString();
        String nowhere = folder.resolve("none").resolve("file").toString();
        assertRefused("at least 1 is needed", "--log", log, "--rounds", "0");
        assertRefused("no such folder: " + Path.of(nowhere).getParent(), "--log", log, "--json", nowhere);
        assertRefused("this is a folder: " + folder, "--log", log, "--json", folder.toString());
        assertRefused("no such folder: " + Path.of(nowhere).getParent(), "--log", nowhere);
        assertRefused("--json and --log would be one file: " + log, "--log", log, "--json", log);
        assertRefused("no rows are called 'affin'", "--log", log, "--rows", "affin");
    }

    private static void assertRefused(String reason, String... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Table().run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).singleElement().asString().contains(reason);
    }

    @Test
    void memoryOfASessionIsAtLeastItsNetwork() {
        var network = Workloads.affine(500, 512);
        var backend = Backends.named("simd");
        assertThat(SessionMemory.held(backend, network, 1)).isBetween(1.5 * SessionMemory.weights(network), 1e8);
        assertThat(SessionMemory.peak(backend, network, 1)).isBetween(1.9 * SessionMemory.weights(network), 1e8);
    }

    @Test
    void aForkIsMeasuredAndSaysWhatItRan(@TempDir Path folder) throws IOException {
        PrintStream progress = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Measurer measurer = new Measurer(new Settings(1, 1, 20, 1, 20), folder.resolve("log"), progress);
        Trial trial = new Trial("InferenceBenchmark.predict",
                Map.of("backend", "simd", "network", "relu", "threads", "1", "batch", "1"), 1);
        Trial wrong = new Trial("InferenceBenchmark.predict",
                Map.of("backend", "none", "network", "relu", "threads", "1", "batch", "1"), 1);
        List<Result> results = measurer.measure(new Block("group", List.of(
                new Row("right", trial, null, "", Unit.MICROS, null),
                new Row("wrong", wrong, null, "", Unit.MICROS, null))));
        assertThat(results.get(0).problem()).isNull();
        assertThat(results.get(0).figure()).isPositive();
        assertThat(results.get(1).hasFailed()).isTrue();
        assertThat(measurer.forkLines()).anyMatch(line -> line.startsWith("backend simd ("));
        assertThat(Files.readString(folder.resolve("log"))).contains("no backend is called 'none'");
    }
}
