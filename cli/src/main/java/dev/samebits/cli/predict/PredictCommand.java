package dev.samebits.cli.predict;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Progress;
import dev.samebits.cli.console.Version;
import dev.samebits.cli.data.RecordSource;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.csv.Columns;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.data.csv.CsvSource;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.data.idx.Idx;
import dev.samebits.cli.data.npy.Npy;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.file.Input.Format;
import dev.samebits.cli.file.Destination;
import dev.samebits.cli.file.RunFiles;
import dev.samebits.cli.model.ColumnNames;
import dev.samebits.cli.model.Models;
import dev.samebits.cli.model.OutputOption;
import dev.samebits.cli.model.RunOptions;
import dev.samebits.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
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
    private static final String NAMELESS = "it has no names of columns, so they are taken in the order of the model's: ";
    // What a block should cost: some milliseconds of a core.
    private static final long BLOCK_FLOPS = 1 << 27;

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

    // What the user should know of how the columns were found, or null.
    private String note;

    @Override
    public Integer call() {
        if (batch != null && batch < 1) {
            throw new Problem("batch must be at least 1, not " + batch, "--batch",
                    "leave it out to take what fits the model");
        }
        Path bad = badRowsPath();
        RunFiles files = new RunFiles().reads("--model", model).reads("--data", Path.of(data)).writes("--output", output);
        if (bad != null) {
            files.writes("--bad-rows-file", bad);
        }
        int threads = run.threads();
        Backend backend = run.backend();
        OnnxModel read = Models.readModel(model, outputName);
        Network saved = read.network();
        PredictionWriter.Form as = form == null ? PredictionWriter.usual(read) : form;
        Network network = PredictionWriter.prepared(saved, as, model);
        long began = System.nanoTime();
        long rows;
        RowFingerprint sum = fingerprint ? new RowFingerprint(ids != null) : null;
        try (Source source = source(network, threads)) {
            if (source.columns() != network.inputs()) {
                throw new Problem("found " + source.columns() + " columns where the model takes " + network.inputs(),
                        source.place(0), "choose the inputs with --columns, or give the data this model was trained on");
            }
            if (fingerprint && source.idNames().length > 1) {
                throw new Problem("a row's fingerprint is of one id, not of " + source.idNames().length + " columns", "--id",
                        "give one column, or leave it out for the numbers of the rows");
            }
            rows = write(network, source, as, backend, threads, bad, sum);
        }
        if (note != null) {
            System.err.println("samebits: note: " + Problem.oneLine(data + ": " + note));
        }
        summary(rows, (System.nanoTime() - began) / 1e9, backend, threads);
        if (sum != null) {
            System.err.println("fingerprint " + sum.sum());
        }
        return 0;
    }

    // A row without a class is told of as a bad one.
    private static void tellOfNaN(long rows, PredictionWriter.Form as) {
        if (rows > 0 && as != PredictionWriter.Form.CLASS) {
            System.err.printf(Locale.ROOT, "samebits: warning: %,d %s NaN among the outputs%n", rows,
                    rows == 1 ? "row has" : "rows have");
        }
    }

    private void summary(long rows, double seconds, Backend backend, int threads) {
        System.err.printf(Locale.ROOT, "%,d %s in %.2f s, %,.0f rows/s, backend %s, threads %d%n", rows,
                rows == 1 ? "row" : "rows", seconds, rows / seconds, backend.name(), threads);
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

    // Rows that a block holds: enough to be worth the way, few enough to share among threads and to fit into memory.
    private int rowsPerBlock(Network network, int threads) {
        long flops = network.flops();
        long rows = batch == null ? Math.max(64, Math.min(4096, BLOCK_FLOPS / Math.max(1, flops))) : batch;
        // Text and floats of a row, twice for growth, in blocks for every thread, in a quarter of the heap.
        long bytes = 32L * (network.inputs() + network.outputs()) * (threads + Pipeline.WAITING);
        return (int) Math.max(1, Math.min(rows, Runtime.getRuntime().maxMemory() / 4 / bytes));
    }

    private Source source(Network network, int threads) {
        Input input = Input.open(data);
        int rows = rowsPerBlock(network, threads);
        boolean skip = badRows == BadRows.Policy.SKIP;
        try {
            if (input.format() == Format.CSV) {
                CsvTable table = new CsvTable(input, csv);
                int[] passed = ids == null ? new int[0] : Columns.parse(table, "--id", ids);
                return new CsvSource(table, inputs(table, passed, network), passed, rows, skip);
            }
            if (columns != null || ids != null) {
                throw new Problem((columns == null ? "--id" : "--columns")
                        + " chooses columns of CSV files, and this one is " + input.format(), data, "leave it out");
            }
            csv.refuse(data, input.format());
            if (!ColumnNames.inputs(network).isEmpty()) {
                note = NAMELESS + Problem.shown(ColumnNames.inputs(network));
            }
            return new RecordSource(input, input.format() == Format.NPY ? Npy.header(input.name(), input.stream())
                    : Idx.header(input.name(), input.stream()), rows);
        } catch (IOException e) {
            throw Problem.reading(data, e);
        }
    }

    // By the model's names where both have them, whatever their order; what goes by its place instead is told in the end.
    private int[] inputs(CsvTable table, int[] passed, Network network) {
        List<String> names = ColumnNames.inputs(network);
        boolean others = network.names().inputs().isEmpty() && !names.isEmpty() && table.names() != null
                && names.stream().noneMatch(List.of(table.names())::contains);
        if (names.isEmpty() || others) {
            if (others) {
                note = "it has none of the model's inputs by name, so its columns are taken in the order of "
                        + Problem.shown(names);
            }
            return columns == null ? Columns.except(table, passed) : Columns.parse(table, "--columns", columns);
        }
        if (table.names() == null) {
            note = NAMELESS + Problem.shown(names);
            return columns == null ? Columns.except(table, passed) : Columns.parse(table, "--columns", columns);
        }
        if (columns == null) {
            return Columns.named(table, names, "the model " + model);
        }
        int[] chosen = Columns.parse(table, "--columns", columns);
        List<String> called = Columns.names(table, chosen);
        if (chosen.length == names.size() && Set.copyOf(called).equals(Set.copyOf(names))) {
            return names.stream().mapToInt(name -> chosen[called.indexOf(name)]).toArray();
        }
        note = "the columns " + Problem.shown(called) + " are taken for the model's " + Problem.shown(names);
        return chosen;
    }

    private long write(Network network, Source source, PredictionWriter.Form as, Backend backend, int threads, Path bad,
            RowFingerprint sum) {
        try (Destination out = Destination.open(output);
                BadRows badRowsOut = bad == null ? BadRows.stop() : BadRows.skip(bad, source.badHeader());
                InferenceSession session = backend.open(network, SessionOptions.ofThreads(1));
                Progress progress = new Progress("Predicting", "rows", source.size())) {
            PredictionWriter writer = new PredictionWriter(as, network, source, Destination.name(output));
            Pipeline pipeline = new Pipeline(source, session, writer, threads, bad != null, sum);
            long rows = pipeline.run(out.stream(), badRowsOut, progress);
            // Neither replaces an old file before both are complete.
            out.finish();
            badRowsOut.commit();
            out.commit();
            tellOfNaN(pipeline.nanRows(), as);
            return rows;
        }
    }
}
