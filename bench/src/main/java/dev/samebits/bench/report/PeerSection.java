package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.page.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bars against other libraries: one panel for each piece of work, every fork a dot. */
final class PeerSection {
    private static final int WIDTH = 380;
    private static final int ROW = 26;
    private static final int NAME = 130;
    private static final int VALUE = 64;

    private final Results results;

    PeerSection(Results results) {
        this.results = results;
    }

    /** The work that a peer did too, by what it is and on how many threads, with all who did it, fastest first. */
    Map<String, List<Entry>> panels() {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry e : results.entries()) {
            // A device has as many threads as it likes, so it is not compared with so and so many.
            if (!e.parameter("threads").isEmpty() && !e.isA("AffineBenchmark.kernel") && !Names.isOnDevice(e)) {
                groups.computeIfAbsent(Names.what(e) + ", " + Names.threadsText(Names.threads(e)), k -> new ArrayList<>())
                        .add(e);
            }
        }
        groups.values().forEach(group -> group.replaceAll(this::atItsBest));
        groups.values().removeIf(group -> group.stream().noneMatch(Entry::isPeer)
                || group.stream().allMatch(Entry::isPeer));
        groups.values().forEach(group -> group.sort(Comparator.comparingDouble(Entry::median)));
        return groups;
    }

    // A peer to which several threads are a burden is shown with one.
    private Entry atItsBest(Entry e) {
        return !e.isPeer() ? e : results.entries().stream()
                .filter(o -> o.benchmark().equals(e.benchmark()) && o.feature().equals(e.feature()))
                .filter(o -> Names.what(o).equals(Names.what(e)) && Names.threads(o) == 1 && o.median() < e.median())
                .findFirst().orElse(e);
    }

    String html() {
        StringBuilder out = new StringBuilder();
        panels().forEach((title, group) -> out.append("<figure class=\"panel\"><h3>").append(Html.escape(title))
                .append("</h3>")
                .append(panel(title, group)).append("<figcaption>").append(verdict(group))
                .append("</figcaption></figure>\n"));
        return Html.section("peers", "Beside other libraries",
                "Calls per second relative to the fastest; longer is faster. Bars end at the median of the forks, dots are "
                + "the single forks. Each library works on as many threads as Samebits in the same panel, or on one "
                        + "where that is faster; results of all were checked against the scalar backend.",
                out.isEmpty() ? "" : "<div class=\"grid\">" + out + "</div>\n");
    }

    private String panel(String title, List<Entry> group) {
        Svg svg = new Svg(WIDTH, group.size() * ROW + 6, "bars", title);
        double fastest = group.stream().flatMapToDouble(e -> java.util.Arrays.stream(e.nanos())).min().orElseThrow();
        double room = WIDTH - NAME - VALUE;
        for (int i = 0; i < group.size(); i++) {
            Entry e = group.get(i);
            double y = i * ROW + 4;
            String who = label(e) + (title.endsWith(" threads") && Names.threads(e) == 1 ? ", 1 thr." : "");
            svg.text(NAME - 6, y + 14, "end", e.isPeer() ? "name" : "name own", who);
            svg.rect(NAME, y + 3, room * fastest / e.median(), ROW - 10, "bar " + Colours.of(Names.who(e)),
                    who + ": " + Entry.time(e.median()));
            for (double nanos : e.nanos()) {
                svg.circle(NAME + room * fastest / nanos, y + ROW / 2.0 - 2, 2.6, "fork", "one fork: " + Entry.time(nanos));
            }
            svg.text(WIDTH - 2, y + 14, "end", "value", Entry.time(e.median()));
        }
        return svg.end();
    }

    private String label(Entry e) {
        return Names.who(e) + (isOneOfMany(e) ? ", " + e.feature() : "");
    }

    /** Whether there is the same on another JDK; native libraries are measured on one. */
    private boolean isOneOfMany(Entry e) {
        return results.entries().stream().anyMatch(o -> o.key().equals(e.key()) && !o.feature().equals(e.feature()));
    }

    /** Ours against the fastest peer, and whether their forks can be told apart. */
    private String verdict(List<Entry> group) {
        List<String> lines = new ArrayList<>();
        for (Entry own : group) {
            if (!own.isPeer() && !own.parameter("backend").equals("scalar")) {
                Entry best = group.stream()
                        .filter(e -> e.isPeer() && (e.feature().equals(own.feature()) || !isOneOfMany(e)))
                        .findFirst().orElseThrow();
                double[] mine = Limits.range(own.nanos());
                double[] theirs = Limits.range(best.nanos());
                boolean overlap = mine[0] <= theirs[1] && theirs[0] <= mine[1];
                lines.add(Html.escape(label(own)) + " is <b>" + Entry.number(best.median() / own.median())
                        + "×</b> as fast as "
                        + Html.escape(label(best)) + (overlap ? ": forks overlap, not told apart" : ""));
            }
        }
        return String.join("<br>", lines);
    }
}
