package dev.samebits.cli.train;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.train.Classification;
import dev.samebits.train.Samples;
import java.util.Arrays;

/**
 * What a network gives for rows, beside what it should.
 *
 * @param x the inputs
 * @param targets what it should give
 * @param y what it gives
 */
record Predictions(Matrix x, Matrix targets, Matrix y) {
    /** Rows have different classes. */
    static final int SEVERAL = -2;

    // As many rows as take so many numbers are judged: the first ones, which are a sample where rows were drawn.
    private static final int MOST_NUMBERS = 1 << 26;
    private static final int BLOCK = 1024;

    static Predictions of(InferenceSession session, Samples samples) {
        int rows = Math.max(1, Math.min(samples.size(), MOST_NUMBERS / (samples.inputs() + 2 * samples.outputs())));
        Matrix x = Matrix.zeros(rows, samples.inputs());
        Matrix targets = Matrix.zeros(rows, samples.outputs());
        Matrix y = Matrix.zeros(rows, samples.outputs());
        for (int n = 0; n < rows; n++) {
            samples.read(n, x, targets, n);
        }
        for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            session.predict(x.rows(from, count), y.rows(from, count));
        }
        return new Predictions(x, targets, y);
    }

    /** The first rows of the inputs. */
    Matrix x(int most) {
        return x.rows(0, Math.min(most, x.rows()));
    }

    /** The first rows of the targets. */
    Matrix targets(int most) {
        return targets.rows(0, Math.min(most, targets.rows()));
    }

    /** Whether all rows, of two or more, are given the same values. */
    boolean areSame() {
        boolean same = y.rows() > 1;
        for (int n = 1; n < y.rows() && same; n++) {
            int at = y.rowOffset(n);
            same = Arrays.equals(y.data(), at, at + y.columns(), y.data(), y.rowOffset(0), y.rowOffset(0) + y.columns());
        }
        return same;
    }

    /** The class that all rows, of two or more, are given; else {@link #SEVERAL}. */
    int onlyClass() {
        int first = Classification.classOf(y, 0);
        for (int n = 1; n < y.rows(); n++) {
            if (Classification.classOf(y, n) != first) {
                return SEVERAL;
            }
        }
        return y.rows() > 1 ? first : SEVERAL;
    }
}
