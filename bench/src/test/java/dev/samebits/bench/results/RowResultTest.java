package dev.samebits.bench.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of the goals, made of what forks measured. */
class RowResultTest {
    private static Entry entry(String block, String benchmark, String jdk, Map<String, String> parameters,
            Map<String, List<double[]>> figures, double... nanos) {
        return new Entry(benchmark, parameters, 1, jdk, Arrays.stream(nanos).mapToObj(n -> new double[] {n}).toList(), 1e8,
                figures, block);
    }

    private static Entry predict(String block, String jdk, double... nanos) {
        return entry(block, "InferenceBenchmark.predict", jdk,
                Map.of("backend", "simd", "network", "mnist", "threads", "1", "batch", "1"),
                Map.of("gc.alloc.rate.norm", Arrays.stream(nanos).mapToObj(n -> new double[] {50, 40}).toList()), nanos);
    }

    private static Entry peer(String block, String jdk, double... nanos) {
        return entry(block, "peers.OnnxRuntimePeer.predict", jdk,
                Map.of("network", "mnist", "threads", "1", "batch", "1"), Map.of(), nanos);
    }

    private static final String BLOCK = "784-512-256-10, 1 thread, batch 1";

    @Test
    void aFigureIsTheMedianOverTheRoundsOfTheRatioOfSpeeds() {
        List<RowResult> rows = RowResult.of(new Results(null, List.of(predict(BLOCK, "17", 10_000, 20_000, 10_000),
                peer(BLOCK, "17", 14_000, 14_000, 13_000))));
        assertThat(rows).hasSize(1);
        RowResult row = rows.get(0);
        assertThat(row.row().name()).isEqualTo(BLOCK);
        assertThat(row.figures()).containsExactly(1.4, 0.7, 1.3);
        assertThat(row.own()).containsExactly(10, 20, 10);
        assertThat(row.row().unit().text(10)).isEqualTo("10.00 µs");
        assertThat(row.isSteady()).isFalse();
        assertThat(row.verdict()).isEqualTo("missed by 7 %");
    }

    @Test
    void forksThatWereMeasuredInAnotherBlockAreAnotherRows() {
        assertThat(RowResult.of(new Results(null, List.of(predict(BLOCK, "17", 10_000), peer("another", "17", 14_000)))))
                .isEmpty();
        // Where there are no blocks, everything was measured in turn.
        assertThat(RowResult.of(new Results(null, List.of(predict("", "17", 10_000), peer("", "17", 14_000)))))
                .extracting(row -> row.row().against()).containsExactly("ONNX Runtime", "");
    }

    @Test
    void whatIsNativeStandsBesideEveryJdk() {
        List<RowResult> rows = RowResult.of(new Results(null, List.of(predict(BLOCK, "17.0.1", 10_000),
                peer(BLOCK, "17.0.1", 20_000), predict(BLOCK, "25.0.1", 5_000))));
        assertThat(rows).extracting(RowResult::jdk).containsExactly("17", "25");
        assertThat(rows).extracting(RowResult::figure).containsExactly(2.0, 4.0);
        assertThat(rows).extracting(RowResult::verdict).containsOnly("met");
    }

    /** And the goal is that of the vectors which the file says were measured, whatever this machine has. */
    @Test
    void withoutAYardstickTheFigureIsTheValue() {
        String name = "gelu value, in cache";
        for (int bits : new int[] {256, 512}) {
            RowResult row = RowResult.of(new Results(machine(bits), List.of(entry(name, "ActivationBenchmark.value", "17",
                    Map.of("backend", "simd", "activation", "gelu", "elements", "4096"), Map.of(), 2048, 6144)))).get(0);
            assertThat(row.figure()).isEqualTo(1);
            assertThat(row.verdict()).isEqualTo(bits == 256 ? "met" : "missed by 25 %");
            assertThat(row.yardstick()).isEmpty();
        }
    }

    private static Machine machine(int bits) {
        return new Machine("m", Map.of(), List.of(), Map.of("vectors", bits + " bits"), List.of(), List.of(),
                "2000-01-01T00:00Z");
    }

    @Test
    void vectorsAreThoseOfTheSettingsThenOfThePeaksThenOfTheBackend() {
        List<Entry> peaks = List.of(peak("", "17", 256, 100), peak("", "17", 512, 100));
        assertThat(new Results(machine(128), peaks).vectorBits()).isEqualTo(128);
        assertThat(new Results(null, peaks).vectorBits()).isEqualTo(512);
        Machine old = new Machine("m", Map.of("backend simd", "amd64, 1024-bit vectors of 32 floats"), List.of(), Map.of(),
                List.of(), List.of(), "2000-01-01T00:00Z");
        assertThat(new Results(old, List.of()).vectorBits()).isEqualTo(1024);
    }

