package dev.samebits.train;

import dev.samebits.Matrix;

/**
 * Samples with their targets, read by number in any order, so that a data set need not fit in memory. Implementations say
 * whether they are thread-safe; {@link Sgd} reads from one thread.
 *
 * @since 0.1.0
 */
public interface Samples {
    /** {@return the number of samples} */
    int size();

    /** {@return the width of an input row} */
    int inputs();

    /** {@return the width of a target row} */
    int outputs();

    /**
     * Copies a sample into a row of both matrices.
     *
     * @param index of the sample, from 0
     * @param x {@code [batch × inputs]}
     * @param targets {@code [batch × outputs]}
     * @param row of both
     * @throws java.io.UncheckedIOException if the sample cannot be read
     */
    void read(int index, Matrix x, Matrix targets, int row);

    /** {@return whether samples count differently: then {@link #weight} says how much; false unless overridden} */
    default boolean isWeighted() {
        return false;
    }

    /**
     * How much a sample counts.
     *
     * @param index of the sample, from 0
     * @return 0, or from 1e-20 to 1e20; 1 unless overridden
     */
    default float weight(int index) {
        return 1;
    }

    /**
     * These samples with weights, which are not copied.
     *
     * @param weights for each sample, by which one that these have already is multiplied, a float product
     * @return weighted samples
     * @throws IllegalArgumentException unless there is a weight for each sample, each is 0 or lies from 1e-20 to 1e20, and
     *     one is not 0
     */
    default Samples withWeights(float[] weights) {
        return new WeightedSamples(this, weights);
    }

    /**
     * These samples, each changed when it is read.
     *
     * @param change what is done to it
     * @return samples of the same widths and weights; thread-safe if these and the change are
     */
    default Samples changed(Change change) {
        return new ChangedSamples(this, change);
    }

    /**
     * What is done to a sample that was read.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Change {
        /**
         * Changes a row of both matrices, or of one.
         *
         * @param x {@code [batch × inputs]}
         * @param targets {@code [batch × outputs]}
         * @param row of both
         */
        void apply(Matrix x, Matrix targets, int row);
    }

    /**
     * Samples held in memory, not copied.
     *
     * @param x {@code [N × inputs]}
     * @param targets {@code [N × outputs]}
     * @return samples that are thread-safe as far as the matrices are not written meanwhile
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    static Samples of(Matrix x, Matrix targets) {
        if (x.rows() != targets.rows()) {
            throw new IllegalArgumentException(
                    "x is " + x + " and targets are " + targets + ": they must have the same number of rows");
        }
        return new Samples() {
            @Override
            public int size() {
                return x.rows();
            }

            @Override
            public int inputs() {
                return x.columns();
            }

            @Override
            public int outputs() {
                return targets.columns();
            }

            @Override
            public void read(int index, Matrix toX, Matrix toTargets, int row) {
                x.rows(index, 1).copyTo(toX.rows(row, 1));
                targets.rows(index, 1).copyTo(toTargets.rows(row, 1));
            }
        };
    }

    /**
     * One row per label with 1 in the label's column and 0 elsewhere.
     *
     * @param labels a class for each row, from 0
     * @param classes how many there are
     * @return targets {@code [rows × classes]}
     * @throws IllegalArgumentException if a label is not below {@code classes}, naming its row
     */
    static Matrix oneHot(int[] labels, int classes) {
        Matrix targets = Matrix.zeros(labels.length, classes);
        for (int n = 0; n < labels.length; n++) {
            if (labels[n] < 0 || labels[n] >= classes) {
                throw new IllegalArgumentException(
                        "label " + labels[n] + " in row " + n + " is not one of the classes 0 to " + (classes - 1));
            }
            targets.set(n, labels[n], 1);
        }
        return targets;
    }
}
