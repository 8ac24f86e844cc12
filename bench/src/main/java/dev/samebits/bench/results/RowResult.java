package dev.samebits.bench.results;

import dev.samebits.bench.jmh.FmaPeak;
import dev.samebits.bench.jmh.SessionMemoryBenchmark;
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
 * @param own what was measured, in the row's unit, one for each fork
 * @param yardstick the same of what it is compared with, in the same rounds; empty without one
 * @param figures what is compared with the goal, one for each round: the ratio of the two speeds, or the value itself
 * @param isSteady whether the forks of both agree, see {@link Entry#isSteady}
 */
public record RowResult(Row row, String jdk, double[] own, double[] yardstick, double[] figures, boolean isSteady) {
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
        int bits = entries.stream().filter(e -> e.isA("FmaPeak.registers"))
                .mapToInt(e -> Integer.parseInt(e.parameter("bits"))).max().orElse(FmaPeak.preferredBits());
        return new Goals(false, backend, cores, bits);
    }

    private static Stream<RowResult> of(Results results, Block block, Row row, String jdk) {
        List<Entry> measured = results.entries().stream()
                .filter(e -> e.block().isEmpty() || e.block().equals(block.name())).toList();
        return measured.stream().filter(e -> e.isOf(row.own()) && e.feature().equals(jdk))
                .filter(e -> row.unit() != Row.Unit.BYTES || Allocation.isMeasured(e))
                .limit(1)
                .flatMap(own -> row.yardstick() == null
                        ? Stream.of(alone(row, jdk, own))
                        // What is native runs the same on every JDK, and was measured on one.
                        : measured.stream().filter(e -> e.isOf(row.yardstick()) && (e.feature().equals(jdk) || e.isPeer()))
                                .limit(1).map(other -> beside(row, jdk, own, other)));
    }

    private static RowResult alone(Row row, String jdk, Entry own) {
        double[] values = values(row.unit(), own);
        boolean memory = row.unit() == Row.Unit.MEGABYTES_HELD || row.unit() == Row.Unit.MEGABYTES_OPENING;
        double[] weights = memory ? megabytes(own, SessionMemoryBenchmark.WEIGHTS) : new double[0];
        // Bytes are counted: that times differ says nothing about them.
        return new RowResult(row, jdk, values, weights, memory ? quotients(values, weights) : values,
                memory || row.unit() == Row.Unit.BYTES || own.isSteady());
    }

    private static RowResult beside(Row row, String jdk, Entry own, Entry other) {
        double[] mine = values(row.unit(), own);
        double[] theirs = values(row.unit(), other);
        // Of times the smaller is the faster.
        double[] figures = row.unit() == Row.Unit.GFLOPS ? quotients(mine, theirs) : quotients(theirs, mine);
        return new RowResult(row, jdk, mine, theirs, figures, own.isSteady() && other.isSteady());
    }

    private static double[] values(Row.Unit unit, Entry e) {
        return switch (unit) {
            case GFLOPS -> e.gflops();
            case MICROS -> quotients(e.nanos(), 1000);
            case NANOS_PER_ELEMENT -> quotients(e.nanos(), Double.parseDouble(e.parameter("elements")));
            case BYTES -> Allocation.bytes(e);
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

    // Round by round: what the machine did meanwhile met both.
    private static double[] quotients(double[] values, double[] divisors) {
        return IntStream.range(0, Math.min(values.length, divisors.length)).mapToDouble(i -> values[i] / divisors[i])
                .toArray();
    }

    /** The median over the rounds. */
    public double figure() {
        return Entry.median(figures);
    }

    /** Whether there is a goal and the figure misses it. */
    public boolean isMissed() {
        return row.goal() != null && row.goal().missedBy(figure()) > 0;
    }

    /** Met, or by how much missed; empty without a goal. */
    public String verdict() {
        if (!isMissed()) {
            return row.goal() == null ? "" : "met";
        }
        double percent = 100 * row.goal().missedBy(figure());
        return String.format(Locale.ROOT, percent < 1 ? "missed by %.1f %%" : "missed by %.0f %%", percent);
    }
}
