package dev.samebits.train;

import dev.samebits.Matrix;

/** Reads classes from outputs and targets. */
public final class Classification {
    private Classification() {}

    /**
     * The class of a row: the place of its first largest value, or, for a single column, 1 where the value is at least one half
     * (equation 4.40). A NaN is never the largest.
     */
    public static int classOf(Matrix m, int row) {
        float[] data = m.data();
        int offset = m.rowOffset(row);
        if (m.columns() == 1) {
            return data[offset] >= 0.5f ? 1 : 0;
        }
        int best = 0;
        for (int j = 1; j < m.columns(); j++) {
            if (data[offset + j] > data[offset + best] || data[offset + best] != data[offset + best]) {
                best = j;
            }
        }
        return best;
    }

    /** Rows whose class differs in the two matrices. */
    public static int errors(Matrix outputs, Matrix targets) {
        int errors = 0;
        for (int n = 0; n < outputs.rows(); n++) {
            errors += classOf(outputs, n) == classOf(targets, n) ? 0 : 1;
        }
        return errors;
    }
}
