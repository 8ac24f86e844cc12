package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.WorkSpace;
import dev.samebits.cli.data.csv.Cells;
import dev.samebits.cli.data.csv.Columns;
import dev.samebits.cli.data.csv.CsvSource;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.data.csv.TargetCells;
import dev.samebits.RowWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Rows of a CSV file, parsed once into a temporary file of floats: the inputs, the row's weight if there is one, then the
 * class or the target values.
 */
final class CsvData implements TrainingData {
    private static final int BATCH = 1 << 10;

    private final MappedRecords records;
    private final int inputs;
    // Numbers of a record in front of the class: the inputs, and perhaps more.
    private final int stored;
    private final boolean weighted;
    private final int targets;
    private final ColumnNames columns;
    private final List<String> labels;
    // For the number of each class in the records, the one it has in the end.
    private final int[] order;
    // Where in a record the class is, or the target values begin: behind the class, where the column could have been one.
    private final int firstTarget;
    private final String reason;

    private CsvData(MappedRecords records, int inputs, int stored, boolean weighted, int targets, ColumnNames columns,
            List<String> labels, int[] order, int firstTarget, String reason) {
        this.records = records;
        this.inputs = inputs;
        this.stored = stored;
        this.weighted = weighted;
        this.targets = targets;
        this.columns = columns;
        this.labels = labels;
        this.order = order;
        this.firstTarget = firstTarget;
        this.reason = reason;
    }

    /**
     * Reads a table to its end.
     *
     * @param inputs the columns of the inputs
     * @param cells what makes numbers of them
     * @param weight the column of the weights, or a negative number
     * @param targets the columns of the target values
     * @param rule what the target values of a row must be
     */
    static CsvData regression(CsvTable table, int[] inputs, Cells cells, int weight, int[] targets, TargetRule rule) {
        int[] in = withWeight(inputs, weight);
        int[] columns = IntStream.concat(Arrays.stream(in), Arrays.stream(targets)).toArray();
        Cells front = withWeight(cells, inputs, weight);
        Cells all = new TargetCells(front, in.length, targets.length,
                rule == TargetRule.YES_OR_NO ? "--label" : "--targets");
        int stored = cells.width();
        CsvSource source = new CsvSource(table, columns, all, new int[0], BATCH, false);
        MappedRecords records = read(table, source, all.width(), (block, space, lines, n, values) -> {
            int row = n * all.width();
            place(cells, source, block, lines, n, row, inputs);
            values.put(space.x, row, all.width());
            checkWeight(weight, space.x[row + stored], () -> source.place(block, lines, n, weight));
            String fault = rule.fault(space.x, row + front.width(), targets.length);
            if (fault != null) {
                int wrong = Math.max(0, rule.wrong(space.x, row + front.width(), targets.length));
                throw new Problem(fault, source.place(block, lines, n, targets[wrong]), rule.mend());
            }
        });
        return new CsvData(records, stored, stored, weight >= 0, targets.length, names(table, inputs, targets), List.of(),
                null, front.width(), "");
    }

    private static int[] withWeight(int[] inputs, int weight) {
        return weight < 0 ? inputs : IntStream.concat(Arrays.stream(inputs), IntStream.of(weight)).toArray();
    }

    private static Cells withWeight(Cells cells, int[] inputs, int weight) {
        return weight < 0 ? cells : new TargetCells(cells, inputs.length, 1, "--weight-column");
    }

    private static void checkWeight(int column, float weight, Supplier<String> place) {
        if (column >= 0 && !RowWeights.isWeight(weight)) {
            throw new Problem("the weight of a row must be 0, or lie from 1e-20 to 1e20, not " + weight, place.get(),
                    "mend it, or leave out --weight-column");
        }
    }

