package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.npy.Npy;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.text.FloatText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows of one {@code .npy} file, and what is to be learned of another: classes, numbered from 0, where its type is one of
 * whole numbers; target values where it is one of fractions. Both go once through a temporary file of floats.
 */
final class NpyData implements TrainingData {
    private static final int BLOCK = 1 << 16;
    // No network has as many outputs, and above it whole numbers are not floats any more.
    private static final int MOST_CLASSES = 1 << 20;

    private final MappedRecords rows;
    private final int inputs;
    private final MappedRecords learned;
    private final int targets;
    private final List<String> labels;

    private NpyData(MappedRecords rows, int inputs, MappedRecords learned, int targets, List<String> labels) {
        this.rows = rows;
        this.inputs = inputs;
        this.learned = learned;
        this.targets = targets;
        this.labels = labels;
    }

    /**
     * Reads both files to the end and checks them.
     *
     * @param classes labels must be below this; 0 if any label will do
     * @param rule what target values must be
     */
    static NpyData of(Input rowsInput, Input learnedInput, int classes, Supplier<TargetRule> rule) {
        if (learnedInput.format() != Input.Format.NPY) {
            throw new Problem("the labels of .npy rows are another .npy file, and this is " + learnedInput.format(),
                    learnedInput.name(), "save them with numpy.save");
        }
        try (rowsInput; learnedInput) {
            InputStream rowsStream = rowsInput.stream();
            Npy rowsFile = header(rowsInput, rowsStream);
            InputStream learnedStream = learnedInput.stream();
            Npy learnedFile = header(learnedInput, learnedStream);
            if (learnedFile.records() != rowsFile.records()) {
                throw new Problem("found " + learnedFile.records() + " labels for the " + rowsFile.records() + " rows of "
                        + rowsInput.name(), learnedInput.name(), "give the labels that belong to the rows with --labels");
            }
            MappedRecords rows = records(rowsFile, rowsStream, (values, at, row) -> {});
            boolean quantities = learnedFile.floating();
            if (!quantities && learnedFile.columns() > 1) {
                throw new Problem("labels must be one whole number each, not " + learnedFile.columns(), learnedInput.name(),
                        "save target values with a floating type, such as y.astype(numpy.float32)");
            }
            int[] highest = {1};
            Check check = quantities ? rule(learnedFile, rule.get()) : label(learnedFile, classes, highest);
            MappedRecords learned = records(learnedFile, learnedStream, check);
            return new NpyData(rows, rowsFile.columns(), learned, quantities ? learnedFile.columns() : 0,
                    quantities ? List.of() : ClassLabels.numbered(classes > 0 ? classes : highest[0] + 1));
        } catch (IOException e) {
            throw Problem.reading(rowsInput.name() + " or " + learnedInput.name(), e);
        }
    }

    private static Npy header(Input input, InputStream stream) throws IOException {
        Npy npy = Npy.header(input.name(), stream);
        if (npy.records() < 1 || npy.records() > Integer.MAX_VALUE) {
            throw new Problem("the file has " + npy.records() + " rows", input.name(),
                    npy.records() < 1 ? "give a file with data" : "split it");
        }
        return npy;
    }

    /** Looks at a record. */
    private interface Check {
        void at(float[] values, int at, long row);
    }

    private static Check label(Npy npy, int classes, int[] highest) {
        int most = classes > 0 ? classes : MOST_CLASSES;
        return (values, at, row) -> {
            if (!(values[at] >= 0 && values[at] < most)) {
                throw new Problem("the label " + FloatText.of(values[at]) + " is not one of the classes 0 to " + (most - 1),
                        npy.place(row), "number the classes from 0, or save quantities with a floating type");
            }
            highest[0] = Math.max(highest[0], (int) values[at]);
        };
    }

    private static Check rule(Npy npy, TargetRule rule) {
        rule.check(npy.columns());
        return (values, at, row) -> {
            String fault = rule.fault(values, at, npy.columns());
            if (fault != null) {
                throw new Problem(fault, npy.place(row), rule.mend());
            }
        };
    }

    private static MappedRecords records(Npy npy, InputStream stream, Check check) throws IOException {
        int columns = npy.columns();
        int most = Math.max(1, BLOCK / npy.width());
        byte[] bytes = new byte[most * npy.width()];
        float[] values = new float[most * columns];
        ByteBuffer out = ByteBuffer.allocate(most * columns * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (RecordFile file = new RecordFile()) {
            for (long row = 0; row < npy.records(); row += most) {
                int count = (int) Math.min(most, npy.records() - row);
                int got = stream.readNBytes(bytes, 0, count * npy.width());
                if (got < count * npy.width()) {
                    throw npy.truncated(row + got / npy.width());
                }
                npy.decode(ByteBuffer.wrap(bytes), count, values);
                for (int n = 0; n < count; n++) {
                    checkFinite(npy, values, n * columns, columns, row + n);
                    check.at(values, n * columns, row + n);
                }
                out.clear();
                out.asFloatBuffer().put(values, 0, count * columns);
                file.write(out.array(), count * columns * Float.BYTES);
            }
            npy.checkEnd(stream);
            return file.map(columns * Float.BYTES, (int) npy.records());
        }
    }

    private static void checkFinite(Npy npy, float[] values, int from, int count, long row) {
        for (int j = from; j < from + count; j++) {
            if (!Float.isFinite(values[j])) {
                throw new Problem("the value is " + FloatText.of(values[j]) + ", and training takes finite floats",
                        npy.place(row) + ", column " + (j - from + 1), "mend it, or leave the row out");
            }
        }
    }

    @Override
    public int size() {
        return rows.count();
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
    public ColumnNames columns() {
        return ColumnNames.NONE;
    }

    @Override
    public void readInputs(int index, float[] into, int offset) {
        rows.floats(index, 0, into, offset, inputs);
    }

    @Override
    public void readTargets(int index, float[] into, int offset) {
        learned.floats(index, 0, into, offset, targets);
    }

    @Override
    public int readClass(int index) {
        float[] label = new float[1];
        learned.floats(index, 0, label, 0, 1);
        return (int) label[0];
    }
}
