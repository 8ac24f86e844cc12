package dev.samebits.bench.results;

import java.util.Arrays;
import java.util.List;

/**
 * The gate on garbage: a call that predicts or trains must allocate nothing. Judged by JMH's {@code gc.alloc.rate.norm} in
 * the best iteration, since vectors are objects until their code is compiled.
 */
public final class Allocation {
    // What JMH and its profiler allocate in an iteration, rounded up: some 7,000 bytes around a loop that allocates none.
    private static final double HARNESS_BYTES = 8192;
    // No object is smaller, so a call that makes one shows it.
    private static final double SMALLEST_OBJECT_BYTES = 16;

    private Allocation() {}

    /** Whether the gate is for this benchmark: an OpenCL device is called through a library that makes objects. */
    public static boolean isJudged(Entry e) {
        return isMeasured(e) && !Names.isOnDevice(e);
    }

    /** Whether this is a hot path whose calls are so many that the harness's own garbage cannot hide one's. */
    public static boolean isMeasured(Entry e) {
        return isHotPath(e) && harness(e) <= SMALLEST_OBJECT_BYTES / 2 && e.figures().containsKey("gc.alloc.rate.norm");
    }

    /** Whether this is a hot path whose calls are too slow for that. */
    public static boolean isTooSlow(Entry e) {
        return isHotPath(e) && !isMeasured(e);
    }

    private static boolean isHotPath(Entry e) {
        return (e.isA("InferenceBenchmark.predict") || e.isA("SingleStreamBenchmark.query")
                || e.isA("TrainingBenchmark.step")) && !e.parameter("backend").equals("scalar");
    }

    /** Bytes of a call in the best iteration of a fork, less the harness's share of them; one number for each fork. */
    public static double[] bytes(Entry e) {
        List<double[]> forks = e.figures().getOrDefault("gc.alloc.rate.norm", List.of());
        return forks.stream()
                .mapToDouble(fork -> Math.max(0, Arrays.stream(fork).min().orElseThrow() - harness(e)))
                .toArray();
    }

    private static double harness(Entry e) {
        return HARNESS_BYTES * e.median() / e.iteration();
    }

    /** Whether no fork's calls make objects. */
    public static boolean passes(Entry e) {
        return Arrays.stream(bytes(e)).allMatch(bytes -> bytes < SMALLEST_OBJECT_BYTES);
    }
}
