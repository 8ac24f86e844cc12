package dev.samebits.train;

import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.SplitMix64;

/**
 * How much a network needs each of its inputs: how much worse its outputs get when that column's values are shuffled among
 * the rows, all others left as they are.
 *
 * @since 0.1.0
 */
public final class Importance {
    private Importance() {}

    /**
     * Shuffles column after column. One {@link SplitMix64} of the seed gives all orders, so the result is the same on every
     * backend, number of threads and machine. Two columns that say the same share their importance: the one makes up for the
     * other.
     *
     * @param session of the network
     * @param x {@code [rows × inputs]}
     * @param targets {@code [rows × outputs]}; for classes probabilities must be what the network gives
     * @param repeats how often each column is shuffled; the mean is taken
     * @param seed names the orders
     * @return for each input the rise of the log loss, see {@link ClassScores#logLoss(Matrix, Matrix)}; for networks whose
     *     {@link Loss} is the squared error the fall of R², see {@link ValueScores#r2()}
     * @throws IllegalArgumentException if the shapes do not fit, there are no rows or no repeats
     */
    public static double[] of(InferenceSession session, Matrix x, Matrix targets, int repeats, long seed) {
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats must be at least 1, not " + repeats);
        }
        boolean values = Loss.of(session.network()) == Loss.SQUARED_ERROR;
        Matrix shuffled = Matrix.zeros(x.rows(), x.columns());
        x.copyTo(shuffled);
        Matrix y = Matrix.zeros(targets.rows(), targets.columns());
        session.predict(shuffled, y);
        double whole = badness(y, targets, values);
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[x.rows()];
        double[] importance = new double[x.columns()];
        for (int j = 0; j < importance.length; j++) {
            for (int r = 0; r < repeats; r++) {
                for (int n = 0; n < order.length; n++) {
                    order[n] = n;
                }
                random.shuffle(order);
                for (int n = 0; n < order.length; n++) {
                    shuffled.set(n, j, x.get(order[n], j));
                }
                session.predict(shuffled, y);
                importance[j] += badness(y, targets, values) - whole;
            }
            importance[j] /= repeats;
            for (int n = 0; n < order.length; n++) {
                shuffled.set(n, j, x.get(n, j));
            }
        }
        return importance;
    }

    private static double badness(Matrix y, Matrix targets, boolean values) {
        return values ? 1 - ValueScores.of(y, targets).r2() : ClassScores.logLoss(y, targets);
    }
}
