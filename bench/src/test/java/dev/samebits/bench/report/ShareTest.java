package dev.samebits.bench.report;

import static dev.samebits.bench.results.Measured.entry;
import static dev.samebits.bench.results.Measured.loop;
import static dev.samebits.bench.results.Measured.peak;
import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Results;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shares of what the machine can do: those above it are named wherever shares are shown. */
class ShareTest {
    private static Entry predict(int batch, double... nanos) {
        return entry("InferenceBenchmark.predict", Map.of("backend", "simd", "network", "mnist", "threads", "1", "batch",
                String.valueOf(batch)), 1, "17.0.1", nanos);
    }

    @Test
    void aShareAboveOneIsNamedInEveryTable() {
        Results busy = new Results(null, List.of(predict(256, 1e6), peak("17.0.1", 256, 100, 90),
                loop("read", "L2", 4096, "17.0.1", 100), loop("read", "memory", 262_144, "17.0.1", 10)));
        // 274 GFLOP/s beside a peak of 100.
        String page = new MarkdownPage(busy).text("busy");
        assertThat(page).contains("| above the limit |", "Above the limit is a fault of the measurement: ", "95 %")
                .doesNotContain("274 %");
        String html = new HtmlReport(busy).text();
        assertThat(html).contains("<span class=\"caution\">above the limit</span>",
                "Above the limit is a fault of the measurement: ").doesNotContain("274 %");
        String quiet = new MarkdownPage(new Results(null, List.of(predict(256, 1e7), peak("17.0.1", 256, 100, 90))))
                .text("quiet");
        assertThat(quiet).contains(" 27 % |").doesNotContain("bove the limit");
    }

    @Test
    void theHeadlineAndTheGainsNameAFault() {
        Map<String, String> affine = Map.of("backend", "simd", "threads", "1", "batch", "1024", "inputs", "1024", "outputs",
                "1024");
        Map<String, String> onTwo = new HashMap<>(affine);
        onTwo.put("threads", "2");
        Results busy = new Results(null, List.of(entry("AffineBenchmark.session", affine, 1, "17.0.1", 2e7),
                entry("AffineBenchmark.session", onTwo, 1, "17.0.1", 0.9e7), peak("17.0.1", 256, 90)));
        assertThat(new Headline(busy, "17").tiles()).extracting(Headline.Tile::note)
                .contains("above the limit: measure again");
        assertThat(new ScalingSection(busy).html()).contains("<b>2.22×</b>", "above the limit", "Measure again");
    }

    /** The machine's gain is that of its best forks: one busy fork on one thread is no gain. */
    @Test
    void theMachinesGainIsThatOfItsBestForks() {
        Entry two = entry("FmaPeak.registers", Map.of("bits", "256"), 2, "17.0.1", 2 * 19_200_000 / 180.0,
                2 * 19_200_000 / 120.0, 2 * 19_200_000 / 120.0);
        assertThat(new ScalingSection(new Results(null, List.of(peak("17.0.1", 256, 100, 60, 60), two))).html())
                .contains("<b>1.80×</b>", "90 %");
    }

    @Test
    void faultsAreCountedBelowTheGoals() {
        String block = "affine, 1 thread";
        Entry own = new Entry("AffineBenchmark.session", Map.of("backend", "simd", "threads", "1", "batch", "4096",
                "inputs", "1024", "outputs", "1024"), 1, "17", List.of(new double[] {8_589_934_592.0 / 114}), 1e8, Map.of(),
                block);
        Entry limit = new Entry("FmaPeak.registers", Map.of("bits", "256"), 1, "17",
                List.of(new double[] {19_200_000 / 100.0}), 1e8, Map.of(), block);
        Results results = new Results(null, List.of(own, limit));
        assertThat(new GoalTable(results).summary()).isEqualTo("0 of 1 goals are met. Of 1 row the figure is above the "
                + "limit, which is a fault of the measurement: measure again on a quiet machine.");
        assertThat(new GoalTable(results).text()).contains("above the limit: measure again on a quiet machine");
        assertThat(new MarkdownPage(results).text("goals")).contains("The goals are those for vectors of 256 bits.");
    }

    @Test
    void textOfAShare() {
        assertThat(List.of(Share.text(0.934), Share.text(1), Share.text(1.009), Share.text(1.02), Share.text(4.02),
                Share.text(Double.NaN), Share.text(Double.POSITIVE_INFINITY)))
                .containsExactly("93 %", "100 %", "101 %", "above the limit", "above the limit", "", "");
    }
}
