package dev.samebits.cli.samples;

import dev.samebits.Matrix;
import dev.samebits.SplitMix64;
import dev.samebits.train.ClassWeights;
import dev.samebits.train.Samples;
import java.util.Arrays;

/** Training data, or some of its rows, as samples for a network of a given number of outputs. Not thread-safe. */
public final class DataSamples implements Samples {
    private final TrainingData data;
    private final int outputs;
    private final int[] rows;

    private DataSamples(TrainingData data, int outputs, int[] rows) {
        this.data = data;
        this.outputs = outputs;
        this.rows = rows;
    }

    /**
     * All rows.
     *
     * @param outputs width of a target row: for classes, 1 (the class itself, 0 or 1) or the number of classes (one-hot)
     */
    public static DataSamples of(TrainingData data, int outputs) {
        return new DataSamples(data, outputs, null);
    }

    /** Some rows, by their numbers. */
    public static DataSamples some(TrainingData data, int outputs, int[] rows) {
        return new DataSamples(data, outputs, rows.clone());
    }

    /** Splits the rows at random, by seed, into {@code second} of them and the others before. */
    public static DataSamples[] split(TrainingData data, int outputs, int second, long seed) {
        int[] order = new int[data.size()];
        Arrays.setAll(order, n -> n);
        // Not the sequence that orders the mini-batches.
        new SplitMix64(~seed).shuffle(order);
        int first = order.length - second;
        return new DataSamples[] {
            new DataSamples(data, outputs, Arrays.copyOf(order, first)),
            new DataSamples(data, outputs, Arrays.copyOfRange(order, first, order.length))
        };
    }

    /**
     * Splits the rows at random, by seed, into {@code second} of them and the others before, with the same part of each
     * class among both as far as whole rows allow. Both are in the order of the data.
     */
    public static DataSamples[] stratified(TrainingData data, int outputs, int second, long seed) {
        int[] order = new int[data.size()];
        Arrays.setAll(order, n -> n);
        new SplitMix64(~seed).shuffle(order);
        int[] rows = new int[data.labels().size()];
        for (int row : order) {
            rows[data.readClass(row)]++;
        }
        int[] left = Quotas.of(rows, second);
        int[] first = new int[order.length - second];
        int[] other = new int[second];
        int a = 0;
        int b = 0;
        for (int row : order) {
            if (left[data.readClass(row)]-- > 0) {
                other[b++] = row;
            } else {
                first[a++] = row;
            }
        }
        Arrays.sort(first);
        Arrays.sort(other);
        return new DataSamples[] {new DataSamples(data, outputs, first), new DataSamples(data, outputs, other)};
    }

    /** Lets the data take what they need of these rows alone, if they are of raw columns. */
    public void fit() {
        if (data instanceof TableData table) {
            table.fit(rows);
        }
    }

    @Override
    public int size() {
        return rows == null ? data.size() : rows.length;
    }

    @Override
    public int inputs() {
        return data.inputs();
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public boolean isWeighted() {
        return data.isWeighted();
    }

    @Override
    public float weight(int index) {
        return data.weight(rows == null ? index : rows[index]);
    }

    /** These rows with the weights of their classes. */
    public Samples withWeightsOf(float[] classes) {
        return withWeights(ClassWeights.ofSamples(classes(), classes));
    }

    /** The class of each row; only where the data has classes. */
    public int[] classes() {
        int[] classes = new int[size()];
        Arrays.setAll(classes, n -> data.readClass(rows == null ? n : rows[n]));
        return classes;
    }

    @Override
    public void read(int index, Matrix x, Matrix targets, int row) {
        int n = rows == null ? index : rows[index];
        data.readInputs(n, x.data(), x.rowOffset(row));
        int at = targets.rowOffset(row);
        if (data.targets() > 0) {
            data.readTargets(n, targets.data(), at);
        } else if (outputs == 1) {
            targets.data()[at] = data.readClass(n);
        } else {
            Arrays.fill(targets.data(), at, at + outputs, 0);
            targets.data()[at + data.readClass(n)] = 1;
        }
    }
}
