package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The few numbers that a reader takes away: the tiles at the top. */
final class Headline {
    /** A number, what it is, and what to know with it. */
    record Tile(String value, String unit, String what, String note) {}

    private final Results results;
    private final String jdk;

    /** Of one JDK. */
    Headline(Results results, String jdk) {
        this.results = results;
        this.jdk = jdk;
    }

    List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        Limits limits = new Limits(results);
        if (!Double.isNaN(limits.peak(1))) {
            tiles.add(new Tile(Entry.number(limits.peak(1)), "GFLOP/s", "FMA peak of one core",
                    "memory " + Entry.number(limits.bandwidths().getOrDefault("memory", Double.NaN)) + " GB/s"));
        }
        own("AffineBenchmark.session").filter(e -> Names.threads(e) == 1)
                .max(Comparator.comparingDouble(e -> Entry.median(e.gflops())))
                .ifPresent(e -> tiles.add(new Tile(Entry.number(Entry.median(e.gflops())), "GFLOP/s", Names.what(e),
                        share(Entry.median(e.gflops()) / limits.peak(1)))));
        stream("SingleStreamBenchmark.query").ifPresent(e -> tiles.add(new Tile(Entry.time(e.figure("p50")).split(" ")[0],
                Entry.time(e.figure("p50")).split(" ")[1], e.parameter("network") + ", single stream, p50",
                "p99 " + Entry.time(e.figure("p99")) + peer(e))));
        own("InferenceBenchmark.predict").filter(e -> e.parameter("network").equals("mnist"))
                .max(Comparator.comparingDouble(e -> Double.parseDouble(e.parameter("batch")) / e.median()))
                .ifPresent(e -> tiles.add(new Tile(ScenarioSection.rate(e), "rows/s", "mnist, offline, "
                        + Names.threadsText(e), "batch " + e.parameter("batch"))));
        return tiles;
    }

    private static String share(double share) {
        return Double.isNaN(share) ? "one thread"
                : Share.text(share) + (Share.isAbove(share) ? ": measure again" : " of the peak");
    }

    private java.util.stream.Stream<Entry> own(String benchmark) {
        return results.of(benchmark).filter(e -> e.feature().equals(jdk) && !e.parameter("backend").equals("scalar"));
    }

    private Optional<Entry> stream(String benchmark) {
        return results.of(benchmark).filter(e -> e.parameter("network").equals("mnist"))
                .filter(e -> e.isPeer() || e.feature().equals(jdk)).findFirst();
    }

    private String peer(Entry own) {
        return stream("peers.OnnxRuntimePeer.query")
                .map(e -> ", " + Entry.number(e.figure("p50") / own.figure("p50")) + "× ONNX Runtime")
                .orElse("");
    }
}
