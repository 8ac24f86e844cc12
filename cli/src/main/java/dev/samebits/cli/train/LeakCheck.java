package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Classification;
import dev.samebits.train.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks for a column that tells by itself what is to be learned: often it was made from it, and will not be there, or not be
 * right, when the model is used.
 */
final class LeakCheck {
    // The first rows are enough, and fewer tell nothing.
    private static final int MOST_ROWS = 10_000;
    private static final int LEAST_ROWS = 40;
    // Of the rows, that may be exceptions.
    private static final double EXCEPTIONS = 0.001;
    private static final double CORRELATED = 0.9999;

    private LeakCheck() {}

    /** Warns on stderr of such columns. */
    static void warn(TrainingData data, Samples training, String file) {
        int rows = Math.min(MOST_ROWS, training.size());
        // A pixel does not know, and a single input may well be what decides.
        if (rows < LEAST_ROWS || data.isScaled() || data.inputs() < 2) {
            return;
        }
        Matrix x = Matrix.zeros(rows, training.inputs());
        Matrix y = Matrix.zeros(rows, training.outputs());
        for (int n = 0; n < rows; n++) {
            training.read(n, x, y, n);
        }
        List<String> leaks = new ArrayList<>();
        for (int j = 0; j < x.columns(); j++) {
            if (data.targets() > 0 ? isCopy(x, y, j) : separates(x, y, j, data.labels().size())) {
                leaks.add(OutcomeTables.input(data, j));
            }
        }
        if (!leaks.isEmpty()) {
            DataCheck.warn((leaks.size() == 1 ? "a column tells" : leaks.size() + " columns tell")
                    + " by itself what is to be "
                    + "learned, " + Problem.shown(leaks) + ": " + file + ": leave it out with "
                    + "--columns if it was made from the label, or is not known when the model is used");
        }
    }

    /** Whether the classes lie one behind the other in the column, each in one piece, with a few exceptions at most. */
    static boolean separates(Matrix x, Matrix y, int column, int classes) {
        int rows = x.rows();
        long[] keys = new long[rows];
        int[] all = new int[classes];
        for (int n = 0; n < rows; n++) {
            int c = Classification.classOf(y, n);
            all[c]++;
            int bits = Float.floatToIntBits(x.get(n, column) + 0f);
            keys[n] = (long) (bits >= 0 ? bits : bits ^ Integer.MAX_VALUE) << Integer.SIZE | c;
        }
        Arrays.sort(keys);
        int present = (int) Arrays.stream(all).filter(count -> count > 0).count();
        int allowed = (int) (EXCEPTIONS * rows);
        int wrong = 0;
        int pieces = 0;
        int before = -1;
        int[] count = new int[classes];
        for (int from = 0; from < rows;) {
            Arrays.fill(count, 0);
            int to = from;
            for (; to < rows && keys[to] >> Integer.SIZE == keys[from] >> Integer.SIZE; to++) {
                count[(int) keys[to]]++;
            }
            int most = 0;
            for (int c = 1; c < classes; c++) {
                most = count[c] > count[most] ? c : most;
            }
            wrong += to - from - count[most];
            pieces += most == before ? 0 : 1;
            before = most;
            from = to;
        }
        return present > 1 && wrong <= allowed && pieces <= present + 2 * allowed && pieces >= present;
    }

    /** Whether a target is the column, but for its scale. */
    private static boolean isCopy(Matrix x, Matrix y, int column) {
        for (int t = 0; t < y.columns(); t++) {
            if (Math.abs(correlation(x, column, y, t)) > CORRELATED) {
                return true;
            }
        }
        return false;
    }

    private static double correlation(Matrix x, int j, Matrix y, int t) {
        int rows = x.rows();
        double meanX = 0;
        double meanY = 0;
        for (int n = 0; n < rows; n++) {
            meanX += x.get(n, j);
            meanY += y.get(n, t);
        }
        meanX /= rows;
        meanY /= rows;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int n = 0; n < rows; n++) {
            double dx = x.get(n, j) - meanX;
            double dy = y.get(n, t) - meanY;
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
    }
}
