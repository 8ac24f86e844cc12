package dev.samebits.cli.samples;

import java.util.List;

/** Inputs with their class or their target values, read by number in any order. Not thread-safe. */
public interface TrainingData {
    int size();

    /** Width of an input row. */
    int inputs();

    /** Number of target values; 0 where each row has a class instead. */
    int targets();

    /** The names of the classes, in the order of their numbers; empty where there are target values. */
    List<String> labels();

    /** Why the label was taken for a quantity, or for classes, where the data decided it; else empty. */
    default String reason() {
        return "";
    }

    /** Whether the inputs are of a size that networks learn from, whatever the file. */
    default boolean isScaled() {
        return false;
    }

    /** Whether a column says how much each row counts. */
    default boolean isWeighted() {
        return false;
    }

    /** How much a row counts: 0, or from 1e-20 to 1e20. */
    default float weight(int index) {
        return 1;
    }

    /** The same data, whose raw columns, if it has some, may be fitted to other rows. */
    default TrainingData anew() {
        return this;
    }

    /** What the file calls its columns. */
    ColumnNames columns();

    void readInputs(int index, float[] into, int offset);

    /** Only where there are target values. */
    void readTargets(int index, float[] into, int offset);

    /** Only where there are classes. */
    int readClass(int index);

    /**
     * What a file calls its columns, where it has names.
     *
     * @param inputs the names of the inputs, in their order, or empty
     * @param outputs the names of the targets, or of the class, or empty
     */
    record ColumnNames(List<String> inputs, List<String> outputs) {
        static final ColumnNames NONE = new ColumnNames(List.of(), List.of());
    }
}
