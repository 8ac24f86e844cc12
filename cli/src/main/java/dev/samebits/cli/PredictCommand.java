package dev.samebits.cli;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samebits predict}: streams rows through a model. */
@Command(
        name = "predict",
        description = "Run a model over the rows of a CSV or IDX file, in constant memory. Bytes of IDX files are "
                + "divided by 255.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PredictCommand implements Callable<Integer> {
    // What a batch may hold, inputs and outputs together, so that memory stays constant for any width.
    private static final int MOST_ELEMENTS = 1 << 24;

    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, an ONNX file.")
    private Path model;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "CSV or IDX, plain or gzip, told by its content; '-' for stdin.")
    private String data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "CSV to write, '-' for stdout (default). A file appears when it is complete.")
    private String output;

    @Option(
            names = "--as",
            paramLabel = "class|probabilities|raw",
            description = "What to write for a row. Default: class for a classifier, raw otherwise.")
    private PredictionWriter.Form form;

    @Option(
            names = "--columns",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns of the inputs: names, numbers from 1, ranges such as 1-4. Default: all.")
    private List<String> columns;

    @Mixin
    private CsvOptions csv;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1024", description = "Rows at a time (default: 1024).")
    private int batch;

    @Mixin
    private RunOptions run;

    @Override
    public Integer call() {
        if (batch < 1) {
            throw new Problem("batch must be at least 1, not " + batch, "--batch", "leave it out for 1024");
        }
        Backend backend = run.backend();
        Network saved = Models.read(model);
        PredictionWriter.Form as = form == null ? PredictionWriter.usual(saved) : form;
        Network network = PredictionWriter.prepared(saved, as, model);
        long began = System.nanoTime();
        long rows;
        try (Rows source = source(network)) {
            if (source.columns() != network.inputs()) {
                throw new Problem("found " + source.columns() + " columns where the model takes " + network.inputs(),
                        source.place(0), "choose the inputs with --columns, or give the data this model was trained on");
            }
            rows = write(network, source, as, backend);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf(Locale.ROOT, "%,d rows in %.2f s, %,.0f rows/s, backend %s, threads %d%n", rows, seconds,
                rows / seconds, backend.name(), run.threads());
        return 0;
    }

    private Rows source(Network network) {
        Input input = Input.open(data);
        if (input.idx()) {
            if (columns != null) {
                throw new Problem("--columns chooses columns of CSV files, and this one is IDX", data, "leave it out");
            }
            return new IdxRows(input);
        }
        CsvTable table = new CsvTable(input, csv);
        return new CsvRows(table, columns == null ? Columns.except(table) : Columns.parse(table, "--columns", columns));
    }

    private long write(Network network, Rows source, PredictionWriter.Form as, Backend backend) {
        if (output.equals(Input.STANDARD)) {
            // Not System.out, which would keep a full disk or a closed pipe to itself.
            return stream(network, source, as, backend, new FileOutputStream(FileDescriptor.out));
        }
        Path path = Path.of(output);
        try (AtomicFile file = AtomicFile.create(path)) {
            long rows = stream(network, source, as, backend, file.stream());
            file.commit();
            return rows;
        } catch (IOException e) {
            throw Problem.writing(path, e);
        }
    }

    private long stream(Network network, Rows source, PredictionWriter.Form as, Backend backend, OutputStream out) {
        int rows = Math.max(1, Math.min(batch, MOST_ELEMENTS / (network.inputs() + network.outputs())));
        Matrix x = Matrix.zeros(rows, network.inputs());
        Matrix y = Matrix.zeros(rows, network.outputs());
        long done = 0;
        try (InferenceSession session = backend.open(network, run.session());
                Progress progress = new Progress("Predicting", "rows", source.size())) {
            Path name = Path.of(output.equals(Input.STANDARD) ? "stdout" : output);
            PredictionWriter writer = new PredictionWriter(out, as, name);
            // The first rows are read before anything is written: a bad file then leaves stdout empty too.
            int count = source.read(x);
            if (source.names() != null) {
                writer.header(network.outputs());
            }
            for (; count > 0; count = source.read(x)) {
                session.predict(x.rows(0, count), y.rows(0, count));
                writer.rows(y.rows(0, count));
                done += count;
                progress.to(done);
            }
            writer.flush();
        }
        return done;
    }
}
