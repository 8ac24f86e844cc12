package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import java.util.ArrayList;
import java.util.List;

/** Looks through the classes for what makes training useless without failing. */
final class DataCheck {
    private DataCheck() {}

    /** Warns on stderr of classes that have no rows, and of a header that became one. */
    static void warn(TrainingData data, String file) {
        int[] rows = new int[data.labels().size()];
        for (int n = 0; n < data.size() && rows.length > 0; n++) {
            rows[data.readClass(n)]++;
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
    }

    static void warn(String line) {
        System.err.println("samebits: warning: " + Problem.oneLine(line));
    }
}
