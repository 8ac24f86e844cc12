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
import java.util.stream.Collectors;

/** The roofline plot, and each kernel's share of what the machine can do. */
final class RoofSection {
    private static final int LABEL = 11;
    private static final double MARKER = 16;
    // On the right of the last kernel, for the names of the flat roofs.
    private static final double ROOM = 6;

    private final Results results;
    private final Limits limits;
    /** Numbers of the points, the same for every JDK. */
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    RoofSection(Results results) {
        this.results = results;
        this.limits = new Limits(results);
        for (Entry e : results.entries()) {
            if (isKernel(e) && e.cost().flops() > 0) {
                numbers.putIfAbsent(e.key(), numbers.size() + 1);
            }
        }
    }

    private static boolean isKernel(Entry e) {
        return !e.isPeer() && !e.parameter("backend").isEmpty() && !e.parameter("backend").equals("scalar")
                && !Names.isOnDevice(e)
                && e.cost().bytes() > 0 && !e.isA("SingleStreamBenchmark.query") && !e.isA("TransferBenchmark.in")
                && !e.isA("TransferBenchmark.out") && !e.isA("SessionOpenBenchmark.openAndClose");
    }

    private List<Entry> kernels(String jdk) {
        return results.entries().stream().filter(e -> e.feature().equals(jdk) && isKernel(e)).toList();
    }

    String html() {
        StringBuilder out = new StringBuilder();
        for (String jdk : results.jdks()) {
            List<Entry> points = kernels(jdk).stream().filter(e -> e.cost().flops() > 0).toList();
            if (limits.areKnown() && !points.isEmpty()) {
                out.append(Html.figure(
                        chart(jdk, points, 380, 330, "narrow") + chart(jdk, points, 800, 380, "broad"),
                        "JDK " + jdk + ". Lines: what one core can do at most"
                                + (limits.cores() > 1 ? ", dashed: all " + limits.cores() + " cores" : "")
                                + ". Circles: one thread; squares: several. Numbers as in the table below; one that had no "
                                + "room stands beside its point."));
            }
        }
        String tables = results.jdks().stream().map(this::table).collect(Collectors.joining());
        out.append(tables).append(tables.contains(Limits.ABOVE) ? "<p class=\"note\">" + Share.ABOVE + "</p>\n" : "");
        return Html.section("roofline", "How close to the machine's limits",
                "A kernel is held back either by arithmetic (the flat roofs: fused multiply-adds by vector width) or by "
                + "moving data (the slopes: bandwidth of each level). The nearer to its roof, the less is left to gain. "
                + "A roof is the best that any fork reached.",
                out.toString());
    }

    private String chart(String jdk, List<Entry> points, int width, int height, String kind) {
        double top = Math.max(limits.peak(1), Double.isNaN(limits.peak(limits.cores())) ? 0 : limits.peak(limits.cores()));
        double low = points.stream().mapToDouble(e -> Entry.median(e.gflops())).min().orElse(1);
        double left = points.stream().mapToDouble(e -> e.cost().intensity()).min().orElse(0.1);
        double right = points.stream().mapToDouble(e -> e.cost().intensity()).max().orElse(1000);
        Plot plot = new Plot(width, height, "chart " + kind, "Roofline, JDK " + jdk, new double[] {left / 2, ROOM * right},
                new double[] {low / 1.5, top * 1.05}, null, "operations per byte of operands and results", "GFLOP/s");
        roofs(plot, kind.equals("broad"));
        Markers markers = new Markers(MARKER, plot.x.at(plot.x.from()) + MARKER / 2, plot.top() + MARKER / 2,
                plot.right() - MARKER / 2, plot.bottom());
        List<double[]> places = points.stream().map(e -> markers.place(x(plot, e), y(plot, e))).toList();
        for (int i = 0; i < places.size(); i++) {
            lead(plot, points.get(i), places.get(i));
        }
        for (int i = 0; i < places.size(); i++) {
            marker(plot, points.get(i), places.get(i));
        }
        return plot.svg.end();
    }

    private static double x(Plot plot, Entry e) {
        return plot.x.at(e.cost().intensity());
    }

    private static double y(Plot plot, Entry e) {
        return plot.y.at(Entry.median(e.gflops()));
    }

