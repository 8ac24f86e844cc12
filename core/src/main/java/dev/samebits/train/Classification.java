package dev.samebits.train;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;

/**
 * Reads classes from outputs and targets.
 *
 * @since 0.1.0
 */
public final class Classification {
    /** The class of a row that has none, since one of its values is NaN. */
    public static final int NONE = -1;

    private Classification() {}

    /**
     * Whether the outputs of a network say which one of its classes a row is of, as {@link #classOf} reads it: they are
     * probabilities, of which one counts. It does not hold for regressions, nor for several logistic outputs without names
     * of classes, each of which says yes or no by itself.
     *
     * @param network with its names
     * @return whether a row has a class
     */
    public static boolean givesClass(Network network) {
        return Loss.of(network) != Loss.SQUARED_ERROR
                && (network.output() != Output.IDENTITY || network.outputs() == 1 || !network.names().labels().isEmpty());
    }

    /**
     * The class of a row: the place of its first largest value, or, for a single column, 1 where the value is at least one
     * half (equation 4.40). A row with a NaN has no class.
     *
     * @param m outputs or targets
     * @param row which row
     * @return the class, from 0, or {@link #NONE}
     */
    public static int classOf(Matrix m, int row) {
        float[] data = m.data();
        int offset = m.rowOffset(row);
        if (m.columns() == 1) {
            return isNaN(data[offset]) ? NONE : isYes(data[offset]) ? 1 : 0;
        }
        int best = 0;
        for (int j = 0; j < m.columns(); j++) {
            if (isNaN(data[offset + j])) {
                return NONE;
            }
            if (data[offset + j] > data[offset + best]) {
                best = j;
            }
        }
        return best;
    }

    private static boolean isNaN(float value) {
        return value != value;
    }

    private static boolean isYes(float value) {
        return value >= 0.5f;
    }

    /**
     * Counts the rows whose class differs in the two matrices, or is {@link #NONE}.
     *
     * @param outputs {@code [rows × classes]}
     * @param targets {@code [rows × classes]}
     * @return their number
     */
    public static int errors(Matrix outputs, Matrix targets) {
        int errors = 0;
        for (int n = 0; n < outputs.rows(); n++) {
            int found = classOf(outputs, n);
            errors += found != NONE && found == classOf(targets, n) ? 0 : 1;
        }
        return errors;
    }

    /**
     * Counts the values that lie on another side of one half (equation 4.40) in the two matrices, or are NaN: each is a
     * decision.
     *
     * @param outputs {@code [rows × outputs]}
     * @param targets {@code [rows × outputs]}
     * @return their number
     */
    public static long wrongDecisions(Matrix outputs, Matrix targets) {
        long wrong = 0;
        for (int n = 0; n < outputs.rows(); n++) {
            for (int j = 0; j < outputs.columns(); j++) {
                float output = outputs.data()[outputs.rowOffset(n) + j];
                float target = targets.data()[targets.rowOffset(n) + j];
                wrong += !isNaN(output) && !isNaN(target) && isYes(output) == isYes(target) ? 0 : 1;
            }
        }
        return wrong;
    }
}
