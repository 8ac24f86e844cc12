package dev.samebits.gpu;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.BackendUnavailableException;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What a device does, in one run and as JSON: every contract bit for bit, the speed of the batched affine, and the batch
 * from which the device predicts faster than the processor. See docs/gpu.md.
 *
 * <p>Arguments: the file to write; optionally the side of the square product (4096), and the largest batch (16384).
 */
public final class OnDevice {
    // Until the JVM has compiled what runs, and then as long as it takes to meet a quiet moment.
    private static final double WARM_SECONDS = 1.5;
    private static final double SECONDS = 0.5;

    private OnDevice() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int side = args.length > 1 ? Integer.parseInt(args[1]) : 4096;
        int mostRows = args.length > 2 ? Integer.parseInt(args[2]) : 16384;
        OpenClBackend opencl;
        try {
            opencl = (OpenClBackend) Backends.named("opencl");
        } catch (BackendUnavailableException e) {
            System.err.println("on-device: " + e.getMessage());
            System.exit(2);
            return;
        }
        System.out.println("device: " + opencl.device());
        List<String> lines = new ArrayList<>();
        lines.add("\"device\": " + quoted(opencl.device()));
        lines.add("\"processor\": " + quoted(Backends.best().device()));
        lines.add("\"threads\": " + Runtime.getRuntime().availableProcessors());
        lines.add("\"java\": " + quoted(System.getProperty("java.vm.version")));
        lines.add("\"contracts\": " + contracts());
        lines.add("\"affine\": " + affine(opencl, side));
        lines.add("\"crossover\": " + crossovers(opencl, mostRows));
        Files.writeString(file, lines.stream().collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n")));
        System.out.println("written to " + file);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }

    private static String contracts() {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(OpenClContractsTest.class)).build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        System.out.printf("contracts: %d passed, %d failed, %d skipped%n", summary.getTestsSucceededCount(),
                summary.getTestsFailedCount(), summary.getTestsSkippedCount() + summary.getTestsAbortedCount());
        String failures = summary.getFailures().stream()
                .map(failure -> quoted(failure.getTestIdentifier().getDisplayName() + ": "
                        + failure.getException().getMessage()))
                .collect(Collectors.joining(", ", "[", "]"));
        return String.format(Locale.ROOT, "{\"passed\": %d, \"failed\": %d, \"skipped\": %d, \"failures\": %s}",
                summary.getTestsSucceededCount(), summary.getTestsFailedCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(), failures);
    }

    private static String affine(OpenClBackend opencl, int side) {
        List<String> results = new ArrayList<>();
        for (int[] shape : new int[][] {{1024, 784, 512}, {side, side, side}}) {
            AffineSpeed speed = new AffineSpeed(shape[0], shape[1], shape[2]);
            double tiles = speed.tiles(opencl, 4);
            double naive = speed.naive(opencl, 1);
            System.out.printf(Locale.ROOT,
                    "affine, batch %d, %d → %d: %.1f GFLOP/s, %.1f times one item for each result (%.1f)%n",
                    shape[0], shape[1], shape[2], tiles, tiles / naive, naive);
            results.add(String.format(Locale.ROOT,
                    "{\"batch\": %d, \"inputs\": %d, \"outputs\": %d, \"gflops\": %.1f, \"naive_gflops\": %.1f}", shape[0],
                    shape[1], shape[2], tiles, naive));
        }
        return results.toString();
    }

    private static String crossovers(Backend opencl, int mostRows) {
        List<Network> networks = List.of(
                Network.builder(32).dense(64, Activation.RELU).dense(32, Activation.RELU).dense(1, Activation.LOGISTIC)
                        .build(1),
                Network.builder(784).dense(512, Activation.RELU).dense(256, Activation.RELU).dense(10, Activation.IDENTITY)
                        .softmax().build(1),
                Network.builder(2048).dense(4096, Activation.GELU).dense(4096, Activation.GELU)
                        .dense(1000, Activation.IDENTITY).softmax().build(1));
        List<String> results = new ArrayList<>();
        for (Network network : networks) {
            results.add(crossover(opencl, network, mostRows));
        }
        return results.toString();
    }

    private static String crossover(Backend opencl, Network network, int mostRows) {
        Backend processor = Backends.best();
        int threads = Runtime.getRuntime().availableProcessors();
        List<String> points = new ArrayList<>();
        int first = -1;
        try (InferenceSession device = opencl.open(network);
                InferenceSession host = processor.open(network, SessionOptions.ofThreads(threads))) {
            for (int rows = 1; rows <= mostRows; rows *= 4) {
                double onDevice = rowsPerSecond(device, rows);
                double onHost = rowsPerSecond(host, rows);
                first = first < 0 && onDevice > onHost ? rows : first;
                points.add(String.format(Locale.ROOT, "{\"batch\": %d, \"opencl\": %.0f, \"%s\": %.0f}", rows, onDevice,
                        processor.name(), onHost));
                System.out.printf(Locale.ROOT, "%s, batch %d: opencl %,.0f rows/s, %s %,.0f%n", network, rows, onDevice,
                        processor.name(), onHost);
            }
        }
        return String.format(Locale.ROOT, "{\"network\": %s, \"first_batch_faster\": %s, \"rows_per_second\": %s}",
                quoted(network.toString()), first < 0 ? "null" : first, points);
    }

    private static double rowsPerSecond(InferenceSession session, int rows) {
        Network network = session.network();
        Matrix x = Matrix.zeros(rows, network.inputs());
        SplitMix64 random = new SplitMix64(rows);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = random.nextFloat();
        }
        Matrix y = Matrix.zeros(rows, network.outputs());
        fastestNanos(session, x, y, WARM_SECONDS);
        return rows * 1e9 / fastestNanos(session, x, y, SECONDS);
    }

    private static long fastestNanos(InferenceSession session, Matrix x, Matrix y, double seconds) {
        long best = Long.MAX_VALUE;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        do {
            long began = System.nanoTime();
            session.predict(x, y);
            best = Math.min(best, System.nanoTime() - began);
        } while (System.nanoTime() < end);
        return best;
    }
}
