package dev.samebits.bench.results;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Entries as forks would give them, one number a fork. */
public final class Measured {
    private Measured() {}

    /** Of any benchmark, so many nanoseconds in each fork. */
    public static Entry entry(String benchmark, Map<String, String> parameters, int callers, String jdk, double... nanos) {
        return new Entry(benchmark, parameters, callers, jdk, Arrays.stream(nanos).mapToObj(n -> new double[] {n}).toList(),
                1e8, Map.of(), "");
    }

    /** The FMA peak of one core, so many GFLOP/s in each fork. */
    public static Entry peak(String jdk, int bits, double... gflops) {
        return entry("FmaPeak.registers", Map.of("bits", String.valueOf(bits)), 1, jdk,
                Arrays.stream(gflops).map(speed -> 2 * 12 * 100_000 * (bits / 32) / speed).toArray());
    }

    /** A loop of the bandwidth benchmark, so many GB/s in each fork. */
    public static Entry loop(String name, String level, int kibibytes, String jdk, double... gigabytes) {
        return entry("BandwidthBenchmark." + name, Map.of("level", level, "kibibytes", String.valueOf(kibibytes)), 1, jdk,
                Arrays.stream(gigabytes).map(speed -> 1024 * kibibytes / speed).toArray());
    }
}
