package dev.samebits.bench.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of two is faster, for every pair of benchmarks on one JDK: by GFLOP/s those that compute, by GB/s those that only
 * move. A pair is told apart where every fork of the one is faster than every fork of the other, by a margin besides: with
 * three forks a side, one pair of equals in ten lies apart by chance alone, but seldom far.
 */
public final class Order {
    /** Between the slowest fork of the faster and the fastest fork of the slower. */
    public static final double MARGIN = 1.05;

    // Fewer forks do not show how far they reach.
    private static final int ENOUGH = 3;

    private final List<Entry> entries;

    private Order(List<Entry> entries) {
        this.entries = entries;
    }

    /** The orders of a file by what they are of, each with its fastest first. */
    public static Map<String, Order> of(Results results) {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        for (String jdk : results.jdks()) {
            for (String unit : List.of("GFLOP/s", "GB/s")) {
                List<Entry> group = results.entries().stream()
                        .filter(e -> e.feature().equals(jdk) && unit.equals(unit(e)))
                        .sorted(Comparator.comparingDouble((Entry e) -> -Entry.median(speeds(e)))).toList();
                if (group.size() > 1) {
                    groups.put(unit + ", JDK " + jdk, group);
                }
            }
        }
        Map<String, Order> orders = new LinkedHashMap<>();
        groups.forEach((name, group) -> orders.put(name, new Order(group)));
        return orders;
    }

    /** What a benchmark is ordered by; null where by nothing. */
    static String unit(Entry e) {
        return e.cost().flops() > 0 ? "GFLOP/s" : e.cost().bytes() > 0 ? "GB/s" : null;
    }

    /** One for each fork. */
    public static double[] speeds(Entry e) {
        return e.cost().flops() > 0 ? e.gflops() : e.gigabytes();
    }

    public List<Entry> entries() {
        return entries;
    }

    /** Whether the first is faster, for certain. */
    public static boolean isFaster(Entry a, Entry b) {
        return a.forks().size() >= ENOUGH && b.forks().size() >= ENOUGH
                && Limits.range(speeds(a))[0] > MARGIN * Limits.range(speeds(b))[1];
    }

    /** All pairs, the one with the higher median first. */
    public List<Entry[]> pairs() {
        List<Entry[]> pairs = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            for (int j = i + 1; j < entries.size(); j++) {
                pairs.add(new Entry[] {entries.get(i), entries.get(j)});
            }
        }
        return pairs;
    }

    /** The places, from 1, of those that cannot be told apart from this one. */
    public List<Integer> ties(Entry e) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry other = entries.get(i);
            if (other != e && !isFaster(e, other) && !isFaster(other, e)) {
                places.add(i + 1);
            }
        }
        return places;
    }
}
