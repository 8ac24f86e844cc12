package dev.samebits.train;

import dev.samebits.Matrix;
import java.util.Arrays;

/** The area under the ROC curve of one class against the rest, from ranks: whole numbers until the last division. */
final class Auc {
    private Auc() {}

    static double of(Matrix probabilities, Matrix targets, int actual) {
        int column = targets.columns() == 1 ? 0 : actual;
        // Of the first of two classes that share a column the ranks run the other way.
        boolean turned = targets.columns() == 1 && actual == 0;
        long[] keys = new long[targets.rows()];
        long of = 0;
        for (int n = 0; n < keys.length; n++) {
            float p = probabilities.data()[probabilities.rowOffset(n) + column];
            if (Float.isNaN(p)) {
                return Double.NaN;
            }
            boolean own = Classification.classOf(targets, n) == actual;
            of += own ? 1 : 0;
            keys[n] = ((long) ordered(turned ? -p : p) << 1) + (own ? 1 : 0);
        }
        Arrays.sort(keys);
        return of == 0 || of == keys.length ? Double.NaN : twiceBelow(keys) / (2.0 * of * (keys.length - of));
    }

    // Twice the number of pairs in which the own row is above, ties counted once.
    private static double twiceBelow(long[] keys) {
        double pairs = 0;
        long below = 0;
        for (int from = 0; from < keys.length;) {
            int to = from;
            long own = 0;
            for (; to < keys.length && keys[to] >> 1 == keys[from] >> 1; to++) {
                own += keys[to] & 1;
            }
            long others = to - from - own;
            // Exact: whole numbers below 2⁵³, for there are less than 2²⁶ rows whose pairs would pass that.
            pairs += (double) own * (2 * below + others);
            below += others;
            from = to;
        }
        return pairs;
    }

    // The order of the floats as an order of whole numbers; both zeros are one.
    private static int ordered(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
    }
}
