package dev.samebits.bench.report;

import dev.samebits.bench.results.Allocation;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.page.Svg;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The gates, and every benchmark with every fork by itself. */
final class ForksSection {
    private static final int WIDTH = 130;

    private final Results results;

    ForksSection(Results results) {
        this.results = results;
    }

    String html() {
        return gates() + all();
    }

    private String gates() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry e : results.entries().stream().filter(Allocation::isMeasured).toList()) {
            rows.add(List.of(Html.escape(e.name()), e.feature(),
                    Arrays.stream(Allocation.bytes(e)).mapToObj(Entry::number).collect(Collectors.joining(" · ")),
                    verdict(e)));
        }
        List<Entry> unsteady = results.entries().stream().filter(e -> !e.isSteady()).toList();
        String steadiness = unsteady.isEmpty()
                ? "<p>All forks of every benchmark agree within " + Math.round(100 * (Entry.STEADY - 1)) + " %.</p>\n"
                : "<p><span class=\"caution\">" + unsteady.size() + " of " + results.entries().size()
                + " benchmarks</span> have "
                        + "forks further apart than " + Math.round(100 * (Entry.STEADY - 1)) + " %. They are marked ◆ "
                        + "below; their medians should not be quoted alone.</p>\n";
        return Html.section("gates", "Gates", "A prediction or a training step must allocate nothing: bytes of a call, one "
                + "number for each fork (below 16 there is no object; the harness's own are taken off). And forks must "
                + "agree: code that is "
                + "compiled now well, now badly, gives two speeds, and a mean of them is neither.",
                steadiness + Html.table(List.of("hot path", "JDK", "bytes a call", "verdict"), rows) + tooSlow());
    }

    private String tooSlow() {
        long slow = results.entries().stream().filter(Allocation::isTooSlow).count();
        return slow == 0 ? "" : "<p class=\"note\">" + slow + " more are not judged: a call takes so long that the few in "
                + "an "
                + "iteration cannot be told from the harness. They run the same code on more rows.</p>\n";
    }

    private static String verdict(Entry e) {
        return Allocation.passes(e) ? "<span class=\"ok\">nothing</span>"
                : Allocation.isJudged(e) ? "<span class=\"unfit\">allocates</span>"
                : "<span class=\"caution\">the OpenCL binding's</span>";
    }

    private String all() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry e : results.entries()) {
            rows.add(List.of((e.isSteady() ? "" : "◆ ") + Html.escape(e.name()), e.feature(), Entry.time(e.median()),
                    strip(e),
                    Arrays.stream(e.nanos()).mapToObj(nanos -> Entry.number(nanos / e.median()))
                            .collect(Collectors.joining(" · "))));
        }
        return Html.section("forks", "Every benchmark, fork by fork", "Time of a call: the median of the forks, and each "
                + "fork relative to it. The strip reaches from half of the median to twice.",
                Html.table(List.of("benchmark", "JDK", "time", "forks", "relative"), rows));
    }

    private static String strip(Entry e) {
        Svg svg = new Svg(WIDTH, 14, "strip", "forks");
        svg.line(WIDTH / 2.0, 1, WIDTH / 2.0, 13, "grid");
        for (double nanos : e.nanos()) {
            double place = Math.log(nanos / e.median()) / Math.log(2);
            svg.circle(WIDTH / 2.0 * (1 + Math.max(-0.97, Math.min(0.97, place))), 7, 3, "fork", Entry.time(nanos));
        }
        return svg.end();
    }
}
