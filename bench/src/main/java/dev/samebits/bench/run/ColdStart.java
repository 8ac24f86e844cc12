package dev.samebits.bench.run;

import dev.samebits.bench.jmh.ColdStartBenchmark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * The table of docs/warm-up.md: what the first thousand single rows of a JVM take, without and with
 * {@link dev.samebits.InferenceSession#warmUp()}. Each figure is the median of several JVMs, of all kinds in turn, since the
 * machine may be slower later. Arguments: JVMs of each kind, and the Javas to measure on.
 */
final class ColdStart {
    private static final List<String> KINDS = List.of("scalar", "simd", "simd after warmUp()");
    private static final String[] FIGURES = {"open", "warmUp()", "first row", "first 1,000 rows", "next 1,000 rows"};

    private ColdStart() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 1) {
            System.out.println(Arrays.toString(millis(arguments[0])));
            return;
        }
        int forks = Integer.parseInt(arguments[0]);
        System.out.println("| JDK | milliseconds | " + String.join(" | ", FIGURES) + " |");
        System.out.println("| --- | --- |" + " ---: |".repeat(FIGURES.length));
        for (String asked : Arrays.asList(arguments).subList(1, arguments.length)) {
            Jdk jdk = Jdk.find(asked);
            List<List<double[]>> runs = new ArrayList<>();
            KINDS.forEach(kind -> runs.add(new ArrayList<>()));
            for (int fork = 0; fork < forks; fork++) {
                for (int kind = 0; kind < KINDS.size(); kind++) {
                    runs.get(kind).add(fork(jdk, KINDS.get(kind)));
                }
            }
            for (int kind = 0; kind < KINDS.size(); kind++) {
                StringBuilder row = new StringBuilder("| " + jdk.feature() + " | " + KINDS.get(kind) + " |");
                for (int figure = 0; figure < FIGURES.length; figure++) {
                    row.append(String.format(Locale.ROOT, " %.2f |", median(runs.get(kind), figure)));
                }
                System.out.println(row);
            }
        }
    }

    private static double median(List<double[]> runs, int figure) {
        double[] sorted = runs.stream().mapToDouble(run -> run[figure]).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double[] fork(Jdk jdk, String kind) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(jdk.launcher()));
        command.addAll(jdk.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ColdStart.class.getName(), kind));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(kind + " on JDK " + jdk.feature() + " ended with exit " + process.exitValue());
        }
        return Arrays.stream(said.substring(1, said.length() - 1).split(", ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static double[] millis(String kind) {
        ColdStartBenchmark.Times times =
                ColdStartBenchmark.measure(kind.split(" ")[0], kind.contains("warmUp"), new float[1]);
        return LongStream.of(times.open(), times.warmUp(), times.row(), times.first(), times.next())
                .mapToDouble(nanos -> nanos / 1e6).toArray();
    }
}