    @Test
    void bytesOfACallAreThoseOfTheBestIteration() {
        String name = "inference, 1 thread, batch 1, bytes a call";
        RowResult row = RowResult.of(new Results(null, List.of(predict(name, "17", 10_000)))).get(0);
        // 8 KiB of the harness's own, over 10,000 calls.
        assertThat(row.figure()).isEqualTo(40 - 0.8192, within(1e-9));
        assertThat(row.verdict()).isEqualTo("missed by 161 %");
    }

    private static Entry affine(String block, String jdk, int threads, double... gflops) {
        return entry(block, "AffineBenchmark.session", jdk, Map.of("backend", "simd", "threads", String.valueOf(threads),
                "batch", "4096", "inputs", "1024", "outputs", "1024"), Map.of(),
                Arrays.stream(gflops).map(speed -> 8_589_934_592.0 / speed).toArray());
    }

    private static Entry peak(String block, String jdk, int bits, double... gflops) {
        return entry(block, "FmaPeak.registers", jdk, Map.of("bits", String.valueOf(bits)), Map.of(),
                Arrays.stream(gflops).map(speed -> 2 * 12 * 100_000 * (bits / 32) / speed).toArray());
    }

    private static final String AFFINE = "affine, 1 thread";

    /** In the same round, in another, in another block, on another JDK: a machine has one limit. */
    @Test
    void aShareIsOneOfTheBestThatAnyForkReached() {
        List<RowResult> rows = RowResult.of(new Results(null, List.of(
                affine(AFFINE, "17.0.1", 1, 60, 66, 72), peak(AFFINE, "17.0.1", 512, 70, 96, 80),
                affine(AFFINE, "25.0.1", 1, 90, 90, 90), peak(AFFINE, "25.0.1", 512, 75, 75, 100),
                peak("784-512-256-10, 1 thread, batch 8", "25.0.1", 512, 120, 60),
                // Of other vectors, which these do not use.
                peak("", "17.0.1", 256, 200))));
        assertThat(rows).extracting(row -> row.row().against()).containsExactly("FMA peak", "FMA peak");
        assertThat(rows.get(0).yardstick()).containsExactly(new double[] {120, 120, 120}, within(1e-9));
        assertThat(rows.get(0).figures()).containsExactly(new double[] {0.5, 0.55, 0.6}, within(1e-9));
        assertThat(rows.get(0).verdict()).isEqualTo("missed by 40 %");
        assertThat(rows.get(1).figure()).isEqualTo(0.75, within(1e-9));
        // The peak's forks lie apart, and it does not matter: only the best counts.
        assertThat(rows).allMatch(RowResult::isSteady);
    }

    private static Entry iterations(Entry e, double[]... forks) {
        return new Entry(e.benchmark(), e.parameters(), e.callers(), e.jdk(), List.of(forks), e.iteration(), e.figures(),
                e.block());
    }

    /** A share takes the fastest iteration of each fork, as the limit does; a ratio takes all, and names the fastest. */
    @Test
    void whatNeighboursDisturbedIsToldApart() {
        RowResult share = RowResult.of(new Results(null, List.of(
                iterations(affine(AFFINE, "17", 1, 1), new double[] {2e8, 1e8}, new double[] {4e8, 1.25e8}),
                iterations(peak(AFFINE, "17", 512, 1), new double[] {4e5, 3.84e5})))).get(0);
        assertThat(share.own()).containsExactly(new double[] {85.9, 68.7}, within(0.1));
        assertThat(share.yardstick()).containsExactly(new double[] {100, 100}, within(1e-9));
        assertThat(share.figure()).isEqualTo((0.859 + 0.687) / 2, within(1e-3));
        assertThat(share.undisturbed()).isEqualTo(0.859, within(1e-3));
        RowResult ratio = RowResult.of(new Results(null, List.of(
                iterations(predict(BLOCK, "17", 1), new double[] {3000, 1000}, new double[] {4000, 4000}),
                iterations(peer(BLOCK, "17", 1), new double[] {4000, 2000}, new double[] {4000, 4000})))).get(0);
        assertThat(ratio.figures()).containsExactly(1.5, 1);
        assertThat(ratio.undisturbed()).isEqualTo(2);
    }

