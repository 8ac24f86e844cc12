package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Machine;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows per second by batch size, and from where on one backend overtakes another. */
final class BatchSection {
    private final Results results;

    BatchSection(Results results) {
        this.results = results;
    }

    /** Who on how many threads, with the entries by batch size, for one network on one JDK. */
    private Map<String, List<Entry>> curves(String network, String jdk) {
        Map<String, List<Entry>> curves = new LinkedHashMap<>();
        results.entries().stream()
                .filter(e -> e.isA("InferenceBenchmark.predict") || e.isA("peers.OnnxRuntimePeer.predict"))
                .filter(e -> e.parameter("network").equals(network))
                // What runs outside of the JVM is measured on one JDK, and is the same on all.
                .filter(e -> e.feature().equals(jdk) || e.isPeer() || Names.isOnDevice(e))
                .sorted(Comparator.comparingInt(BatchSection::batch))
                .forEach(e -> curves.computeIfAbsent(Names.who(e) + ", " + Names.threadsText(e),
                        k -> new ArrayList<>()).add(e));
        curves.values().removeIf(curve -> curve.size() < 2);
        return curves;
    }

    private static int batch(Entry e) {
        return Integer.parseInt(e.parameter("batch"));
    }

    private static double rows(Entry e) {
        return batch(e) * 1e9 / e.median();
    }

    String html() {
        StringBuilder out = new StringBuilder();
        List<String> networks = results.of("InferenceBenchmark.predict").map(e -> e.parameter("network")).distinct()
                .toList();
        for (String network : networks) {
            for (String jdk : results.jdks()) {
                Map<String, List<Entry>> curves = curves(network, jdk);
                if (!curves.isEmpty()) {
                    out.append("<figure class=\"panel\"><h3>").append(network).append(", JDK ").append(jdk).append("</h3>")
                            .append(chart(network, curves)).append("<figcaption>").append(legend(curves))
                            .append(crossovers(curves)).append("</figcaption></figure>\n");
                }
            }
        }
        return Html.section("batch", "Speed by batch size", "Rows per second of whole networks, from the caller's array to "
                + "the caller's array; higher is better. Dots are the single forks; dashed lines are of several threads."
                + device(),
                out.isEmpty() ? "" : "<div class=\"grid\">" + out + "</div>\n");
    }

    private String device() {
        Machine machine = results.machine();
        return machine == null || !machine.isWithoutGpu() || results.entries().stream().noneMatch(Names::isOnDevice) ? ""
                : " <b>There was no GPU</b>: opencl ran on " + Html.escape(machine.description().get("backend opencl"))
                + ", on all cores at once, so its crossover is that of a driver for processors.";
    }

    private static String chart(String network, Map<String, List<Entry>> curves) {
        List<Entry> all = curves.values().stream().flatMap(List::stream).toList();
        double[] batches = {all.stream().mapToInt(BatchSection::batch).min().orElseThrow(),
            all.stream().mapToInt(BatchSection::batch).max().orElseThrow()};
        double[] speeds = {all.stream().mapToDouble(BatchSection::rows).min().orElseThrow(),
            all.stream().mapToDouble(BatchSection::rows).max().orElseThrow()};
        List<Double> ticks = new TreeSet<>(all.stream().map(e -> (double) batch(e)).toList()).stream().toList();
        Plot plot = new Plot(380, 270, "chart", "Rows per second by batch size, " + network, batches, speeds, ticks, "batch",
                "rows/s");
        curves.values().forEach(curve -> {
            Entry first = curve.get(0);
            String colour = Colours.of(Names.who(first));
            plot.svg.path(curve.stream().mapToDouble(e -> plot.x.at(batch(e))).toArray(),
                    curve.stream().mapToDouble(e -> plot.y.at(rows(e))).toArray(),
                    "curve " + colour + (Names.threads(first) > 1 ? " dashed" : ""));
            for (Entry e : curve) {
                for (double nanos : e.nanos()) {
                    plot.svg.circle(plot.x.at(batch(e)), plot.y.at(batch(e) * 1e9 / nanos), 2.4, "dot " + colour,
                            e.name() + ": " + Entry.time(nanos) + " a call");
                }
            }
        });
        return plot.svg.end();
    }

    private static String legend(Map<String, List<Entry>> curves) {
        return Colours.legend(curves.values().stream().map(BatchSection::who).distinct().toList());
    }

    // Any backend against the one that everything is measured on: that is the crossover to a GPU, where there is one.
    private static String crossovers(Map<String, List<Entry>> curves) {
        List<List<Entry>> own = curves.values().stream()
                .filter(c -> !c.get(0).isPeer() && !who(c).equals("scalar")).toList();
        return own.stream().filter(c -> !who(c).equals(who(own.get(0))))
                .flatMap(other -> own.stream().filter(base -> who(base).equals(who(own.get(0))))
                        .map(base -> crossover(base, other)))
                .collect(Collectors.joining());
    }

    private static String who(List<Entry> curve) {
        return Names.who(curve.get(0));
    }

    // The first batch of those measured on both where every fork is faster than every fork of the other.
    private static String crossover(List<Entry> base, List<Entry> other) {
        String against = who(base) + " on " + Names.threadsText(Names.threads(base.get(0)));
        List<Entry> both = other.stream().filter(e -> at(base, e).isPresent()).toList();
        return both.stream().filter(e -> Limits.range(e.nanos())[1] < Limits.range(at(base, e).orElseThrow().nanos())[0])
                .findFirst()
                .map(e -> "<br>" + who(other) + " overtakes " + against + " at batch <b>" + batch(e) + "</b>")
                .orElse(both.isEmpty() ? "" : "<br>" + who(other) + " does not overtake " + against + " up to batch "
                        + batch(both.get(both.size() - 1)));
    }

    private static Optional<Entry> at(List<Entry> curve, Entry other) {
        return curve.stream().filter(e -> batch(e) == batch(other)).findFirst();
    }
}
