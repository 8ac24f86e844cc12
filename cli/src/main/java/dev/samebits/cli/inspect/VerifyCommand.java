package dev.samebits.cli.inspect;

import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Failures;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.model.Bits;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.onnx.GoldenRows;
import dev.samebits.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code samebits verify}: one model, every backend, batch size and number of threads, one fingerprint. */
@Command(
        name = "verify",
        description = {
            "Run a model over made-up inputs, special values among them, on every backend here, with batches of 1 to "
                    + "1000 rows and 1 to twice as many threads as cores, and compare all outputs with the scalar "
                    + "backend's, row by row.",
            "Prints the SHA-256 of the outputs, or the first difference (exit code 1)."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class VerifyCommand implements Callable<Integer> {
    private static final int[] BATCHES = {1, 2, 3, 5, 8, 16, 17, 33, 64, 100, 256, 1000};

    @Parameters(paramLabel = "MODEL", description = "The model, an ONNX file.")
    private Path model;

    @Mixin
    private OutputOption outputName;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Names the inputs (default: 1).")
    private long seed;

    @Option(
            names = "--golden",
            description = "Also compute the golden rows that the file keeps on every backend, and compare their outputs "
                    + "with those that it keeps.")
    private boolean golden;

    @Override
    public Integer call() {
        OnnxModel read = Models.readModel(model, outputName);
        Network network = read.network();
        if (golden && !goldenRowsAreTheSame(read)) {
            return Failures.DIFFERENT;
        }
        int rows = BATCHES[BATCHES.length - 1];
        Matrix inputs = VerifyInputs.of(rows, network, seed);
        List<Backend> backends = Backends.available();
        int threads = Math.min(2 * Runtime.getRuntime().availableProcessors(), SessionOptions.MAX_THREADS);
        String difference;
        Matrix reference = Matrix.zeros(rows, network.outputs());
        try (Progress progress = new Progress("Verifying", "batches", (long) backends.size() * threads * BATCHES.length)) {
            try (InferenceSession session = Backends.named("scalar").open(network)) {
                for (int n = 0; n < rows; n++) {
                    session.predict(inputs.rows(n, 1), reference.rows(n, 1));
                }
            }
            difference = difference(network, inputs, reference, backends, threads, progress);
        }
        System.out.println(network + ", weights " + network.fingerprint()
                + read.preparation().map(preparation -> ", preparation " + preparation.fingerprint()).orElse(""));
        if (difference != null) {
            System.out.println("DIFFERENT: " + difference);
            return Failures.DIFFERENT;
        }
        System.out.println(VerifyInputs.sha256(reference) + "  identical: " + rows + " rows, backends "
                + backends.stream().map(Backend::name).collect(Collectors.joining(", ")) + ", batches "
                + IntStream.of(BATCHES).mapToObj(String::valueOf).collect(Collectors.joining(", ")) + ", threads 1 to "
                + threads);
        return 0;
    }

    // With every backend here, since all of them are asked for the same bits.
    private boolean goldenRowsAreTheSame(OnnxModel read) {
        GoldenRows rows = read.golden().orElseThrow(() -> new Problem("the file keeps no golden rows"
                + (outputName.name() == null ? "" : " for one output"), model.toString(), outputName.name() == null
                ? "write one with 'samebits convert --golden 16'" : "leave out --output-name"));
        for (Backend backend : Backends.available()) {
            try (InferenceSession session = backend.open(read.network())) {
                Optional<String> difference = rows.difference(session);
                if (difference.isPresent()) {
                    System.out.println("DIFFERENT: backend " + backend.name() + ", " + difference.get());
                    return false;
                }
            }
        }
        int count = rows.outputs().rows();
        System.out.println("golden: " + count + (count == 1 ? " row" : " rows") + " as when the file was written");
        return true;
    }

    // A batch of B rows is the last B, so that a row stands at another place in each; the special rows are the last.
    private static String difference(Network network, Matrix inputs, Matrix reference, List<Backend> backends, int threads,
            Progress progress) {
        long done = 0;
        Matrix outputs = Matrix.zeros(reference.rows(), reference.columns());
        for (Backend backend : backends) {
            for (int t = 1; t <= threads; t++) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(t))) {
                    for (int batch : BATCHES) {
                        int from = inputs.rows() - batch;
                        Matrix y = outputs.rows(0, batch);
                        session.predict(inputs.rows(from, batch), y);
                        long first = Bits.firstDifference(reference.rows(from, batch), y);
                        if (first >= 0) {
                            int row = (int) (first / y.columns());
                            int column = (int) (first % y.columns());
                            return "backend " + backend.name() + ", batch " + batch + ", threads " + t + ", row "
                                    + (row + 1) + ", column " + (column + 1) + ": " + Bits.show(y, row, column)
                                    + ", but scalar " + Bits.show(reference, from + row, column);
                        }
                        progress.to(++done);
                    }
                }
            }
        }
        return null;
    }
}