    @Test
    void aShareAboveOneIsAFaultAndNeverMet() {
        for (double[] own : new double[][] {{114}, {95, 96, 102}}) {
            RowResult row = RowResult.of(new Results(null,
                    List.of(affine(AFFINE, "17", 1, own), peak(AFFINE, "17", 512, 100, 90, 80)))).get(0);
            assertThat(row.isAboveLimit()).isTrue();
            assertThat(row.isMet()).isFalse();
            assertThat(row.verdict()).isEqualTo("above the limit: measure again on a quiet machine");
        }
        RowResult rounding = RowResult.of(new Results(null,
                List.of(affine(AFFINE, "17", 1, 100.5), peak(AFFINE, "17", 512, 100)))).get(0);
        assertThat(rounding.isMet()).isTrue();
        assertThat(rounding.verdict()).isEqualTo("met");
        // Without a goal, too.
        Map<String, String> step = Map.of("backend", "simd", "network", "mnist", "threads", "1", "batch", "1");
        RowResult training = RowResult.of(new Results(null, List.of(
                entry("", "TrainingBenchmark.step", "17", step, Map.of(), 10), peak("", "17", 512, 100)))).get(0);
        assertThat(training.row().goal()).isNull();
        assertThat(training.verdict()).startsWith("above the limit");
    }

    /** Of two that vary the single rounds say little. */
    @Test
    void aGainOfMoreThanTheThreadsIsAFault() {
        String block = "affine, all cores";
        RowResult gain = RowResult.of(new Results(null, List.of(affine(block, "17", 2, 100, 198, 199),
                affine(block, "17", 1, 40, 100, 100)))).get(0);
        assertThat(gain.figures()[0]).isEqualTo(2.5, within(1e-9));
        assertThat(gain.verdict()).isEqualTo("met");
        RowResult fault = RowResult.of(new Results(null, List.of(affine(block, "17", 2, 100, 100, 100),
                affine(block, "17", 1, 40, 49, 40)))).get(0);
        assertThat(fault.verdict()).startsWith("above the limit");
        assertThat(fault.isMet()).isFalse();
    }

    @Test
    void outOfCacheTheLimitIsTheFastestLoopThroughMemory() {
        String name = "gelu value, out of cache";
        Map<String, String> elements = Map.of("elements", "16777216");
        Map<String, String> gelu = Map.of("backend", "simd", "activation", "gelu", "elements", "16777216");
        RowResult row = RowResult.of(new Results(null, List.of(
                entry(name, "ActivationBenchmark.value", "17", gelu, Map.of(), 10e6, 12e6),
                entry(name, "MemoryBenchmark.scale", "17", elements, Map.of(), 20e6, 9e6)))).get(0);
        assertThat(row.figures()).containsExactly(0.9, 0.75);
    }

    @Test
    void firstRowsAreAMultipleOfScalarsTime() {
        String block = "first rows of a JVM";
        List<RowResult> rows = RowResult.of(new Results(null, List.of(first(block, "simd", "no", 240e6, 250e6),
                first(block, "simd", "yes", 1e6, 3e6), first(block, "scalar", "no", 60e6, 50e6))));
        assertThat(rows).extracting(row -> row.row().name()).containsExactly("32-64-32-1 relu, first 1,000 rows of a JVM",
                "32-64-32-1 relu, first 1,000 rows of a JVM, warmed up");
        assertThat(rows.get(0).own()).containsExactly(240, 250);
        assertThat(rows.get(0).figures()).containsExactly(4, 5);
        assertThat(rows).extracting(RowResult::verdict).containsExactly("missed by 125 %", "met");
        // By the rows' time, and not by JMH's, which is of nothing.
        assertThat(rows).extracting(RowResult::isSteady).containsExactly(true, false);
    }

    private static Entry first(String block, String backend, String warmUp, double... nanos) {
        return entry(block, "ColdStartBenchmark.last", "17", Map.of("backend", backend, "warmUp", warmUp),
                Map.of("first", Arrays.stream(nanos).mapToObj(n -> new double[] {n}).toList()), 1, 7);
    }

    @Test
    void memoryIsAMultipleOfTheWeights() {
        Map<String, List<double[]>> counted = Map.of("weights", List.of(new double[] {2e6}),
                "held", List.of(new double[] {5e6}), "opening", List.of(new double[] {6e6}));
        List<RowResult> rows = RowResult.of(new Results(null, List.of(entry("memory, 784-512-256-10, 1 thread",
                "SessionMemoryBenchmark.openAndPredict", "17",
                Map.of("backend", "simd", "network", "mnist", "threads", "1", "batch", "256"), counted, 1))));
        assertThat(rows).extracting(RowResult::figure).containsExactly(2.5, 3.0);
        assertThat(rows).extracting(RowResult::verdict).containsExactly("missed by 14 %", "met");
        assertThat(rows.get(0).own()).containsExactly(5);
    }
}