    // From a point that had no room for its marker to where that is.
    private static void lead(Plot plot, Entry e, double[] place) {
        if (Math.hypot(place[0] - x(plot, e), place[1] - y(plot, e)) > 1) {
            String colour = Colours.of(Names.who(e));
            plot.svg.line(x(plot, e), y(plot, e), place[0], place[1], "lead " + colour);
            plot.svg.circle(x(plot, e), y(plot, e), 2.2, "dot " + colour, e.name());
        }
    }

    private void marker(Plot plot, Entry e, double[] place) {
        int number = numbers.get(e.key());
        String tip = number + ": " + e.name() + ", " + Entry.number(Entry.median(e.gflops())) + " GFLOP/s";
        String colour = "point " + Colours.of(Names.who(e));
        if (Names.threads(e) == 1) {
            plot.svg.circle(place[0], place[1], 7.5, colour, tip);
        } else {
            plot.svg.rect(place[0] - 7, place[1] - 7, 14, 14, colour, tip);
        }
        plot.svg.text(place[0], place[1] + 3.5, "middle", "number", String.valueOf(number));
    }

    private void roofs(Plot plot, boolean broad) {
        double peak = limits.peak(1);
        limits.peaks().forEach((bits, gflops) -> {
            double knee = gflops / limits.bandwidths().values().stream().mapToDouble(b -> b).max().orElseThrow();
            double start = Math.max(plot.x.from(), knee);
            plot.svg.line(plot.x.at(start), plot.y.at(gflops), plot.right(), plot.y.at(gflops), "roof");
            plot.svg.text(plot.right() - 2, plot.y.at(gflops) + 11, "end", "rooflabel",
                    bits + " bit " + Entry.number(gflops));
        });
        double lowest = 0;
        for (Map.Entry<String, Double> bandwidth : limits.bandwidths().entrySet()) {
            double gigabytes = bandwidth.getValue();
            double x1 = Math.max(plot.x.from(), plot.y.from() / gigabytes);
            double x2 = Math.min(plot.x.to(), peak / gigabytes);
            if (x1 < x2) {
                plot.svg.line(plot.x.at(x1), plot.y.at(x1 * gigabytes), plot.x.at(x2), plot.y.at(x2 * gigabytes), "roof");
                // Where the slope leaves the plane's left or lower side.
                double at = x1 * 1.15;
                // Below the one before, where two levels are as fast as each other.
                lowest = Math.max(lowest + LABEL, plot.y.at(at * gigabytes) + 4);
                plot.svg.text(plot.x.at(at) + 8, lowest, "start", "rooflabel",
                        bandwidth.getKey() + (broad ? " " + Entry.number(gigabytes) + " GB/s" : ""));
            }
        }
        double all = limits.peak(limits.cores());
        if (limits.cores() > 1 && !Double.isNaN(all)) {
            plot.svg.line(plot.x.at(Math.max(plot.x.from(), all / 1000)), plot.y.at(all), plot.right(), plot.y.at(all),
                    "roof all");
            plot.svg.text(plot.right() - 2, plot.y.at(all) - 4, "end", "rooflabel",
                    limits.cores() + " cores " + Entry.number(all));
        }
    }

    private String table(String jdk) {
        List<List<String>> rows = new ArrayList<>();
        for (Entry e : kernels(jdk)) {
            int threads = Names.threads(e);
            double gflops = Entry.median(e.gflops());
            double gigabytes = Entry.median(e.gigabytes());
            boolean counted = e.cost().flops() > 0;
            Limits.Held held = limits.held(e.cost(), gigabytes);
            rows.add(List.of(
                    "<b>" + (counted ? numbers.get(e.key()) : "") + "</b> " + Html.escape(e.name()),
                    Entry.time(e.median()),
                    counted ? Entry.number(e.cost().intensity()) : "",
                    counted ? Entry.number(gflops) : "",
                    counted ? Share.html(gflops / limits.peak(threads)) : "",
                    Entry.number(gigabytes),
                    threads > 1 ? "" : held.level(),
                    threads > 1 ? "" : Share.html(held.share())));
        }
        String peaks = limits.peaks().entrySet().stream()
                .map(peak -> peak.getKey() + " bit " + Entry.number(peak.getValue()) + " GFLOP/s")
                .collect(Collectors.joining(", "));
        return rows.isEmpty() ? "" : "<h3>JDK " + jdk + "</h3>\n<p class=\"note\">FMA peak of one core: "
                + (peaks.isEmpty() ? "not measured" : peaks) + ".</p>\n" + Html.table(List.of("kernel", "time", "flop/byte",
                        "GFLOP/s", "of FMA peak", "GB/s", "held in", "of its bandwidth"), rows);
    }
}
