package dev.samebits.cli.predict;

import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.RecordSource;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.data.csv.Columns;
import dev.samebits.cli.data.csv.CsvOptions;
import dev.samebits.cli.data.csv.CsvSource;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.data.csv.PreparedCells;
import dev.samebits.cli.data.idx.Idx;
import dev.samebits.cli.data.npy.Npy;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.file.Input.Format;
import dev.samebits.cli.model.ColumnNames;
import dev.samebits.table.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Which rows of which file go through the model, and how they are read. Not thread-safe. */
final class DataRows {
    private static final String NAMELESS = "it has no names of columns, so they are taken in the order of the model's: ";
    // What a block should cost: some milliseconds of a core.
    private static final long BLOCK_FLOPS = 1 << 27;

    private final String data;
    // Null for the usual ones.
    private final List<String> columns;
    private final List<String> ids;
    private final CsvOptions csv;
    private final boolean skip;
    private final Integer batch;
    private final boolean digested;

    // What makes rows of raw columns, or null for a model of rows.
    private Preparation preparation;
    private Path model;
    private Input input;
    private String note;

    /**
     * Of a file that is not opened yet.
     *
     * @param columns of the inputs, or null for those that the model means
     * @param ids columns to pass through, or null for none
     * @param skip whether bad rows are kept, rather than the first ends the run
     * @param batch most rows of a block, or null for what fits the model
     * @param digested whether the digest of the file is wanted
     */
    DataRows(String data, List<String> columns, List<String> ids, CsvOptions csv, boolean skip, Integer batch,
            boolean digested) {
        this.data = data;
        this.columns = columns;
        this.ids = ids;
        this.csv = csv;
        this.skip = skip;
        this.batch = batch;
        this.digested = digested;
    }

    String data() {
        return data;
    }

    boolean haveIds() {
        return ids != null;
    }

    /** What the user should know of how the columns were found, or null. */
    String note() {
        return note;
    }

    /** The SHA-256 of the file's bytes, as they lie there; once all rows were read. */
    String digest() {
        return input.digest();
    }

    /**
     * Opens the file.
     *
     * @param model that messages name
     * @param preparation what makes the network's rows of raw columns, or null
     * @param threads that compute
     */
    Source source(Path model, Network network, Preparation preparation, int threads) {
        this.model = model;
        this.preparation = preparation;
        input = digested ? Input.digested(data) : Input.open(data);
        int rows = rowsPerBlock(network, threads);
        try {
            if (input.format() == Format.CSV) {
                CsvTable table = new CsvTable(input, csv);
                int[] passed = ids == null ? new int[0] : Columns.parse(table, "--id", ids);
                return preparation == null
                        ? new CsvSource(table, inputs(table, passed, network), passed, rows, skip)
                        : new CsvSource(table, rawColumns(table, passed, network), new PreparedCells(preparation), passed,
                                rows, skip);
            }
            if (columns != null || ids != null) {
                throw new Problem((columns == null ? "--id" : "--columns")
                        + " chooses columns of CSV files, and this one is " + input.format(), data, "leave it out");
            }
            csv.refuse(data, input.format());
            if (preparation != null) {
                throw new Problem("the model takes the raw columns of a table, " + Problem.shown(preparation.names())
                        + ", and this is " + input.format(), data, "give a CSV file with those columns");
            }
            if (!ColumnNames.inputs(network).isEmpty()) {
                note = NAMELESS + Problem.shown(ColumnNames.inputs(network));
            }
            return new RecordSource(input, input.format() == Format.NPY ? Npy.header(input.name(), input.stream())
                    : Idx.header(input.name(), input.stream()), rows);
        } catch (IOException e) {
            throw Problem.reading(data, e);
        }
    }

    // Rows that a block holds: enough to be worth the way, few enough to share among threads and to fit into memory.
    private int rowsPerBlock(Network network, int threads) {
        long flops = network.flops();
        long rows = batch == null ? Math.max(64, Math.min(4096, BLOCK_FLOPS / Math.max(1, flops))) : batch;
        // Text and floats of a row, twice for growth, in blocks for every thread, in a quarter of the heap.
        long bytes = 32L * (network.inputs() + network.outputs()) * (threads + Pipeline.WAITING);
        return (int) Math.max(1, Math.min(rows, Runtime.getRuntime().maxMemory() / 4 / bytes));
    }

    private int[] rawColumns(CsvTable table, int[] passed, Network network) {
        int[] chosen = inputs(table, passed, network);
        if (chosen.length != preparation.columns().size()) {
            throw new Problem("found " + chosen.length + " columns where the model takes " + preparation.columns().size()
                    + " raw ones, " + Problem.shown(preparation.names()), data,
                    "choose them with --columns, or give the data this model was trained on");
        }
        return chosen;
    }

    // By the model's names where both have them, whatever their order; what goes by its place instead is told in the end.
    private int[] inputs(CsvTable table, int[] passed, Network network) {
        List<String> names = preparation == null ? ColumnNames.inputs(network) : preparation.names();
        boolean others = preparation == null && network.names().inputs().isEmpty() && !names.isEmpty()
                && table.names() != null
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
}
