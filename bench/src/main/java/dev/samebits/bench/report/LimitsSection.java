package dev.samebits.bench.report;

import dev.samebits.bench.jmh.TransferBenchmark;
import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Limits;
import dev.samebits.bench.results.Names;
import dev.samebits.bench.results.Results;
import dev.samebits.cli.page.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine's own limits, and the activation functions, which are the kernels nearest to them. */
final class LimitsSection {
    /** What other sections show. */
    private static final Pattern SHOWN = Pattern.compile("gc\\..*|p[0-9.]+|GFLOP/s|GB/s|up|down");

    private final Results results;

    LimitsSection(Results results) {
        this.results = results;
    }

    String html() {
        List<List<String>> rows = new ArrayList<>();
        Stream.of("FmaPeak.registers", "BandwidthBenchmark.read", "BandwidthBenchmark.copy", "BandwidthBenchmark.triad")
                .flatMap(results::of)
                .forEach(e -> rows.add(row(e, e.cost().flops() > 0
                        ? speed(e.gflops(), "GFLOP/s")
                        : speed(e.gigabytes(), "GB/s"))));
        results.of("HandOverBenchmark.roundTrip").forEach(e -> rows.add(row(e, times(e.nanos()))));
        Stream.of("TransferBenchmark.in", "TransferBenchmark.out").flatMap(results::of)
                .forEach(e -> rows.add(row(e, speed(e.gigabytes(), "GB/s"), moved(e))));
        return Html.section("limits", "The machine's limits", "What plain loops reach: fused multiply-adds without memory "
                + "by vector width, STREAM's copy and triad and a loop that only reads by level of memory, a piece of work "
                + "handed to another thread and back, and for each backend the way of a batch to where it computes and "
                + "back. "
                + "The best fork is the limit that shares refer to: what slows the others down is not the machine's.",
                Html.table(List.of("limit", "threads", "JDK", "best", "median", "single forks"), rows)) + activations()
                + figures();
    }

    /** Numbers that forks reported by themselves, such as a device's bytes moved, whatever they are called. */
    private String figures() {
        List<List<String>> rows = new ArrayList<>();
        for (Entry e : results.entries()) {
            e.figures().keySet().stream().filter(name -> !SHOWN.matcher(name).matches()).forEach(name -> rows.add(
                    List.of(Html.escape(e.name()), e.feature(), Html.escape(name), Entry.number(e.figure(name)))));
        }
        return Html.section("figures", "Besides", "Other numbers that the forks reported.",
                Html.table(List.of("benchmark", "JDK", "number", "median"), rows));
    }

    private static List<String> row(Entry e, List<String> speed) {
        return row(e, speed, "");
    }

    private static List<String> row(Entry e, List<String> speed, String more) {
        String who = Names.who(e);
        return List.of(Html.escape(Names.what(e) + (who.isEmpty() ? "" : ", " + who)) + more,
                Names.isOnDevice(e) ? "device" : String.valueOf(Names.threads(e)), e.feature(), speed.get(0), speed.get(1),
                speed.get(2));
    }

    /** What the device's session counted; nothing where there is no device. */
    private static String moved(Entry e) {
        double up = e.figure(TransferBenchmark.UP);
        return Double.isNaN(up) ? "" : "<br><small>" + mebibytes(up) + " to the device, "
                + mebibytes(e.figure(TransferBenchmark.DOWN)) + " back, by the session's own count</small>";
    }

    private static String mebibytes(double bytes) {
        return Entry.number(bytes / (1 << 20)) + " MiB";
    }

    private static List<String> speed(double[] values, String unit) {
        double[] range = Limits.range(values);
        return List.of("<b>" + Entry.number(range[1]) + "</b> " + unit, Entry.number(Entry.median(values)),
                Entry.number(range[0]) + " to " + Entry.number(range[1]));
    }

    private static List<String> times(double[] nanos) {
        double[] range = Limits.range(nanos);
        return List.of("<b>" + Entry.time(range[0]) + "</b>", Entry.time(Entry.median(nanos)),
                Entry.time(range[0]) + " to " + Entry.time(range[1]));
    }

    private String activations() {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = results.of("ActivationBenchmark.value").map(e -> e.parameter("activation")).distinct().toList();
        for (String name : names) {
            List<String> row = new ArrayList<>(List.of(name));
            for (String jdk : results.jdks()) {
                for (String method : List.of("value", "gradient")) {
                    row.add(results.of("ActivationBenchmark." + method)
                            .filter(e -> e.parameter("activation").equals(name) && e.feature().equals(jdk))
                            .map(e -> Entry.number(e.median() / Integer.parseInt(e.parameter("elements"))))
                            .findFirst().orElse(""));
                }
            }
            rows.add(row);
        }
        List<String> head = new ArrayList<>(List.of("function"));
        results.jdks().forEach(jdk -> head.addAll(List.of("value, JDK " + jdk, "derivative, JDK " + jdk)));
        return Html.section("activations", "Activations", "Nanoseconds for each element of an array in cache, on one "
                + "thread.",
                Html.table(head, rows));
    }
}
