package dev.samebits.bench.results;

import static dev.samebits.bench.results.Measured.loop;
import static dev.samebits.bench.results.Measured.peak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.bench.jmh.Cost;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the machine can do at most, and where operands lie. */
class LimitsTest {
    private static Results withCaches(String caches, Entry... entries) {
        return new Results(new Machine("m", Map.of("caches", caches), List.of(), Map.of(), List.of(), List.of(),
                "2000-01-01T00:00Z"), List.of(entries));
    }

    /** Not the median, and not of one JDK: a busy minute is no limit of the machine. */
    @Test
    void aLimitIsTheBestThatAnyForkReached() {
        Limits limits = new Limits(new Results(null, List.of(peak("17", 256, 65, 66, 64), peak("25", 256, 60, 98, 61),
                peak("17", 128, 50), loop("triad", "L2", 1024, "17", 30, 40, 35), loop("read", "L2", 1024, "25", 90, 20),
                loop("copy", "L2", 1024, "17", 50))));
        assertThat(limits.peak(1)).isEqualTo(98, within(1e-9));
        assertThat(limits.peaks()).hasSize(2).containsKey(128);
        assertThat(limits.peaks().get(256)).isEqualTo(98, within(1e-9));
        assertThat(limits.bandwidths().get("L2")).isEqualTo(90, within(1e-9));
    }

    /** What is moved faster than memory moves anything does not come from memory: no 402 % of its bandwidth. */
    @Test
    void operandsLieWhereTheirSpeedCanComeFrom() {
        String caches = "L1 data 32 KiB, L2 512 KiB, L3 32768 KiB";
        Limits limits = new Limits(withCaches(caches, loop("read", "L1", 16, "17", 200), loop("read", "L2", 256, "17", 100),
                loop("read", "L3", 4096, "17", 50), loop("read", "memory", 262_144, "17", 10)));
        int mebibyte = 1 << 20;
        assertThat(held(limits, 64 * mebibyte, 5)).isEqualTo("memory 50 %");
        // Larger than what the loop of L3 filled, which shows only that L3 holds so much: their speed decides, if it can.
        assertThat(held(limits, 16 * mebibyte, 40)).isEqualTo("L3 80 %");
        assertThat(held(limits, 16 * mebibyte, 5)).isEqualTo("L3 or memory NaN %");
        assertThat(held(limits, 16 * mebibyte, 60)).isEqualTo("L3, partly L2 NaN %");
        assertThat(held(limits, 64 * mebibyte, 40)).isEqualTo("memory, partly L3 NaN %");
        assertThat(held(limits, mebibyte, 80)).isEqualTo("L3, partly L2 NaN %");
        assertThat(held(limits, mebibyte, 50)).isEqualTo("L3 100 %");
        // No cache is faster: a fault of the measurement, which the page names.
        assertThat(held(limits, 1000, 300)).isEqualTo("L1 150 %");
        // Where a level was not measured, it holds what fits it, and there is no share.
        Limits few = new Limits(withCaches(caches, loop("read", "L2", 256, "17", 100),
                loop("read", "memory", 262_144, "17", 10)));
        assertThat(held(few, 16 * mebibyte, 40)).isEqualTo("L3 NaN %");
        assertThat(held(few, 1000, 40)).isEqualTo("L1 NaN %");
        assertThat(new Limits(new Results(null, List.of())).held(new Cost(0, 1), 1).level()).isEmpty();
    }

    private static String held(Limits limits, int bytes, double gigabytes) {
        Limits.Held held = limits.held(new Cost(0, bytes), gigabytes);
        return held.level() + " " + (Double.isNaN(held.share()) ? "NaN" : Math.round(100 * held.share())) + " %";
    }

    /** What is read and written is moved twice and lies in a cache once. */
    @Test
    void whatIsHeldIsNoMoreThanTheOperands() {
        Cost update = Cost.of("KernelBenchmark.update", Map.of("batch", "1", "inputs", "512", "outputs", "256"));
        Limits limits = new Limits(withCaches("L1 data 32 KiB, L2 1024 KiB, L3 32768 KiB",
                loop("read", "L2", 512, "17", 100), loop("read", "L3", 4096, "17", 50)));
        assertThat(update.bytes()).isEqualTo(1.5 * (1 << 20));
        assertThat(limits.held(update, 20)).isEqualTo(new Limits.Held("L2", 0.2));
    }
}