    /**
     * Reads a table to its end.
     *
     * @param inputs the columns of the inputs
     * @param cells what makes numbers of them
     * @param weight the column of the weights, or a negative number
     * @param label the column of the class
     * @param classes what the classes may be
     * @param quantity whether the label may turn out to be a quantity, which then is the target value
     */
    static CsvData labelled(CsvTable table, int[] inputs, Cells cells, int weight, int label, ClassLabels classes,
            boolean quantity) {
        Cells front = withWeight(cells, inputs, weight);
        int stored = cells.width();
        int width = front.width();
        CsvSource source = new CsvSource(table, withWeight(inputs, weight), front, new int[] {label}, BATCH, false);
        LabelNumbers numbers = quantity ? new LabelNumbers() : null;
        int fields = width + (quantity ? 2 : 1);
        MappedRecords records = read(table, source, fields, (block, space, lines, n, values) -> {
            place(cells, source, block, lines, n, n * width, inputs);
            values.put(space.x, n * width, width);
            checkWeight(weight, space.x[n * width + width - 1], () -> source.place(block, lines, n, weight));
            String field = label(block, n);
            float number = quantity ? numbers.number(field) : Float.NaN;
            boolean full = quantity && numbers.areAll() && classes.isFull();
            values.put(full ? 0 : classes.number(field, () -> source.place(block, lines, n, label)));
            if (quantity) {
                values.put(number);
            }
        });
        int[] out = {label};
        boolean areClasses = classes.check(records.count(), table.file() + ", " + table.column(label),
                table.names() == null ? String.valueOf(label + 1) : table.names()[label], numbers);
        return areClasses
                ? new CsvData(records, stored, stored, weight >= 0, 0, names(table, inputs, out), classes.names(),
                        classes.order(), width, "")
                : new CsvData(records, stored, stored, weight >= 0, 1, names(table, inputs, out), List.of(), null,
                        width + 1, classes.quantity());
    }

    /** The same with the first inputs alone. */
    CsvData first(int count) {
        return new CsvData(records, count, stored, weighted, targets, columns, labels, order, firstTarget, reason);
    }

    /** The same with other names of its inputs, or with those that it has for none. */
    CsvData named(List<String> names) {
        ColumnNames other = names.isEmpty() ? columns : new ColumnNames(names, columns.outputs());
        return new CsvData(records, inputs, stored, weighted, targets, other, labels, order, firstTarget, reason);
    }

    /** One input of a row. */
    float value(int row, int input) {
        float[] value = new float[1];
        records.floats(row, input, value, 0, 1);
        return value[0];
    }

    private static void place(Cells cells, CsvSource source, Block block, long lines, int row, int at, int[] inputs) {
        if (cells instanceof RawCells raw) {
            raw.place(at, column -> source.place(block, lines, row, inputs[column]));
        }
    }

    // The field passed through is as the file has it, or quoted anew, with a comma behind it.
    private static String label(Block block, int n) {
        int from = n == 0 ? 0 : block.idEnds[n - 1];
        String field = new String(block.ids.bytes(), from, block.idEnds[n] - from - 1, StandardCharsets.UTF_8);
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    private static ColumnNames names(CsvTable table, int[] inputs, int[] outputs) {
        return table.names() == null ? ColumnNames.NONE
                : new ColumnNames(Columns.names(table, inputs), Columns.names(table, outputs));
    }

    /** Puts a row of a block into a record. */
    private interface RecordMaker {
        void put(Block block, WorkSpace space, long lines, int row, FloatBuffer record);
    }

    private static MappedRecords read(CsvTable table, CsvSource source, int fields, RecordMaker maker) {
        int width = Math.multiplyExact(fields, Float.BYTES);
        ByteBuffer record = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
        Block block = new Block();
        WorkSpace space = new WorkSpace();
        Parser parser = source.parser();
        int count = 0;
        long lines = 0;
        try (RecordFile file = new RecordFile()) {
            for (; source.take(block); block.number++) {
                parser.parse(block, space);
                for (int n = 0; n < block.rows; n++) {
                    maker.put(block, space, lines, n, record.asFloatBuffer());
                    file.write(record.array(), width);
                }
                if (block.bad != null) {
                    throw source.problem(block, lines);
                }
                count = Math.addExact(count, block.rows);
                lines += block.lines;
                block.clear();
            }
            if (count == 0) {
                throw new Problem("the file has a header and no rows", table.file(), "give a file with data");
            }
            return file.map(width, count);
        } catch (ArithmeticException e) {
            throw new Problem("the file has more than " + Integer.MAX_VALUE + " rows", table.file(), "split it");
        }
    }

    @Override
    public int size() {
        return records.count();
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int targets() {
        return targets;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public ColumnNames columns() {
        return columns;
    }

    @Override
    public void readInputs(int index, float[] into, int offset) {
        records.floats(index, 0, into, offset, inputs);
    }

    @Override
    public void readTargets(int index, float[] into, int offset) {
        records.floats(index, firstTarget, into, offset, targets);
    }

    @Override
    public int readClass(int index) {
        float[] value = new float[1];
        records.floats(index, firstTarget, value, 0, 1);
        return order[(int) value[0]];
    }

    @Override
    public boolean isWeighted() {
        return weighted;
    }

    @Override
    public float weight(int index) {
        float[] value = {1};
        if (weighted) {
            records.floats(index, stored, value, 0, 1);
        }
        return value[0];
    }
}
