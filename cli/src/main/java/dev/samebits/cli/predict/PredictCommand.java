package dev.samebits.cli.predict;

import dev.samebits.Backend;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.cli.receipt.Predicate;
import dev.samebits.cli.receipt.Predicate.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code samebits predict}: streams rows through a model. */
@Command(
        name = "predict",
        description = "Run a model over the rows of a CSV, IDX or NumPy file, in constant memory. Bytes of IDX files are "
                + "divided by 255.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class PredictCommand implements Callable<Integer> {
    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model, an ONNX file.")
    private Path model;

    @Mixin
    private OutputOption outputName;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "CSV, IDX or NumPy's .npy, plain or gzip, told by its content; '-' for stdin.")
    private String data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "CSV to write, '-' for stdout (default). A file appears when it is complete.")
    private Path output;

    @Option(
            names = "--as",
            paramLabel = "class|probabilities|raw",
            description = "What to write for a row. Default: class for a classifier, raw otherwise.")
    private PredictionWriter.Form form;

    @Option(
            names = "--columns",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns of the inputs: names, numbers from 1, ranges such as 1-4. Default: those that the "
                    + "model was trained on, by name, or all but --id where it keeps no names.")
    private List<String> columns;

    @Option(
            names = "--id",
            paramLabel = "COLUMNS",
            split = ",",
            description = "CSV columns to pass through, before the predictions.")
    private List<String> ids;

    @Mixin
    private CsvOptions csv;

    @Option(
            names = "--bad-rows",
            paramLabel = "stop|skip",
            defaultValue = "stop",
            description = "At a row that cannot be read: stop (default), or skip it, keep it in a file, and count it.")
    private BadRows.Policy badRows;

    @Option(
            names = "--bad-rows-file",
            paramLabel = "FILE",
            description = "Where --bad-rows skip puts them. Default: the output's name and '.bad'.")
    private Path badRowsFile;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Most rows at a time. Default: by the model's size, 64 to 4096.")
    private Integer batch;

    @Option(
            names = "--fingerprint",
            description = "End with one number over all rows, the same for the same rows from every machine and from Spark: "
                    + "of the text of the one column that --id gives, else of the rows' numbers from 0.")
    private boolean fingerprint;

    @Mixin
    private RunOptions run;

    @Mixin
    private ReceiptOptions receipt;

    @Override
    public Integer call() {
        if (batch != null && batch < 1) {
            throw new Problem("batch must be at least 1, not " + batch, "--batch",
                    "leave it out to take what fits the model");
        }
        Path bad = badRowsPath();
        RunFiles files = new RunFiles().reads("--model", model).reads("--data", Path.of(data));
        receipt.reads(files);
        files.writes("--output", output);
        if (bad != null) {
            files.writes("--bad-rows-file", bad);
        }
        receipt.writes(files);
        int threads = run.threads();
        Backend backend = run.backend();
        ModelFile file = receipt.isWanted() ? ModelFile.digested(model, outputName) : ModelFile.of(model, outputName);
        PredictionWriter.Form as = form == null ? PredictionWriter.usual(file.model()) : form;
        DataRows rows = new DataRows(data, columns, ids, csv, bad != null, batch, receipt.isWanted());
        try (Prediction prediction = new Prediction(file.model(), model, as, rows, backend, threads, fingerprint)) {
            write(prediction, bad, () -> ReceiptOptions.predicate(file, rows, settings(as), prediction, backend, threads));
            prediction.tellOfRun();
            if (fingerprint) {
                System.err.println("fingerprint " + prediction.fingerprint());
            }
        }
        return 0;
    }

    private Settings settings(PredictionWriter.Form as) {
        return new Settings(as.name().toLowerCase(Locale.ROOT), columns, ids, csv.givenHeader(), csv.givenSeparator(),
                badRows.name().toLowerCase(Locale.ROOT), outputName.name());
    }

    private void write(Prediction prediction, Path bad, Supplier<Predicate> predicate) {
        try (Destination out = Destination.open(output);
                BadRows badRowsOut = bad == null ? BadRows.stop() : BadRows.skip(bad, prediction.badHeader());
                ReceiptFile receiptFile = receipt.open()) {
            prediction.run(receiptFile.output(out.stream()), Destination.name(output), badRowsOut);
            // None replaces an old file before all are complete.
            out.finish();
            receiptFile.write(Destination.name(output), predicate);
            badRowsOut.commit();
            out.commit();
            receiptFile.commit();
            prediction.tellOfRows();
        }
    }

    private Path badRowsPath() {
        if (badRows == BadRows.Policy.STOP) {
            if (badRowsFile != null) {
                throw new Problem("no rows are skipped", "--bad-rows-file", "give --bad-rows skip with it");
            }
            return null;
        }
        if (badRowsFile == null && Destination.isStream(output)) {
            throw new Problem("the output has no name to call the file of bad rows by", "--bad-rows skip",
                    "give --bad-rows-file");
        }
        return badRowsFile == null ? Path.of(output + ".bad") : badRowsFile;
    }
}
