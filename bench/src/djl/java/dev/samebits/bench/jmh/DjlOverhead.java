package dev.samebits.bench.jmh;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What DJL costs around a session, by the processor time of the thread that calls, since other work may share the machine:
 * {@code DjlOverhead [TURNS]}. The ways of {@link DjlBenchmark} run in turn; each is told by the median of its turns, and by
 * the median of what it takes beyond the session in the same turn.
 */
public final class DjlOverhead {
    private static final int CALLS = 2000;
    private static final int WARM_UP = 60;
    private static final double MOST = 2000;

    private DjlOverhead() {}

    /** A way to predict the row. */
    private interface Way {
        Object call() throws Exception;
    }

    /**
     * Measures, and prints.
     *
     * @param args how many turns are measured
     * @throws Exception if a way cannot predict
     */
    public static void main(String[] args) throws Exception {
        int turns = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        DjlBenchmark calls = new DjlBenchmark();
        calls.backend = "simd";
        calls.network = "tabular";
        calls.setup();
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("bare", calls::bare);
        ways.put("rows", calls::rows);
        ways.put("translated", calls::translated);
        ways.put("stacked", calls::stacked);
        Map<String, double[]> took = new LinkedHashMap<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            for (Map.Entry<String, Way> way : ways.entrySet()) {
                double each = nanos(way.getValue());
                if (turn >= 0) {
                    took.computeIfAbsent(way.getKey(), name -> new double[turns])[turn] = each;
                }
            }
        }
        calls.close();
        double[] bare = took.get("bare");
        took.forEach((name, nanos) -> {
            double[] beyond = new double[turns];
            Arrays.setAll(beyond, turn -> nanos[turn] - bare[turn]);
            System.out.printf(Locale.ROOT, "%-12s %6.0f ns a call", name, median(nanos));
            System.out.printf(Locale.ROOT, name.equals("bare") ? "%n" : ", %.0f beyond the session, at most %.0f: %s%n",
                    median(beyond), MOST, median(beyond) > MOST ? "missed" : "reached");
        });
    }

    private static double nanos(Way way) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long began = threads.getCurrentThreadCpuTime();
        for (int call = 0; call < CALLS; call++) {
            way.call();
        }
        return (threads.getCurrentThreadCpuTime() - began) / (double) CALLS;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
