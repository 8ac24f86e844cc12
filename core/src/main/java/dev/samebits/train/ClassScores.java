package dev.samebits.train;

import dev.samebits.Matrix;
import dev.samebits.Output;
import java.util.Arrays;

/**
 * How good a classifier's probabilities are on rows whose classes are known. Sums are taken in double, row after row, so
 * that every machine gives the same digits. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ClassScores {
    private final int[][] confusion;
    private final int rows;
    private final double logLoss;
    private final double[] aucs;

    private ClassScores(int[][] confusion, int rows, double logLoss, double[] aucs) {
        this.confusion = confusion;
        this.rows = rows;
        this.logLoss = logLoss;
        this.aucs = aucs;
    }

    /**
     * Compares probabilities with classes, both as {@link Classification#classOf} reads them.
     *
     * @param probabilities {@code [rows × classes]}, or {@code [rows × 1]} for the second of two classes
     * @param targets of the same shape: 1 in the column of the row's class, or the class itself, 0 or 1
     * @return the scores
     * @throws IllegalArgumentException if the shapes differ, or there are no rows
     */
    public static ClassScores of(Matrix probabilities, Matrix targets) {
        Shapes.check(probabilities, targets);
        int classes = Math.max(2, targets.columns());
        int[][] confusion = new int[classes][classes + 1];
        for (int n = 0; n < targets.rows(); n++) {
            int found = Classification.classOf(probabilities, n);
            confusion[Classification.classOf(targets, n)][found == Classification.NONE ? classes : found]++;
        }
        double[] aucs = new double[classes];
        for (int c = 0; c < classes; c++) {
            aucs[c] = Auc.of(probabilities, targets, c);
        }
        return new ClassScores(confusion, targets.rows(), logLoss(probabilities, targets), aucs);
    }

    /**
     * Mean cross-entropy {@code −log p} of each row's own class. A probability below 2⁻²⁴ counts as that.
     *
     * @param probabilities {@code [rows × classes]}, or {@code [rows × 1]}
     * @param targets of the same shape
     * @return the loss, NaN if a probability is
     * @throws IllegalArgumentException if the shapes differ, or there are no rows
     */
    public static double logLoss(Matrix probabilities, Matrix targets) {
        Shapes.check(probabilities, targets);
        Output output = targets.columns() == 1 ? Output.IDENTITY : Output.SOFTMAX;
        return LogLoss.sum(probabilities, targets, output) / targets.rows();
    }

    /** {@return how many classes there are, at least 2} */
    public int classes() {
        return confusion.length;
    }

    /** {@return how many rows were compared} */
    public int rows() {
        return rows;
    }

    /**
     * How many rows of a class were taken for another, or the same.
     *
     * @param actual the class that they have
     * @param predicted the class that the probabilities give
     * @return their number
     * @throws IndexOutOfBoundsException if there is no such class
     */
    public int confused(int actual, int predicted) {
        if (predicted >= confusion.length) {
            throw new IndexOutOfBoundsException("class " + predicted + " of " + confusion.length);
        }
        return confusion[actual][predicted];
    }

    /**
     * How many rows have a class.
     *
     * @param actual the class
     * @return their number, those that were given no class among them
     */
    public int rowsOf(int actual) {
        return Arrays.stream(confusion[actual]).sum();
    }

    /**
     * How many rows are given a class.
     *
     * @param predicted the class
     * @return their number
     */
    public int predicted(int predicted) {
        int count = 0;
        for (int[] actual : confusion) {
            count += actual[predicted];
        }
        return count;
    }

    /** {@return the part of the rows that are given their class} */
    public double accuracy() {
        int right = 0;
        for (int c = 0; c < confusion.length; c++) {
            right += confusion[c][c];
        }
        return (double) right / rows;
    }

    /** {@return the mean, over the classes that have rows, of the part of their rows that are given it} */
    public double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < confusion.length; c++) {
            if (rowsOf(c) > 0) {
                sum += (double) confusion[c][c] / rowsOf(c);
                present++;
            }
        }
        return sum / present;
    }

    /** {@return mean cross-entropy, see {@link #logLoss(Matrix, Matrix)}} */
    public double logLoss() {
        return logLoss;
    }

    /**
     * The area under a class's ROC curve, one against the rest: how often a row of it has a higher probability of it than
     * another row, ties counted as half. It is counted, not integrated, and so exact.
     *
     * @param actual the class
     * @return the area; NaN if all rows are of it, or none, or a probability is NaN
     */
    public double auc(int actual) {
        return aucs[actual];
    }

    /** {@return the mean of {@link #auc(int)} over the classes that have one; NaN if none has} */
    public double auc() {
        return Arrays.stream(aucs).filter(auc -> !Double.isNaN(auc)).average().orElse(Double.NaN);
    }
}
