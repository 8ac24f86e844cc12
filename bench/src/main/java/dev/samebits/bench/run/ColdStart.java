package dev.samebits.bench.run;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.bench.jmh.Workloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The table of docs/warm-up.md: what the first thousand single rows of a JVM take, without and with
 * {@link InferenceSession#warmUp()}. Each figure is the median of several JVMs, of all kinds in turn, since the machine
 * may be slower later. Arguments: JVMs of each kind, and the Javas to measure on.
 */
final class ColdStart {
    private static final int ROWS = 1000;
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

    // In this JVM, which must have run nothing yet.
    private static double[] millis(String kind) {
        Network network = Workloads.network("relu");
        Matrix x = Workloads.uniform(ROWS, network.inputs(), 3);
        float[][] rows = new float[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = x.rows(i, 1).copy().data();
        }
        long start = System.nanoTime();
        try (InferenceSession session = Backends.named(kind.split(" ")[0]).open(network)) {
            long opened = System.nanoTime();
            if (kind.contains("warmUp")) {
                session.warmUp();
            }
            long warm = System.nanoTime();
            predict(session, rows, 0, 1);
            long first = System.nanoTime();
            predict(session, rows, 1, ROWS);
            long thousand = System.nanoTime();
            predict(session, rows, 0, ROWS);
            long last = System.nanoTime();
            long[] nanos = {opened - start, warm - opened, first - warm, thousand - warm, last - thousand};
            return Arrays.stream(nanos).mapToDouble(each -> each / 1e6).toArray();
        }
    }

    private static void predict(InferenceSession session, float[][] rows, int from, int to) {
        float[] y = new float[session.network().outputs()];
        for (int i = from; i < to; i++) {
            session.predict(rows[i], y);
        }
    }
}
