package dev.samebits.bench.results;

import dev.samebits.bench.jmh.Cost;
import dev.samebits.bench.plan.Trial;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One benchmark with its parameters on one JDK, as it was measured.
 *
 * @param benchmark class and method, below the package of the benchmarks
 * @param parameters by name
 * @param callers threads that called at once
 * @param jdk the version of the forks' Java, such as {@code 17.0.15}
 * @param forks nanoseconds of a call: for each fork, its iterations
 * @param iteration nanoseconds that an iteration lasted
 * @param figures what else the forks reported, by name, one number for each iteration that has it
 * @param block the name of those that it was measured in turn with, empty where it was with all
 */
public record Entry(String benchmark, Map<String, String> parameters, int callers, String jdk, List<double[]> forks,
        double iteration, Map<String, List<double[]>> figures, String block) {
    /** Of two forks, or two forks' fastest and slowest, so far apart are called unsteady. */
    public static final double STEADY = 1.3;
    /** The same of the iterations of one fork. */
    private static final double STEADY_ITERATIONS = 1.5;

    /** What is compared between files: everything but the JDK and the numbers. */
    public String key() {
        return block + " " + benchmark + " " + new TreeMap<>(parameters) + " x" + callers;
    }

    /** Whether this is what came of a trial. */
    public boolean isOf(Trial trial) {
        return benchmark.equals(trial.benchmark()) && callers == trial.callers()
                && parameters.entrySet().containsAll(trial.parameters().entrySet());
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    public boolean isA(String name) {
        return benchmark.equals(name);
    }

    /** Whether its time is a measurement, see {@link Trial#isTimed}. */
    public boolean isTimed() {
        return Trial.isTimed(benchmark);
    }

    public boolean isPeer() {
        return benchmark.startsWith("peers.");
    }

    /** Nanoseconds of a call, one for each fork: the mean of its iterations. */
    public double[] nanos() {
        return forks.stream().mapToDouble(fork -> Arrays.stream(fork).average().orElseThrow()).toArray();
    }

    /** Nanoseconds of a call, one for each fork, in its fastest iteration: what nobody disturbed, or least. */
    public double[] fastestNanos() {
        return forks.stream().mapToDouble(fork -> Arrays.stream(fork).min().orElseThrow()).toArray();
    }

    /** The median over the forks. */
    public double median() {
        return median(nanos());
    }

    public Cost cost() {
        return Cost.of(benchmark, parameters);
    }

    /** GFLOP/s of all callers together, one for each fork. */
    public double[] gflops() {
        return gflops(nanos());
    }

    double[] gflops(double[] nanosOfForks) {
        double flops = cost().flops();
        return Arrays.stream(nanosOfForks).map(nanos -> callers * flops / nanos).toArray();
    }

    /** GB/s of all callers together, one for each fork. */
    public double[] gigabytes() {
        double bytes = cost().bytes();
        return Arrays.stream(nanos()).map(nanos -> callers * bytes / nanos).toArray();
    }

    /** The median over the forks of a number that they reported; NaN without it. */
    public double figure(String name) {
        List<double[]> values = figures.get(name);
        return values == null ? Double.NaN : median(values.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    /** A number that every fork reported once, one for each fork; nothing without it. */
    public double[] once(String name) {
        return figures.getOrDefault(name, List.of()).stream().mapToDouble(fork -> fork[fork.length - 1]).toArray();
    }

    /** The slowest fork over the fastest. */
    public double spread() {
        double[] nanos = nanos();
        return Arrays.stream(nanos).max().orElseThrow() / Arrays.stream(nanos).min().orElseThrow();
    }

    /**
     * Whether the forks agree, or of a single fork the iterations. Where forks do not, a median stands for two different
     * programs; where iterations do not, the code was still being compiled, or the machine had other work.
     */
    public boolean isSteady() {
        if (forks.size() > 1) {
            return spread() <= STEADY;
        }
        DoubleSummaryStatistics times = Arrays.stream(forks.get(0)).summaryStatistics();
        return times.getMax() <= STEADY_ITERATIONS * times.getMin();
    }

    /** The middle value, or the mean of the two in the middle. */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The major version of the JDK, such as {@code 17}. */
    public String feature() {
        return jdk.split("[.+-]")[0];
    }

    /** What was measured, for people. */
    public String name() {
        return Names.of(this);
    }

    /** A number as short as it can be without losing what matters. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 1000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f",
                value);
    }

    /** A time in the unit that suits it. */
    public static String time(double nanos) {
        return nanos < 1000 ? number(nanos) + " ns" : nanos < 1e6 ? number(nanos / 1e3) + " µs"
                : nanos < 1e9 ? number(nanos / 1e6) + " ms" : number(nanos / 1e9) + " s";
    }
}
