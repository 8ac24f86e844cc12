package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Order;
import dev.samebits.bench.results.Results;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Two files of results: what changed and what is noise. Noise has two sources. Within a run forks differ: that is judged
 * with the test of Mann and Whitney, since iterations of one fork are not independent of each other, and means of few forks are
 * moved by one. Between two runs the machine itself differs: that is judged by what runs none of our code, the machine's
 * limits and other libraries. What moved no further than these did is no change of ours.
 */
public final class Comparison {
    /** What is less likely than this to come from one and the same distribution has changed. */
    private static final double CHANCE = 0.02;
    /** And what differs by less is not worth a word. */
    private static final double WORTH = 0.02;

    /** What came of a benchmark. */
    enum Verdict {
        SLOWER("SLOWER"),
        FASTER("FASTER"),
        /** Every fork slower than every fork before, by a margin, but too few of them to exclude chance. */
        MAYBE_SLOWER("slower? too few forks"),
        MAYBE_FASTER("faster? too few forks"),
        /** More than the forks differ, but what is not ours did too. */
        AS_THE_MACHINE("as the machine"),
        NOISE("noise");

        final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    /**
     * How a benchmark compares.
     *
     * @param ratio speed in the new file over that in the old, of the medians
     * @param low the same of the new file's slowest fork and the old one's fastest, and high the reverse
     * @param chance how likely forks so far apart are where nothing changed
     */
    record Change(Entry before, Entry after, double ratio, double low, double high, double chance) {
        static Change of(Entry before, Entry after) {
            double[] old = Limits.range(before.nanos());
            double[] now = Limits.range(after.nanos());
            double chance = MannWhitneyUTest.withDefaults().test(before.nanos(), after.nanos()).getPValue();
            // Not a number where all forks took the same time.
            return new Change(before, after, before.median() / after.median(), old[0] / now[1], old[1] / now[0],
                    Double.isNaN(chance) ? 1 : chance);
        }

        /** Whether it runs none of our code, so that only the machine can change it. */
        boolean isOfTheMachine() {
            return after.isPeer() || !after.parameters().containsKey("backend");
        }

        /** @param machine how far the machine itself moved: the least and the greatest ratio of what is not ours, and 1 */
        Verdict verdict(double[] machine) {
            boolean faster = ratio > 1;
            if (leastChance() >= CHANCE) {
                return low > Order.MARGIN ? Verdict.MAYBE_FASTER : high < 1 / Order.MARGIN ? Verdict.MAYBE_SLOWER
                        : Verdict.NOISE;
            }
            if (chance >= CHANCE || Math.abs(ratio - 1) < WORTH) {
                return Verdict.NOISE;
            }
            if (!isOfTheMachine() && ratio >= machine[0] && ratio <= machine[1]) {
                return Verdict.AS_THE_MACHINE;
            }
            return faster ? Verdict.FASTER : Verdict.SLOWER;
        }

        // All forks of the one faster than all of the other: 2 of all ways to put them in a row. Four beside four: too few.
        private double leastChance() {
            int n = before.forks().size();
            int m = after.forks().size();
            double ways = 1;
            for (int i = 1; i <= n; i++) {
                ways = ways * (m + i) / i;
            }
            return 2 / ways;
        }
    }

    private final Results before;
    private final Results after;
    private final List<Change> changes;
    private final double[] machine;

    public Comparison(Results before, Results after) {
        this.before = before;
        this.after = after;
        changes = changes(before, after);
        double[] ratios = changes.stream().filter(Change::isOfTheMachine).mapToDouble(Change::ratio).toArray();
        machine = Limits.range(DoubleStream.concat(DoubleStream.of(1), Arrays.stream(ratios)).toArray());
    }

    // The benchmarks that are in both files, on the same JDK, or on whichever where each file has one.
    private static List<Change> changes(Results before, Results after) {
        boolean oneEach = before.jdks().size() == 1 && after.jdks().size() == 1;
        List<Change> changes = new ArrayList<>();
        for (Entry b : timed(after)) {
            timed(before).stream()
                    .filter(a -> a.key().equals(b.key()) && (oneEach || a.feature().equals(b.feature())))
                    .findFirst()
                    .ifPresent(a -> changes.add(Change.of(a, b)));
        }
        return changes;
    }

    private static List<Entry> timed(Results results) {
        return results.entries().stream().filter(Entry::isTimed).toList();
    }

    List<Verdict> verdicts() {
        return changes.stream().map(change -> change.verdict(machine)).toList();
    }

    private long count(Verdict verdict) {
        return changes.stream().filter(change -> !change.isOfTheMachine() && change.verdict(machine) == verdict).count();
    }

    /**
     * Prints what changed, then what is noise.
     *
     * @return whether nothing of ours is slower beyond noise
     */
    public boolean print(PrintWriter out) {
        if (changes.isEmpty()) {
            out.println("The files have no benchmark in common.");
            return true;
        }
        if (before.machine() != null && after.machine() != null && !before.machine().name().equals(after.machine().name())) {
            out.println("Two machines: " + before.machine().name() + ", then " + after.machine().name());
        }
        out.println("JDK " + String.join(", ", before.jdks()) + ", then JDK " + String.join(", ", after.jdks()));
        out.println();
        TextTable table = new TextTable("benchmark", "JDK", "before", "after", "speed", "from", "to", "chance", "verdict");
        changes.stream().sorted(Comparator.comparing(change -> change.verdict(machine)))
                .forEach(change -> table.row(change.after().name(), change.after().feature(),
                        Entry.time(change.before().median()), Entry.time(change.after().median()), number(change.ratio()),
                        number(change.low()), number(change.high()), number(change.chance()),
                        change.verdict(machine).text));
        table.print(out);
        out.println();
        printSums(out);
        order(out);
        int missing = timed(before).size() + timed(after).size() - 2 * changes.size();
        if (missing > 0) {
            out.println(missing + (missing == 1 ? " is" : " are") + " in one of the files only.");
        }
        return count(Verdict.SLOWER) == 0;
    }

    private void printSums(PrintWriter out) {
        long ours = changes.stream().filter(change -> !change.isOfTheMachine()).count();
        out.println(ours == changes.size()
                ? "Nothing here shows how far the machine itself moved: measure --only limits too, or --peers."
                : "What runs none of our code, " + (changes.size() - ours) + " of them, ran at " + number(machine[0])
                + " to " + number(machine[1]) + " times its speed before: no change of ours within that is told from the machine's.");
        out.printf(Locale.ROOT, "Of %d that are ours, %d are slower beyond noise and %d faster; some %.1f of so many would "
                + "seem to be by chance alone.%n", ours, count(Verdict.SLOWER), count(Verdict.FASTER), ours * CHANCE);
        long unclear = count(Verdict.MAYBE_SLOWER) + count(Verdict.MAYBE_FASTER);
        if (unclear > 0) {
            out.println("Of " + unclear + " there are too few forks to say: measure both again with --forks 5.");
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** Whether what one file says is faster than something else, the other says too. */
    private void order(PrintWriter out) {
        Map<Entry, Entry> then = new IdentityHashMap<>();
        changes.forEach(change -> then.put(change.before(), change.after()));
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
        out.println("Order: " + apart + " pairs are told apart in both, " + (apart - reversed.size())
                + " of them in the same order.");
        reversed.forEach(pair -> out.println("REVERSED: " + pair));
    }
}
