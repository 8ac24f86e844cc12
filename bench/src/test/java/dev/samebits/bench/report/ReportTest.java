package dev.samebits.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.results.Allocation;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Order;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.console.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static Entry entry(String benchmark, Map<String, String> parameters, int callers, String jdk, double... nanos) {
        return new Entry(benchmark, parameters, callers, jdk, Arrays.stream(nanos).mapToObj(n -> new double[] {n}).toList(),
                1e8,
                Map.of("gc.alloc.rate.norm", Arrays.stream(nanos).mapToObj(n -> new double[] {0.01}).toList()), "");
    }

    private static Entry predict(String backend, int batch, double... nanos) {
        return entry("InferenceBenchmark.predict", Map.of("backend", backend, "network", "mnist", "threads", "1",
                "batch", String.valueOf(batch)), 1, "17.0.1", nanos);
    }

    private static Entry peer(int batch, double... nanos) {
        return entry("peers.OnnxRuntimePeer.predict",
                Map.of("network", "mnist", "threads", "1", "batch", String.valueOf(batch)), 1, "17.0.1", nanos);
    }

    private static Entry onTwo(String benchmark, Map<String, String> more, double nanos) {
        Map<String, String> parameters = new java.util.HashMap<>(more);
        parameters.putAll(Map.of("network", "mnist", "threads", "2", "batch", "64"));
        return entry(benchmark, parameters, 1, "17.0.1", nanos);
    }

    private static Results whole() {
        List<Entry> entries = new ArrayList<>(List.of(
                predict("simd", 1, 100, 110, 105), predict("simd", 64, 4000, 4000, 4000),
                predict("opencl", 1, 900, 900, 900), predict("opencl", 64, 1000, 1000, 1000),
                peer(1, 200, 220, 210), peer(64, 3900, 4100, 4000),
                onTwo("InferenceBenchmark.predict", Map.of("backend", "simd"), 2000),
                onTwo("peers.OnnxRuntimePeer.predict", Map.of(), 5000),
                entry("FmaPeak.registers", Map.of("bits", "256"), 1, "17.0.1", 60_000),
                entry("FmaPeak.registers", Map.of("bits", "256"), 2, "17.0.1", 80_000),
                entry("BandwidthBenchmark.triad", Map.of("level", "L2", "kibibytes", "1024"), 1, "17.0.1", 12_000),
                entry("BandwidthBenchmark.triad", Map.of("level", "memory", "kibibytes", "262144"), 1, "17.0.1", 2e7)));
        return new Results(null, entries);
    }

    @Test
    void thePageNeedsNothingElseAndItsPicturesAreWellFormed() throws Exception {
        String page = new HtmlReport(whole()).text();
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http", "<script", "<link", "src=",
                "@import");
        int pictures = 0;
        var parser = javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder();
        for (int from = page.indexOf("<svg"); from >= 0; from = page.indexOf("<svg", from + 1)) {
            String svg = page.substring(from, page.indexOf("</svg>", from) + 6);
            parser.parse(new java.io.ByteArrayInputStream(svg.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            assertThat(svg).doesNotContain("NaN", "Infinity");
            pictures++;
        }
        assertThat(pictures).isGreaterThan(10);
    }

    @Test
    void thePageSaysWhoIsFasterAndWhatCannotBeToldApart() {
        String page = new HtmlReport(whole()).text();
        assertThat(page).contains("simd is <b>2.00×</b> as fast as ONNX Runtime")
                .contains("simd is <b>1.00×</b> as fast as ONNX Runtime: forks overlap, not told apart")
                // Its single thread takes 4,000, its two 5,000.
                .contains("ONNX Runtime, 1 thr.").contains("simd is <b>2.00×</b> as fast as ONNX Runtime</figcaption>")
                .contains("opencl overtakes simd on 1 thread at batch <b>64</b>")
                // It has threads of its own, so nobody on one thread is compared with it.
                .doesNotContain("opencl is <b>").contains("mnist, batch 64, opencl, device");
    }

    @Test
    void aProcessorBehindOpenClIsNoGpu() {
        for (boolean gpu : new boolean[] {true, false}) {
            Machine machine = new Machine("m", Map.of("backend opencl", "d" + (gpu ? "" : Machine.NO_GPU)), List.of(),
                    Map.of(), List.of(), List.of(), "2000-01-01T00:00Z");
            assertThat(new HtmlReport(new Results(machine, whole().entries())).text().contains("There was no GPU"))
                    .isEqualTo(!gpu);
        }
    }

    @Test
    void whatADeviceCountedStandsWithItsTransfer() {
        Map<String, List<double[]>> counted = Map.of("up", List.of(new double[] {16 << 20}), "down",
                List.of(new double[] {16 << 10}));
        Entry in = new Entry("TransferBenchmark.in", Map.of("backend", "opencl", "batch", "4096"), 1, "17",
                List.of(new double[] {1e6}), 1e8, counted, "");
        assertThat(new LimitsSection(new Results(null, List.of(in))).html())
                .contains("16.0 MiB to the device, 0.02 MiB back", "<td>device</td>").doesNotContain("Other numbers");
    }

    @Test
    void orderIsWhatForksAgreeOn() {
        // GFLOP/s fall with these times; 100 and 104 are nearer than the margin, 103 lies between forks of 100 to 105.
        Results results = new Results(null, List.of(predict("a", 1, 100, 100, 100),
                predict("b", 1, 104, 104, 104), predict("c", 1, 200, 300, 200), predict("d", 1, 250, 250, 250),
                predict("e", 1, 320, 330, 320)));
        Order order = Order.of(results).values().iterator().next();
        assertThat(order.entries()).extracting(e -> e.parameter("backend")).containsSubsequence("a", "b")
                .endsWith("e");
        assertThat(order.ties(results.entries().get(0))).containsExactly(2);
        assertThat(order.ties(results.entries().get(2))).containsExactly(order.entries().indexOf(results.entries().get(3))
                + 1);
        assertThat(order.ties(results.entries().get(4))).isEmpty();
        assertThat(new OrderSection(results).text()).isEqualTo("8 of 10 pairs are told apart.");
        assertThat(OrderSection.ranges(List.of(1, 2, 4, 6, 7, 8))).isEqualTo("1, 2, 4, 6 to 8");

        Results other = new Results(null, List.of(predict("a", 1, 100, 100, 100),
                predict("b", 1, 200, 200, 200), predict("c", 1, 150, 150, 150), predict("e", 1, 90, 90, 90)));
        Results two = new Results(null, List.of(predict("a", 1, 100, 100), predict("b", 1, 900, 900)));
        assertThat(new OrderSection(two).text()).startsWith("0 of 1 ");
        StringWriter said = new StringWriter();
        new Comparison(results, other).print(new PrintWriter(said, true));
        // a before c, b after it, which was before; e before all, after which it was.
        assertThat(said.toString()).contains("Order: 5 pairs are told apart in both, 1 of them in the same order.",
                "REVERSED: mnist, batch 1, b, 1 thread and mnist, batch 1, c, 1 thread");
    }

    @Test
    void peaksBandwidthsAndGains() {
        Limits limits = new Limits(whole());
        assertThat(limits.peak(1)).isEqualTo(2.0 * 12 * 100_000 * 8 / 60_000);
        assertThat(limits.peak(2)).isEqualTo(2 * 2.0 * 12 * 100_000 * 8 / 80_000);
        assertThat(limits.held(new Cost(0, 2 << 20), 1).level()).isEqualTo("L2");
        assertThat(limits.held(new Cost(0, (2 << 20) + 1), 1).level()).isEqualTo("memory");
        assertThat(limits.held(new Cost(0, 1000), 10)).isEqualTo(new Limits.Held("L2", 10 * 12_000.0 / (1 << 20)));
        // Two callers, each as much work as one does alone in three quarters of the time of two.
        assertThat(new ScalingSection(whole()).html()).contains("<b>1.50×</b>");
    }

    @Test
    void whatAllocatesFails() {
        Entry clean = predict("simd", 1, 100, 100);
        Entry dirty = new Entry(clean.benchmark(), clean.parameters(), 1, "17", clean.forks(), 1e8,
                Map.of("gc.alloc.rate.norm", List.of(new double[] {0.1, 24}, new double[] {24, 24.1})), "");
        assertThat(Allocation.isJudged(clean)).isTrue();
        assertThat(Allocation.passes(clean)).isTrue();
        assertThat(Allocation.passes(dirty)).isFalse();
        assertThat(new Summary(new Results(null, List.of(clean))).print(new PrintWriter(new StringWriter()))).isTrue();
        StringWriter said = new StringWriter();
        assertThat(new Summary(new Results(null, List.of(dirty))).print(new PrintWriter(said, true))).isFalse();
        assertThat(said.toString()).contains("ALLOCATES: mnist, batch 1, simd");
        // Ten calls in an iteration: what the harness allocates would drown an object.
        assertThat(Allocation.isJudged(predict("simd", 4096, 1e7, 1e7))).isFalse();
    }

    @Test
    void comparesDistributionsOfForks() {
        Results old = new Results(null, List.of(predict("simd", 1, 100, 101, 99, 102, 100), predict("simd", 64, 50, 90, 50,
                90, 70),
                predict("simd", 8, 100, 100.1, 100.2, 100.3, 100.4), predict("simd", 16, 10, 10)));
        Results now = new Results(null, List.of(predict("simd", 1, 80, 82, 81, 79, 80), predict("simd", 64, 60, 80, 55, 95,
                60),
                predict("simd", 8, 101, 101.1, 101.2, 101.3, 101.4), predict("simd", 16, 20, 20), predict("simd", 512, 1)));
        assertThat(new Comparison(old, now).verdicts()).containsExactly(Comparison.Verdict.FASTER, Comparison.Verdict.NOISE,
                Comparison.Verdict.NOISE, Comparison.Verdict.MAYBE_SLOWER);
        StringWriter said = new StringWriter();
        assertThat(new Comparison(old, now).print(new PrintWriter(said, true))).isTrue();
        assertThat(said.toString()).contains("1.250", "Of 4 that are ours, 0 are slower beyond noise and 1 faster",
                "1 is in one of the files only", "Of 1 there are too few forks to say", "Nothing here shows how far");
        assertThat(new Comparison(now, old).print(new PrintWriter(said, true))).isFalse();
    }

    @Test
    void whatIsOnlyCountedIsNotCompared() {
        Results counted = new Results(null, List.of(entry("SessionMemoryBenchmark.openAndPredict",
                Map.of("backend", "simd", "network", "mnist", "threads", "1", "batch", "256"), 1, "17", 1, 2, 3, 4, 5)));
        assertThat(new Comparison(counted, counted).verdicts()).isEmpty();
    }

    @Test
    void fourForksBesideFourCannotExcludeChance() {
        Results old = new Results(null, List.of(predict("simd", 1, 100, 101, 102, 103)));
        Results slow = new Results(null, List.of(predict("simd", 1, 200, 201, 202, 203)));
        Results more = new Results(null, List.of(predict("simd", 1, 200, 201, 202, 203, 204)));
        Results near = new Results(null, List.of(predict("simd", 1, 104, 104, 104, 104)));
        assertThat(new Comparison(old, slow).verdicts()).containsExactly(Comparison.Verdict.MAYBE_SLOWER);
        assertThat(new Comparison(old, more).verdicts()).containsExactly(Comparison.Verdict.SLOWER);
        // Apart, but nearer than the margin by which forks lie apart by chance.
        assertThat(new Comparison(old, near).verdicts()).containsExactly(Comparison.Verdict.NOISE);
    }

    @Test
    void whatMovesNoFurtherThanTheMachineIsNoChangeOfOurs() {
        double[] before = {100, 101, 102, 103, 104};
        double[] tenthSlower = {110, 111, 112, 113, 114};
        Results old = new Results(null, List.of(predict("simd", 1, before), predict("simd", 8, before), peer(1, before)));
        Results now = new Results(null, List.of(predict("simd", 1, 108, 109, 110, 111, 112),
                predict("simd", 8, 150, 151, 152, 153, 154), peer(1, tenthSlower)));
        assertThat(new Comparison(old, now).verdicts()).containsExactly(Comparison.Verdict.AS_THE_MACHINE,
                Comparison.Verdict.SLOWER, Comparison.Verdict.SLOWER);
        StringWriter said = new StringWriter();
        new Comparison(old, now).print(new PrintWriter(said, true));
        assertThat(said.toString()).contains("1 of them, ran at 0.911 to 1.000 times its speed before",
                "Of 2 that are ours, 1 are slower beyond noise");
    }

    @Test
    void readsOnlyWhatJmhWrites(@TempDir Path folder) throws IOException {
        for (String text : List.of("", "{}", "[1]", "[{}]", "[{\"benchmark\": 3}]", "not json", "[{\"benchmark\":\"a.b\","
                + "\"primaryMetric\":{\"scoreUnit\":\"ops/s\"}}]")) {
            Path file = Files.writeString(folder.resolve("a"), text);
            assertThatThrownBy(() -> Results.read(file)).as(text).isInstanceOf(Problem.class)
                    .hasMessageContaining("not a file of JMH's results (").hasMessageContaining(file + ": give one that");
        }
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(new LogAxis(0.5, 5000, 0, 1).ticks()).containsExactly(1.0, 10.0, 100.0, 1000.0);
        assertThat(new LogAxis(1.5, 12, 0, 1).ticks()).containsExactly(2.0, 5.0, 10.0);
        assertThat(new LogAxis(1, 100, 0, 50).at(10)).isEqualTo(25);
        assertThat(List.of(LogAxis.label(0.1), LogAxis.label(3), LogAxis.label(20_000), LogAxis.label(5e6)))
                .containsExactly("0.1", "3", "20k", "5M");
    }
}
