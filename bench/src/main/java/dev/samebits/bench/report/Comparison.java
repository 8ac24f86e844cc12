package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Order;
import dev.samebits.bench.results.Results;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Two files of results: what changed and what is noise. Decided fork by fork with the test of Mann and Whitney, since
 * iterations of one fork are not independent of each other, and means of few forks are moved by one.
 */
public final class Comparison {
    /** What is less likely than this to come from one and the same distribution has changed. */
    private static final double CHANCE = 0.02;
    /** And what differs by less is not worth a word. */
    private static final double WORTH = 0.02;
    /** With fewer forks than this on either side, no difference can be that unlikely. */
    private static final int ENOUGH = 4;

    /**
     * How a benchmark compares.
     *
     * @param ratio speed in the new file over that in the old, of the medians
     * @param low the same of the new file's slowest fork and the old one's fastest, and high the reverse
     */
    record Row(Entry before, Entry after, double ratio, double low, double high, double chance) {
        String verdict() {
            if (before.forks().size() < ENOUGH || after.forks().size() < ENOUGH) {
                return low > 1 ? "faster? too few forks" : high < 1 ? "slower? too few forks" : "noise";
            }
            if (chance >= CHANCE || Math.abs(ratio - 1) < WORTH) {
                return "noise";
            }
            return ratio > 1 ? "FASTER" : "SLOWER";
        }
    }

    private final Results before;
    private final Results after;

    public Comparison(Results before, Results after) {
        this.before = before;
        this.after = after;
    }

    /** The benchmarks that are in both files, on the same JDK, or on whichever where each file has one. */
    List<Row> rows() {
        boolean oneEach = before.jdks().size() == 1 && after.jdks().size() == 1;
        List<Row> rows = new ArrayList<>();
        for (Entry b : after.entries()) {
            before.entries().stream()
                    .filter(a -> a.key().equals(b.key()) && (oneEach || a.feature().equals(b.feature())))
                    .findFirst()
                    .ifPresent(a -> rows.add(row(a, b)));
        }
        return rows;
    }

    private static Row row(Entry a, Entry b) {
        double[] old = Limits.range(a.nanos());
        double[] now = Limits.range(b.nanos());
        return new Row(a, b, a.median() / b.median(), old[0] / now[1], old[1] / now[0],
                MannWhitneyUTest.withDefaults().test(a.nanos(), b.nanos()).getPValue());
    }

    /** Prints what changed, then what is noise. */
    public void print(PrintWriter out) {
        List<Row> rows = rows();
        if (rows.isEmpty()) {
            out.println("The files have no benchmark in common.");
            return;
        }
        if (before.machine() != null && after.machine() != null && !before.machine().name().equals(after.machine().name())) {
            out.println("Two machines: " + before.machine().name() + ", then " + after.machine().name());
        }
        out.println("JDK " + String.join(", ", before.jdks()) + ", then JDK " + String.join(", ", after.jdks()));
        out.println();
        TextTable table = new TextTable("benchmark", "JDK", "before", "after", "speed", "from", "to", "chance", "verdict");
        for (boolean noise : new boolean[] {false, true}) {
            rows.stream().filter(row -> row.verdict().equals("noise") == noise).forEach(row -> table.row(
                    row.after().name(), row.after().feature(), Entry.time(row.before().median()), Entry.time(row.after()
                    .median()),
                    String.format(Locale.ROOT, "%.3f", row.ratio()), String.format(Locale.ROOT, "%.3f", row.low()),
                    String.format(Locale.ROOT, "%.3f", row.high()), String.format(Locale.ROOT, "%.3f", row.chance()),
                    row.verdict()));
        }
        table.print(out);
        out.println();
        long changed = rows.stream().filter(row -> row.verdict().matches("FASTER|SLOWER")).count();
        out.printf(Locale.ROOT, "%d of %d changed. Of so many, about %.1f would seem to by chance alone.%n", changed,
                rows.size(),
                rows.size() * CHANCE);
        order(rows, out);
        int missing = before.entries().size() + after.entries().size() - 2 * rows.size();
        if (missing > 0) {
            out.println(missing + (missing == 1 ? " is" : " are") + " in one of the files only.");
        }
    }

    /** Whether what one file says is faster than something else, the other says too. */
    private void order(List<Row> rows, PrintWriter out) {
        Map<Entry, Entry> then = new IdentityHashMap<>();
        rows.forEach(row -> then.put(row.before(), row.after()));
        int apart = 0;
        List<String> reversed = new ArrayList<>();
        for (Order order : Order.of(before).values()) {
            for (Entry[] pair : order.pairs()) {
                Entry first = then.get(pair[0]);
                Entry second = then.get(pair[1]);
                if (first == null || second == null || !Order.isFaster(pair[0], pair[1])) {
                    continue;
                }
                boolean same = Order.isFaster(first, second);
                boolean other = Order.isFaster(second, first);
                apart += same || other ? 1 : 0;
                if (other) {
                    reversed.add(pair[0].name() + " and " + pair[1].name());
                }
            }
        }
        out.println("Order: " + apart + " pairs are told apart in both, " + (apart - reversed.size()) + " of them in the same "
                + "order.");
        reversed.forEach(pair -> out.println("REVERSED: " + pair));
    }
}
