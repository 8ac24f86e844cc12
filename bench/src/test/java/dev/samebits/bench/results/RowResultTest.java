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

    @Test
    void withoutAYardstickTheFigureIsTheValue() {
        String name = "gelu value, in cache";
        RowResult row = RowResult.of(new Results(null, List.of(entry(name, "ActivationBenchmark.value", "17",
                Map.of("backend", "simd", "activation", "gelu", "elements", "4096"), Map.of(), 2048, 6144)))).get(0);
        assertThat(row.figure()).isEqualTo(1);
        assertThat(row.verdict()).isEqualTo("met");
        assertThat(row.yardstick()).isEmpty();
    }

    @Test
    void bytesOfACallAreThoseOfTheBestIteration() {
        String name = "inference, 1 thread, batch 1, bytes a call";
        RowResult row = RowResult.of(new Results(null, List.of(predict(name, "17", 10_000)))).get(0);
        // 8 KiB of the harness's own, over 10,000 calls.
        assertThat(row.figure()).isEqualTo(40 - 0.8192, within(1e-9));
        assertThat(row.verdict()).isEqualTo("missed by 161 %");
    }

    @Test
    void shareOfThePeakIsByItsVectors() {
        Map<String, String> affine = Map.of("backend", "simd", "threads", "1", "batch", "4096", "inputs", "1024",
                "outputs", "1024");
        RowResult row = RowResult.of(new Results(null, List.of(
                entry("affine, 1 thread", "AffineBenchmark.session", "17", affine, Map.of(), 8_589_934_592.0 / 95),
                entry("affine, 1 thread", "FmaPeak.registers", "17", Map.of("bits", "512"), Map.of(),
                        2 * 12 * 100_000 * 16 / 100.0)))).get(0);
        assertThat(row.figure()).isEqualTo(0.95, within(1e-9));
        assertThat(row.row().against()).isEqualTo("FMA peak");
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
