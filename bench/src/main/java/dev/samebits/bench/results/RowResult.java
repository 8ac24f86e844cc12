package dev.samebits.bench.results;

import dev.samebits.bench.jmh.ColdStartBenchmark;
import dev.samebits.bench.jmh.SessionMemoryBenchmark;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.plan.Block;
import dev.samebits.bench.plan.Goals;
import dev.samebits.bench.plan.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A row of the goals as it came out on one JDK.
 *
 * @param own what was measured, in the row's unit, one for each fork: over all its iterations or, of a share of a limit, in
 *     its fastest, since a limit, too, is what the machine does when nobody disturbs it
 * @param yardstick the same of what it is compared with, in the same rounds; of a limit of the machine the best that any
 *     fork of the run reached; empty without one
 * @param figures what is compared with the goal, one for each round: the ratio of the two speeds, or the value itself
 * @param undisturbed the figure that the fastest iteration of all forks gives, of the row and of its yardstick; NaN where
 *     it is no time
 * @param isSteady whether the forks of both agree, see {@link Entry#isSteady}; of a limit none but the best counts
 */
public record RowResult(Row row, String jdk, double[] own, double[] yardstick, double[] figures, double undisturbed,
        boolean isSteady) {
    /** Every row of the goals that can be made of the results, on each of their JDKs. */
    public static List<RowResult> of(Results results) {
        List<RowResult> all = new ArrayList<>();
        for (Block block : goals(results).blocks()) {
            for (Row row : block.rows()) {
                for (String jdk : results.jdks()) {
                    all.addAll(of(results, block, row, jdk).toList());
                }
            }
        }
        return all;
    }

    // The goals of the machine that was measured, which need not be this one.
    private static Goals goals(Results results) {
        List<Entry> entries = results.entries();
        String backend = entries.stream().map(e -> e.parameter("backend")).filter(name -> !name.isEmpty()).findFirst()
                .orElse("simd");
        int cores = entries.stream().filter(e -> e.isA("AffineBenchmark.session")).mapToInt(Names::threads).max().orElse(1);
        int bits = results.vectorBits();
        return new Goals(false, backend, cores, new Vectors(bits, bits));
    }

    private static Stream<RowResult> of(Results results, Block block, Row row, String jdk) {
        List<Entry> measured = results.entries().stream()
                .filter(e -> e.block().isEmpty() || e.block().equals(block.name())).toList();
        return measured.stream().filter(e -> e.isOf(row.own()) && e.feature().equals(jdk))
                .filter(e -> row.unit() != Row.Unit.BYTES || Allocation.isMeasured(e))
                .limit(1)
                .flatMap(own -> row.yardstick() == null
                        ? Stream.of(alone(row, jdk, own))
                        : row.isShare() ? share(results, row, jdk, own)
                        // What is native runs the same on every JDK, and was measured on one.
                        : measured.stream().filter(e -> e.isOf(row.yardstick()) && (e.feature().equals(jdk) || e.isPeer()))
                                .limit(1).map(other -> beside(row, jdk, own, other)));
    }

    private static RowResult alone(Row row, String jdk, Entry own) {
        double[] values = values(row.unit(), own, own.nanos());
        boolean memory = row.unit() == Row.Unit.MEGABYTES_HELD || row.unit() == Row.Unit.MEGABYTES_OPENING;
        double[] weights = memory ? megabytes(own, SessionMemoryBenchmark.WEIGHTS) : new double[0];
        // Bytes are counted: that times differ says nothing about them.
        double undisturbed = row.unit() == Row.Unit.NANOS_PER_ELEMENT ? fastest(row.unit(), own) : Double.NaN;
        return new RowResult(row, jdk, values, weights, memory ? quotients(values, weights) : values, undisturbed,
                memory || row.unit() == Row.Unit.BYTES || own.isSteady());
    }

    private static RowResult beside(Row row, String jdk, Entry own, Entry other) {
        double[] mine = values(row.unit(), own, own.nanos());
        double[] theirs = values(row.unit(), other, other.nanos());
        boolean steady = own.isTimed() ? own.isSteady() && other.isSteady() : agree(mine) && agree(theirs);
        double undisturbed = own.isTimed()
                ? figure(row.unit(), fastest(row.unit(), own), fastest(row.unit(), other)) : Double.NaN;
        return new RowResult(row, jdk, mine, theirs, figures(row.unit(), mine, theirs), undisturbed, steady);
    }

    // Of all forks.
    private static double fastest(Row.Unit unit, Entry e) {
        return Limits.range(values(unit, e, e.fastestNanos()))[unit == Row.Unit.GFLOPS ? 1 : 0];
    }

    private static boolean agree(double[] values) {
        double[] range = Limits.range(values);
        return range[1] <= Entry.STEADY * range[0];
    }

    // A machine has one limit, whichever block and JDK found it.
    private static Stream<RowResult> share(Results results, Row row, String jdk, Entry own) {
        double[] limits = results.entries().stream().filter(e -> e.isOf(row.yardstick()))
                .mapToDouble(e -> fastest(row.unit(), e)).toArray();
        if (limits.length == 0) {
            return Stream.of();
        }
        double[] mine = values(row.unit(), own, own.fastestNanos());
        double[] best = new double[mine.length];
        Arrays.fill(best, Limits.range(limits)[row.unit() == Row.Unit.GFLOPS ? 1 : 0]);
        return Stream.of(new RowResult(row, jdk, mine, best, figures(row.unit(), mine, best),
                figure(row.unit(), fastest(row.unit(), own), best[0]), own.isSteady()));
    }

    // Round by round: what the machine did meanwhile met both.
    private static double[] figures(Row.Unit unit, double[] mine, double[] theirs) {
        return IntStream.range(0, Math.min(mine.length, theirs.length)).mapToDouble(i -> figure(unit, mine[i], theirs[i]))
                .toArray();
    }

    private static double figure(Row.Unit unit, double mine, double theirs) {
        return switch (unit) {
            // At first everything is slower than the yardstick, and the figure is how many times.
            case GFLOPS, MILLIS_AT_FIRST -> mine / theirs;
            // Of times the smaller is the faster.
            default -> theirs / mine;
        };
    }

    private static double[] values(Row.Unit unit, Entry e, double[] nanos) {
        return switch (unit) {
            case GFLOPS -> e.gflops(nanos);
            case MICROS -> quotients(nanos, 1000);
            case NANOS_PER_ELEMENT -> quotients(nanos, Double.parseDouble(e.parameter("elements")));
            case BYTES -> Allocation.bytes(e);
            case MILLIS_AT_FIRST -> quotients(e.once(ColdStartBenchmark.FIRST), 1e6);
            case MEGABYTES_HELD -> megabytes(e, SessionMemoryBenchmark.HELD);
            case MEGABYTES_OPENING -> megabytes(e, SessionMemoryBenchmark.OPENING);
        };
    }

    private static double[] megabytes(Entry e, String figure) {
        return quotients(e.once(figure), 1e6);
    }

    private static double[] quotients(double[] values, double divisor) {
        return Arrays.stream(values).map(value -> value / divisor).toArray();
    }

    private static double[] quotients(double[] values, double[] divisors) {
        return IntStream.range(0, Math.min(values.length, divisors.length)).mapToDouble(i -> values[i] / divisors[i])
                .toArray();
    }

    /** The median over the rounds. */
    public double figure() {
        return Entry.median(figures);
    }

    /**
     * Whether more was done than can be, so that the figure says nothing: a single fork shows that a limit was not reached
     * when it was measured, while of a gain by threads, a ratio of two that vary, the median must.
     */
    public boolean isAboveLimit() {
        return (row.isShare() ? Limits.range(figures)[1] : figure()) > Limits.MOST * row.most();
    }

    /** Whether there is a goal, the figure says something, and it reaches the goal. */
    public boolean isMet() {
        return row.goal() != null && !isAboveLimit() && row.goal().missedBy(figure()) <= 0;
    }

    /** Met, or by how much missed, or that the measurement is at fault; empty without a goal. */
    public String verdict() {
        if (isAboveLimit()) {
            return Limits.ABOVE + ": measure again on a quiet machine";
        }
        if (row.goal() == null || isMet()) {
            return row.goal() == null ? "" : "met";
        }
        double percent = 100 * row.goal().missedBy(figure());
        return String.format(Locale.ROOT, percent < 1 ? "missed by %.1f %%" : "missed by %.0f %%", percent);
    }
}
