package dev.samebits.cli.train;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.cli.text.FloatText;
import dev.samebits.train.Classification;
import dev.samebits.train.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Looks for what makes training useless without failing: before it in the data, after it in what the network gives. */
final class DataCheck {
    // Hidden neurons are made for inputs of about 1; from here on the first steps of descent may kill them all.
    private static final float LARGE = 100;
    private static final int ROWS = 1024;

    private DataCheck() {}

    /** Warns on stderr of inputs that are too large, and of classes that have no rows; gives whether inputs are. */
    static boolean warn(TrainingData data, String file) {
        float[] x = new float[data.inputs()];
        int[] rows = new int[data.labels().size()];
        int column = 0;
        float largest = 0;
        for (int n = 0; n < data.size(); n++) {
            data.readInputs(n, x, 0);
            for (int j = 0; j < x.length; j++) {
                if (Math.abs(x[j]) > largest) {
                    largest = Math.abs(x[j]);
                    column = j;
                }
            }
            if (rows.length > 0) {
                rows[data.readClass(n)]++;
            }
        }
        if (largest > LARGE) {
            warn("inputs reach " + FloatText.of(largest) + " ("
                    + (data.columns().inputs().isEmpty() ? "input " + (column + 1)
                    : data.columns().inputs().get(column)) + "), and large ones often keep a network from learning: " + file
                    + ": scale them to about -1 to 1");
        }
        if (rows.length > 0 && data.columns().inputs().isEmpty() && data.size() > rows.length
                && rows[data.readClass(0)] == 1) {
            warn("no other row has the first one's class, " + data.labels().get(data.readClass(0)) + ": " + file
                    + ": give --header yes if the first row holds names");
        }
        List<String> empty = new ArrayList<>();
        for (int c = 0; c < rows.length; c++) {
            if (rows[c] == 0) {
                empty.add(data.labels().get(c));
            }
        }
        if (!empty.isEmpty()) {
            warn("no row has the class " + Problem.shown(empty) + ": " + file
                    + ": give fewer --classes, or data of that class");
        }
        return largest > LARGE;
    }

    private static void warn(String line) {
        System.err.println("samebits: warning: " + Problem.oneLine(line));
    }

    /**
     * Prints how many of its own training rows a classifier gets right, and warns on stderr of a network that gives the same
     * for every row.
     *
     * @param labels the names of the classes, or none for target values
     * @param largeInputs whether inputs are too large, which is the likely reason then
     */
    static void tellOutcome(InferenceSession session, Samples training, List<String> labels, boolean largeInputs) {
        int rows = Math.min(ROWS, training.size());
        Matrix x = Matrix.zeros(rows, training.inputs());
        Matrix targets = Matrix.zeros(rows, training.outputs());
        Matrix y = Matrix.zeros(rows, training.outputs());
        boolean same = training.size() > 1;
        int answer = Integer.MIN_VALUE;
        float[] first = null;
        long errors = 0;
        for (int from = 0; from < training.size(); from += rows) {
            int count = Math.min(rows, training.size() - from);
            for (int n = 0; n < count; n++) {
                training.read(from + n, x, targets, n);
            }
            session.predict(x.rows(0, count), y.rows(0, count));
            errors += Classification.errors(y.rows(0, count), targets.rows(0, count));
            if (first == null) {
                first = row(y, 0);
                answer = Classification.classOf(y, 0);
            }
            for (int n = 0; n < count && same; n++) {
                same = labels.isEmpty() ? Arrays.equals(first, row(y, n)) : Classification.classOf(y, n) == answer;
            }
        }
        if (!labels.isEmpty()) {
            System.out.printf(Locale.ROOT, "accuracy on the training rows %.2f %%%n",
                    100.0 * (training.size() - errors) / training.size());
        }
        if (same) {
            warn((labels.isEmpty() ? "the network gives the same values for every training row"
                    : "the network gives one class only for every training row, "
                            + (answer == Classification.NONE ? "NaN" : "'" + Problem.shortened(labels.get(answer)) + "'"))
                    + ": it has learned nothing: "
                    + (largeInputs ? "scale the inputs to about -1 to 1" : "give more --epochs or a lower --learning-rate"));
        }
    }

    private static float[] row(Matrix m, int row) {
        return Arrays.copyOfRange(m.data(), m.rowOffset(row), m.rowOffset(row) + m.columns());
    }
}
