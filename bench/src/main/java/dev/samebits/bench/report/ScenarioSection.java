package dev.samebits.bench.report;

import dev.samebits.bench.jmh.Shapes;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.page.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whole networks in the scenarios that MLPerf Inference names. */
final class ScenarioSection {
    private static final int WIDTH = 380;
    private static final int ROW = 24;
    private static final int NAME = 130;

    private final Results results;

    ScenarioSection(Results results) {
        this.results = results;
    }

    private List<Entry> streams() {
        return results.entries().stream()
                .filter(e -> !Double.isNaN(e.figure("p99")))
                .sorted(Comparator.comparingInt((Entry e) -> Shapes.NAMES.indexOf(e.parameter("network"))))
                .toList();
    }

    String html() {
        String single = single();
        String offline = offline();
        return Html.section("scenarios", "Whole networks, as MLPerf names the scenarios",
                "<b>Single stream</b>: one row, and the next when its answer is there; what counts is how long the slow "
                + "ones take. <b>Offline</b>: all rows are there at the start; what counts is rows per second.",
                single.isEmpty() && offline.isEmpty() ? "" : single + offline + shapes());
    }

    private String single() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry e : streams()) {
            rows.add(List.of(e.parameter("network"), Html.escape(Names.who(e)), e.feature(), Entry.time(e.figure("p50")),
                    Entry.time(e.figure("p90")), "<b>" + Entry.time(e.figure("p99")) + "</b>",
                    Entry.time(e.figure("p99.9"))));
        }
        return rows.isEmpty() ? "" : "<h3>Single stream, one thread</h3>\n<div class=\"grid\">" + ranges() + "</div>\n"
                + Html.table(List.of("network", "by", "JDK", "p50", "p90", "p99", "p99.9"), rows);
    }

    /** From p50 to p99 as a bar, for each JDK. */
    private String ranges() {
        StringBuilder out = new StringBuilder();
        for (String jdk : results.jdks()) {
            // Native peers are measured on one JDK, and are the same on all.
            List<Entry> entries = streams().stream()
                    .filter(e -> e.feature().equals(jdk) || e.isPeer()).toList();
            if (!entries.isEmpty()) {
                out.append("<figure class=\"panel\"><h3>JDK ").append(jdk).append("</h3>").append(ranges(entries))
                        .append("<figcaption>From p50 (dot) over p90 (tick) to p99 (end). ")
                        .append(Colours.legend(entries.stream().map(Names::who).distinct().toList()))
                        .append("</figcaption></figure>\n");
            }
        }
        return out.toString();
    }

    private static String ranges(List<Entry> entries) {
        int height = entries.size() * ROW + 34;
        Svg svg = new Svg(WIDTH, height, "chart", "Latency of single rows");
        double least = entries.stream().mapToDouble(e -> e.figure("p50")).min().orElseThrow();
        double most = entries.stream().mapToDouble(e -> e.figure("p99")).max().orElseThrow();
        LogAxis axis = LogAxis.around(least, most, NAME, WIDTH - 10);
        for (double tick : axis.ticks()) {
            svg.line(axis.at(tick), 4, axis.at(tick), height - 26, "grid");
            svg.text(axis.at(tick), height - 10, "middle", "tick", Entry.time(tick).replace(".00", "").replace(".0", ""));
        }
        for (int i = 0; i < entries.size(); i++) {
            Entry e = entries.get(i);
            double y = i * ROW + 16;
            String colour = Colours.of(Names.who(e));
            boolean firstOfShape = i == 0 || !entries.get(i - 1).parameter("network").equals(e.parameter("network"));
            svg.text(NAME - 8, y + 4, "end", e.isPeer() ? "name" : "name own",
                    e.isPeer() && !firstOfShape ? Names.who(e) : e.parameter("network"));
            svg.line(axis.at(e.figure("p50")), y, axis.at(e.figure("p99")), y, "range " + colour);
            svg.line(axis.at(e.figure("p90")), y - 5, axis.at(e.figure("p90")), y + 5, "mark " + colour);
            svg.circle(axis.at(e.figure("p50")), y, 4.5, "dot " + colour, e.name() + ": p50 " + Entry.time(e.figure("p50"))
                    + ", p90 " + Entry.time(e.figure("p90")) + ", p99 " + Entry.time(e.figure("p99")));
        }
        return svg.end();
    }

    /** For each network, the largest batch on the most threads, and what others do with the same. */
    private String offline() {
        List<List<String>> rows = new ArrayList<>();
        for (String shape : Shapes.NAMES) {
            for (String jdk : results.jdks()) {
                Optional<Entry> best = results.of("InferenceBenchmark.predict")
                        .filter(e -> e.parameter("network").equals(shape) && e.feature().equals(jdk))
                        .filter(e -> !e.parameter("backend").equals("scalar") && !e.parameter("batch").equals("1"))
                        .min(Comparator.comparingDouble(e -> e.median() / Integer.parseInt(e.parameter("batch"))));
                best.ifPresent(e -> rows.add(List.of(shape, Html.escape(Names.who(e)), jdk,
                        e.parameter("batch"), Names.isOnDevice(e) ? "device" : e.parameter("threads"),
                        "<b>" + rate(e) + "</b>",
                        Entry.number(Entry.median(e.gflops())))));
            }
            results.of("peers.OnnxRuntimePeer.predict")
                    .filter(e -> e.parameter("network").equals(shape) && !e.parameter("batch").equals("1"))
                    .min(Comparator.comparingDouble(e -> e.median() / Integer.parseInt(e.parameter("batch"))))
                    .ifPresent(e -> rows.add(List.of(shape, Html.escape(Names.who(e)), e.feature(), e.parameter("batch"),
                            e.parameter("threads"), rate(e), Entry.number(Entry.median(e.gflops())))));
        }
        return rows.isEmpty() ? "" : "<h3>Offline</h3>\n<p class=\"note\">Of the batch sizes and numbers of threads "
                + "measured, those that give each the most rows per second.</p>\n"
                + Html.table(List.of("network", "by", "JDK", "batch", "threads", "rows/s", "GFLOP/s"), rows);
    }

    static String rate(Entry e) {
        return Entry.number(Integer.parseInt(e.parameter("batch")) * 1e9 / e.median());
    }

    private static String shapes() {
        StringBuilder out = new StringBuilder("<dl class=\"shapes\">");
        for (String shape : Shapes.NAMES) {
            out.append("<dt>").append(shape).append("</dt><dd>").append(Html.escape(Shapes.description(shape)))
                    .append("</dd>");
        }
        return out.append("</dl>\n").toString();
    }
}
