package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How much faster several threads are than one, beside what the machine's own limits gain. */
final class ScalingSection {
    private final Results results;

    ScalingSection(Results results) {
        this.results = results;
    }

    String html() {
        List<List<String>> rows = new ArrayList<>();
        for (String jdk : results.jdks()) {
            Map<String, List<Entry>> groups = new LinkedHashMap<>();
            results.entries().stream().filter(e -> e.feature().equals(jdk)).filter(ScalingSection::canScale)
                    .forEach(e -> groups.computeIfAbsent(Names.who(e) + " " + Names.what(e), k -> new ArrayList<>()).add(e));
            groups.values().forEach(group -> group.stream().filter(e -> Names.threads(e) == 1).findFirst()
                    .ifPresent(one -> group.stream().filter(e -> Names.threads(e) > 1).forEach(e -> rows.add(row(one, e)))));
        }
        String table = Html.table(List.of("work", "by", "JDK", "threads", "gain", "of the threads", "single forks"), rows);
        return Html.section("threads", "Several threads", "Work done in the same time, relative to one thread: the medians, "
                + "of the machine's limits the best forks. No kernel can gain more than the machine does in a loop of "
                + "registers alone (FMA peak) or of memory alone: where these stay below the number of threads, so must all "
                + "else.",
                table + (table.contains(Limits.ABOVE) ? "<p class=\"note\">Above the limit, which is the number of threads: "
                        + "the forks on one thread were slowed down. Measure again on a quiet machine.</p>\n" : ""));
    }

    private static boolean canScale(Entry e) {
        return !e.parameter("threads").isEmpty() || e.isA("FmaPeak.registers") || e.isA("BandwidthBenchmark.triad");
    }

    // Callers each do the work of a call; a session's threads share it.
    private static double speed(Entry e, double nanos) {
        boolean divided = e.isA("BandwidthBenchmark.triad");
        return e.callers() * (divided ? e.cost().bytes() : 1) / nanos;
    }

    // The machine has one limit, whichever JDK found it.
    private double best(Entry one) {
        return results.entries().stream().filter(e -> e.key().equals(one.key()))
                .mapToDouble(e -> speed(e, Limits.range(e.nanos())[0])).max().orElseThrow();
    }

    private List<String> row(Entry one, Entry several) {
        boolean ofTheMachine = one.parameter("threads").isEmpty();
        double[] range = Limits.range(several.nanos());
        double base = ofTheMachine ? best(one) : speed(one, one.median());
        double gain = speed(several, ofTheMachine ? range[0] : several.median()) / base;
        String who = Names.who(several);
        return List.of(Html.escape(Names.what(several)), who.isEmpty() ? "the machine" : Html.escape(who), several.feature(),
                String.valueOf(Names.threads(several)), "<b>" + Entry.number(gain) + "×</b>",
                Share.html(gain / Names.threads(several)),
                Entry.number(speed(several, range[1]) / base) + " to " + Entry.number(speed(several, range[0]) / base));
    }
}
