package dev.samebits.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows of a CSV file, parsed once into a temporary file of floats: the inputs, then the class or the target values.
 */
final class CsvData implements TrainingData {
    // Above this, whole numbers are not floats any more, and no network has as many outputs.
    private static final int MOST_CLASSES = 1 << 20;
    private static final int BATCH = 1 << 10;

    private final MappedRecords records;
    private final int inputs;
    private final int targets;
    private final int highest;

    private CsvData(MappedRecords records, int inputs, int targets, int highest) {
        this.records = records;
        this.inputs = inputs;
        this.targets = targets;
        this.highest = highest;
    }

    /**
     * Reads a table to its end.
     *
     * @param inputs the columns of the inputs
     * @param targets the columns of the target values, or the one of the class
     * @param classification whether {@code targets} is the column of the class
     * @param classes classes must be below this; 0 if any will do
     */
    static CsvData of(CsvTable table, int[] inputs, int[] targets, boolean classification, int classes) {
        int[] columns = IntStream.concat(Arrays.stream(inputs), Arrays.stream(targets)).distinct().toArray();
        int[] places = Arrays.stream(targets).map(target -> indexOf(columns, target)).toArray();
        int width = Math.multiplyExact(inputs.length + targets.length, Float.BYTES);
        CsvSource source = new CsvSource(table, columns, new int[0], BATCH, false);
        Block block = new Block();
        WorkSpace space = new WorkSpace();
        ByteBuffer record = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN);
        int count = 0;
        long lines = 0;
        int highest = classification ? 0 : -1;
        try (Scratch scratch = new Scratch()) {
            for (; source.take(block); block.number++) {
                source.parse(block, space);
                for (int n = 0; n < block.rows; n++) {
                    int row = n * columns.length;
                    FloatBuffer values = record.asFloatBuffer().put(space.x, row, inputs.length);
                    for (int place : places) {
                        values.put(space.x[row + place]);
                    }
                    scratch.write(record.array(), width);
                    if (classification) {
                        float value = space.x[row + places[0]];
                        if (!isClass(value, classes)) {
                            throw noClass(value, classes, source.place(block, lines, n, targets[0]));
                        }
                        highest = Math.max(highest, (int) value);
                    }
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
            return new CsvData(scratch.map(width, count), inputs.length, classification ? 0 : targets.length, highest);
        } catch (ArithmeticException e) {
            throw new Problem("the file has more than " + Integer.MAX_VALUE + " rows", table.file(), "split it");
        }
    }

    private static int indexOf(int[] columns, int column) {
        int index = 0;
        while (columns[index] != column) {
            index++;
        }
        return index;
    }

    private static int most(int classes) {
        return classes > 0 ? classes : MOST_CLASSES;
    }

    private static boolean isClass(float value, int classes) {
        return value == (int) value && value >= 0 && value < most(classes);
    }

    private static Problem noClass(float value, int classes, String place) {
        return new Problem("the class " + FloatText.of(value) + " is not a whole number from 0 to " + (most(classes) - 1), place,
                classes > 0 && value >= classes ? "mend the class, or give more --classes"
                        : "number the classes from 0, name their column with --label-column, or use --targets for regression");
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
    public int highestClass() {
        return highest;
    }

    @Override
    public void readInputs(int index, float[] into, int offset) {
        records.floats(index, 0, into, offset, inputs);
    }

    @Override
    public void readTargets(int index, float[] into, int offset) {
        records.floats(index, inputs, into, offset, targets);
    }

    @Override
    public int readClass(int index) {
        float[] value = new float[1];
        records.floats(index, inputs, value, 0, 1);
        return (int) value[0];
    }
}
