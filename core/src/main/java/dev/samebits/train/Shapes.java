package dev.samebits.train;

import dev.samebits.Matrix;

/** What scores ask of their matrices. */
final class Shapes {
    private Shapes() {}

    static void check(Matrix outputs, Matrix targets) {
        if (outputs.rows() != targets.rows() || outputs.columns() != targets.columns()) {
            throw new IllegalArgumentException("outputs are " + outputs + " and targets are " + targets
                    + ": they must have the same shape");
        }
        if (targets.rows() == 0) {
            throw new IllegalArgumentException("there are no rows to score");
        }
    }
}
