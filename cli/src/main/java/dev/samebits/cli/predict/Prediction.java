package dev.samebits.cli.predict;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.data.Source;
import dev.samebits.onnx.OnnxModel;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;

/** One run of a model over the rows of a file, and what is to be told of it. Not thread-safe. */
final class Prediction implements AutoCloseable {
    private final DataRows data;
    private final Backend backend;
    private final int threads;
    private final PredictionWriter.Form form;
    private final Network network;
    private final Source source;
    private final RowFingerprint fingerprint;
    private final long began = System.nanoTime();

    private long rows;
    private long badRows;
    private Pipeline pipeline;

    /**
     * Opens the data, and looks whether they fit the model.
     *
     * @param read the model
     * @param model its file, for messages
     * @param form what to write for a row
     * @param fingerprint whether one of the rows is wanted
     */
    Prediction(OnnxModel read, Path model, PredictionWriter.Form form, DataRows data, Backend backend, int threads,
            boolean fingerprint) {
        this.data = data;
        this.backend = backend;
        this.threads = threads;
        this.form = form;
        this.network = PredictionWriter.prepared(read.network(), form, model);
        this.fingerprint = fingerprint ? new RowFingerprint(data.haveIds()) : null;
        this.source = data.source(model, network, read.preparation().orElse(null), threads);
        try {
            check();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void check() {
        if (source.columns() != network.inputs()) {
            throw new Problem("found " + source.columns() + " columns where the model takes " + network.inputs(),
                    source.place(0), "choose the inputs with --columns, or give the data this model was trained on");
        }
        if (fingerprint != null && source.idNames().length > 1) {
            throw new Problem("a row's fingerprint is of one id, not of " + source.idNames().length + " columns", "--id",
                    "give one column, or leave it out for the numbers of the rows");
        }
    }

    /** The first line of a file of bad rows, or null. */
    String badHeader() {
        return source.badHeader();
    }

    /**
     * Predicts all rows, which may take long.
     *
     * @param out takes the lines
     * @param name where they go, for messages
     */
    void run(OutputStream out, Path name, BadRows bad) {
        try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(1));
                Progress progress = new Progress("Predicting", "rows", source.size())) {
            PredictionWriter writer = new PredictionWriter(form, network, source, name);
            pipeline = new Pipeline(source, session, writer, threads, bad.areKept(), fingerprint);
            rows = pipeline.run(out, bad, progress);
            badRows = bad.count();
        }
    }

    long rows() {
        return rows;
    }

    long badRows() {
        return badRows;
    }

    /** The number over the ids and outputs of all rows, or null where it was not wanted. */
    ScoreFingerprint fingerprint() {
        return fingerprint == null ? null : fingerprint.sum();
    }

    /** Says on stderr what the user should know of the rows. */
    void tellOfRows() {
        // A row without a class is told of as a bad one.
        long nan = pipeline.nanRows();
        if (nan > 0 && form != PredictionWriter.Form.CLASS) {
            System.err.printf(Locale.ROOT, "samebits: warning: %,d %s NaN among the outputs%n", nan,
                    nan == 1 ? "row has" : "rows have");
        }
        if (pipeline.unknownRows() > 0) {
            System.err.println("samebits: warning: " + Problem.oneLine(String.format(Locale.ROOT,
                    "%,d %s of categories that the model was not trained on, the first: %s", pipeline.unknownRows(),
                    pipeline.unknownRows() == 1 ? "row has fields" : "rows have fields", pipeline.firstUnknown())));
        }
    }

    /** Says on stderr how it went. */
    void tellOfRun() {
        if (data.note() != null) {
            System.err.println("samebits: note: " + Problem.oneLine(data.data() + ": " + data.note()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf(Locale.ROOT, "%,d %s in %.2f s, %,.0f rows/s, backend %s, threads %d%n", rows,
                rows == 1 ? "row" : "rows", seconds, rows / seconds, backend.name(), threads);
    }

    @Override
    public void close() {
        source.close();
    }
}
