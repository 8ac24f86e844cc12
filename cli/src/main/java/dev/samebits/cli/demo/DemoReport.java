package dev.samebits.cli.demo;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Table;
import dev.samebits.cli.model.Bits;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Classification;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Classifies a test set on every backend that runs here, and compares accuracy, speed and bits. */
final class DemoReport {
    // Long enough for a clock and a compiler; the best pass is taken, which other load on the machine disturbs least.
    private static final long MEASURED_NANOS = 1_500_000_000L;

    private final Network network;
    private final Matrix images;
    private final int[] labels;
    private final int threads;
    private boolean identical = true;

    DemoReport(Network network, TrainingData test, int threads) {
        this.network = network;
        this.threads = threads;
        this.images = Matrix.zeros(test.size(), test.inputs());
        this.labels = new int[test.size()];
        for (int n = 0; n < labels.length; n++) {
            test.readInputs(n, images.data(), images.rowOffset(n));
            labels[n] = test.readClass(n);
        }
    }

    /** Whether all backends printed so far gave the same bits. */
    boolean identical() {
        return identical;
    }

    void print(PrintStream out) {
        Table table = new Table("backend", "device", "threads", "accuracy", "rows/s", "identical");
        List<Backend> backends = Backends.available();
        Matrix first = null;
        try (Progress progress = new Progress("Classifying", "backends", backends.size())) {
            for (Backend backend : backends) {
                progress.note(backend.name());
                Matrix outputs = Matrix.zeros(images.rows(), network.outputs());
                double rowsPerSecond = images.rows() / seconds(backend, outputs);
                first = first == null ? outputs : first;
                boolean same = Bits.firstDifference(first, outputs) < 0;
                identical &= same;
                table.row(backend.name(), backend.device(), String.valueOf(threads),
                        String.format(Locale.ROOT, "%.2f %%", 100.0 * right(outputs) / labels.length),
                        String.format(Locale.ROOT, "%,.0f", rowsPerSecond), same ? "yes" : "NO");
                progress.to(table.rows());
            }
        }
        table.print(out);
        out.println();
        out.printf(Locale.ROOT, identical
                ? "All %,d outputs are bit-identical on every backend (%d here).%n"
                : "DIFFERENT: not all of the %,d outputs are the same on the %d backends.%n",
                (long) images.rows() * network.outputs(), backends.size());
    }

    private double seconds(Backend backend, Matrix outputs) {
        long best = Long.MAX_VALUE;
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
            session.predict(images, outputs);
            for (long total = 0; total < MEASURED_NANOS;) {
                long began = System.nanoTime();
                session.predict(images, outputs);
                long took = System.nanoTime() - began;
                best = Math.min(best, took);
                total += took;
            }
        }
        return best / 1e9;
    }

    private int right(Matrix outputs) {
        int right = 0;
        for (int n = 0; n < labels.length; n++) {
            right += Classification.classOf(outputs, n) == labels[n] ? 1 : 0;
        }
        return right;
    }
}
