package dev.samebits.bench.plan;

import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.plan.Row.Goal;
import java.util.HashMap;
import java.util.Map;

/**
 * What goals are set for, and the trials that their rows are made of.
 *
 * @param quick fewer shapes and functions
 * @param backend what is measured
 */
record GoalScope(boolean quick, String backend, int cores, Vectors vectors) {
    /** Equal calls differ by some percent between forks. */
    static final double NOT_SLOWER = 0.97;

    private static final int AVX512_BITS = 512;

    /** What the figure must reach, with vectors as wide as AVX-512's and with narrower ones, such as AVX2's. */
    Goal atLeast(double narrow, double wide) {
        return Goal.atLeast(isWide() ? wide : narrow);
    }

    Goal atMost(double narrow, double wide) {
        return Goal.atMost(isWide() ? wide : narrow);
    }

    boolean isWide() {
        return vectors.bits() >= AVX512_BITS;
    }

    /** The FMA peak of one core. */
    Trial peak() {
        return Trial.peak(vectors.bits(), 1);
    }

    Trial own(String benchmark, Map<String, String> parameters) {
        return on(backend, benchmark, parameters);
    }

    static Trial on(String backend, String benchmark, Map<String, String> parameters) {
        Map<String, String> all = new HashMap<>(parameters);
        all.put("backend", backend);
        return new Trial(benchmark, Map.copyOf(all));
    }

    /** One layer: with packed weights {@code session}, with weights as they lie {@code kernel}. */
    Trial affine(String method, int threads, int batch, int inputs, int outputs) {
        return own("AffineBenchmark." + method, Map.of("threads", String.valueOf(threads), "batch", String.valueOf(batch),
                "inputs", String.valueOf(inputs), "outputs", String.valueOf(outputs)));
    }

    /** The parameters of what runs a network. */
    static Map<String, String> network(String network, int threads, int batch) {
        return Map.of("network", network, "threads", String.valueOf(threads), "batch", String.valueOf(batch));
    }

    /** For names of rows. */
    static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
