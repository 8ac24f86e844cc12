package dev.samebits.bench.results;

import dev.samebits.bench.jmh.Cost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the machine can do at most, as the same run measured it: the best that any fork of a loop reached, on whichever JDK.
 * What slows a fork down, a neighbour or a frequency, is not the machine's limit; and the loops are so plain that no JDK
 * makes more of them than there is.
 */
public final class Limits {
    /** A share above this is no rounding: the limit was not reached when it was measured, or more cores were at work. */
    public static final double MOST = 1.01;

    /** What is said where a share is above {@link #MOST}. */
    public static final String ABOVE = "above the limit";

    /**
     * A cache, or memory.
     *
     * @param reach bytes that its own loop shows to be held there
     * @param size bytes that it may hold, as the system states it, which on a rented machine is more than one's own part
     * @param speed GB/s of one core; NaN if it was not measured
     */
    private record Level(String name, double reach, double size, double speed) {}

    /**
     * Where operands lie, and how much of its speed is used.
     *
     * @param level its name, or two where the operands lie in both; empty where nothing is known of any
     * @param share of its bandwidth; NaN where that would say nothing
     */
    public record Held(String level, double share) {}

    private final List<Entry> entries;
    private final List<Level> levels = new ArrayList<>();

    public Limits(Results results) {
        entries = results.entries();
        Map<String, Double> sizes = results.machine() == null ? Map.of() : results.machine().caches();
        for (String name : List.of("L1", "L2", "L3", "memory")) {
            List<Entry> loops = entries.stream()
                    .filter(e -> e.benchmark().startsWith("BandwidthBenchmark.") && e.callers() == 1)
                    .filter(e -> e.parameter("level").equals(name)).toList();
            double size = sizes.getOrDefault(name, 0.0);
            if (!loops.isEmpty()) {
                // The loops fill half of a cache.
                double reach = loops.stream().mapToDouble(e -> 2048 * Double.parseDouble(e.parameter("kibibytes"))).max()
                        .orElseThrow();
                levels.add(new Level(name, reach, Math.max(reach, size),
                        loops.stream().mapToDouble(e -> range(e.gigabytes())[1]).max().orElseThrow()));
            } else if (size > 0) {
                levels.add(new Level(name, size, size, Double.NaN));
            }
        }
    }

    private Stream<Entry> loops(int threads) {
        return entries.stream().filter(e -> e.isA("FmaPeak.registers") && e.callers() == threads);
    }

    /** GFLOP/s of the widest vectors on this many threads; NaN if it was not measured. */
    public double peak(int threads) {
        int widest = loops(threads).mapToInt(Limits::bits).max().orElse(0);
        return loops(threads).filter(e -> bits(e) == widest).mapToDouble(e -> range(e.gflops())[1]).max()
                .orElse(Double.NaN);
    }

    private static int bits(Entry e) {
        return Integer.parseInt(e.parameter("bits"));
    }

    /** The peaks of one core by vector width in bits. */
    public Map<Integer, Double> peaks() {
        Map<Integer, Double> peaks = new TreeMap<>();
        loops(1).forEach(e -> peaks.merge(bits(e), range(e.gflops())[1], Math::max));
        return peaks;
    }

    /** GB/s of one core by level, of those that were measured. */
    public Map<String, Double> bandwidths() {
        Map<String, Double> all = new LinkedHashMap<>();
        levels.stream().filter(level -> !Double.isNaN(level.speed())).forEach(level -> all.put(level.name(), level.speed()));
        return all;
    }

    /**
     * Where what a call needs is held, by its size: but what is moved faster than that level moves anything lies in a
     * smaller one, or partly in it, and then has no share of either. Nor has what is larger than a cache was seen to hold
     * and smaller than the system states: of a cache that is shared nobody knows how much is one's own.
     */
    public Held held(Cost cost, double gigabytes) {
        int place = 0;
        while (place < levels.size() - 1 && cost.held() > levels.get(place).reach()) {
            place++;
        }
        return levels.isEmpty() ? new Held("", Double.NaN) : held(place, cost.held(), gigabytes);
    }

    private Held held(int place, double bytes, double gigabytes) {
        Level level = levels.get(place);
        double share = gigabytes / level.speed();
        if (place == 0) {
            return new Held(level.name(), share);
        }
        Level smaller = levels.get(place - 1);
        boolean mayFit = bytes <= smaller.size();
        if (share > MOST) {
            return mayFit ? held(place - 1, bytes, gigabytes)
                    : new Held(level.name() + ", partly " + smaller.name(), Double.NaN);
        }
        return mayFit ? new Held(smaller.name() + " or " + level.name(), Double.NaN) : new Held(level.name(), share);
    }

    /** Largest number of threads that the FMA loop ran on. */
    public int cores() {
        return entries.stream().filter(e -> e.isA("FmaPeak.registers")).mapToInt(Entry::callers).max().orElse(1);
    }

    /** Whether there is enough to draw a roof. */
    public boolean areKnown() {
        return !Double.isNaN(peak(1)) && !bandwidths().isEmpty();
    }

    /** The lowest and highest of a number of forks. */
    public static double[] range(double[] values) {
        return new double[] {Arrays.stream(values).min().orElseThrow(), Arrays.stream(values).max().orElseThrow()};
    }
}
