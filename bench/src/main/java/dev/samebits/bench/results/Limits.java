package dev.samebits.bench.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the machine can do at most on one JDK, as the same run measured it. */
public final class Limits {
    private final List<Entry> entries;
    /** Bytes that fit each level, and GB/s of the triad there, for one core. */
    private final Map<String, double[]> levels = new LinkedHashMap<>();

    public Limits(Results results, String jdk) {
        entries = results.entries().stream().filter(e -> e.feature().equals(jdk)).toList();
        for (Entry e : entries) {
            if (e.isA("BandwidthBenchmark.triad") && e.callers() == 1) {
                // The loops fill half of a cache.
                levels.put(e.parameter("level"), new double[] {2048.0 * Double.parseDouble(e.parameter("kibibytes")),
                    Entry.median(e.gigabytes())});
            }
        }
    }

    /** GFLOP/s of the widest vectors on this many threads; NaN if it was not measured. */
    public double peak(int threads) {
        return fma(threads).map(e -> Entry.median(e.gflops())).orElse(Double.NaN);
    }

    private Optional<Entry> fma(int threads) {
        return entries.stream()
                .filter(e -> e.isA("FmaPeak.registers") && e.callers() == threads)
                .max(Comparator.comparingInt(e -> Integer.parseInt(e.parameter("bits"))));
    }

    /** The peaks of one core by vector width in bits. */
    public Map<Integer, Double> peaks() {
        Map<Integer, Double> peaks = new LinkedHashMap<>();
        entries.stream().filter(e -> e.isA("FmaPeak.registers") && e.callers() == 1).forEach(
                e -> peaks.put(Integer.parseInt(e.parameter("bits")), Entry.median(e.gflops())));
        return peaks;
    }

    /** GB/s of one core by level. */
    public Map<String, Double> bandwidths() {
        Map<String, Double> all = new LinkedHashMap<>();
        levels.forEach((level, sizeAndSpeed) -> all.put(level, sizeAndSpeed[1]));
        return all;
    }

    /** The level that holds so many bytes. */
    public String levelOf(double bytes) {
        for (Map.Entry<String, double[]> level : levels.entrySet()) {
            if (bytes <= level.getValue()[0]) {
                return level.getKey();
            }
        }
        return "memory";
    }

    /** GB/s of one core where so many bytes are held; NaN if it was not measured. */
    public double bandwidth(double bytes) {
        double[] level = levels.get(levelOf(bytes));
        return level == null ? Double.NaN : level[1];
    }

    /** Largest number of threads that the FMA loop ran on. */
    public int cores() {
        return entries.stream().filter(e -> e.isA("FmaPeak.registers")).mapToInt(Entry::callers).max().orElse(1);
    }

    /** Whether there is enough to draw a roof. */
    public boolean areKnown() {
        return !Double.isNaN(peak(1)) && !levels.isEmpty();
    }

    /** The lowest and highest of a number of forks. */
    public static double[] range(double[] values) {
        return new double[] {Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow()};
    }
}
