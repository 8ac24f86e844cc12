package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.console.Table;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.cli.text.FloatText;
import dev.samebits.train.ClassScores;
import dev.samebits.train.ValueScores;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The measures as tables: what is right, what is taken for what, which inputs it needs. */
final class OutcomeTables {
    // More columns do not fit on a terminal.
    private static final int MOST_CLASSES = 12;
    private static final int MOST_INPUTS = 10;
    private static final int MOST_TARGETS = 20;

    private final Outcome outcome;
    private final TrainingData data;

    OutcomeTables(Outcome outcome, TrainingData data) {
        this.outcome = outcome;
        this.data = data;
    }

    void print(PrintStream out) {
        out.println();
        out.printf(Locale.ROOT, "On the %,d %s rows:%n", outcome.judged().y().rows(),
                outcome.isValidated() ? "validation" : "training");
        if (outcome.classes() != null) {
            classes(out, outcome.classes());
        } else if (outcome.labels().isEmpty()) {
            values(out, outcome.values());
        } else {
            labels(out, outcome.labels());
        }
        importance(out);
        out.println();
    }

    private void classes(PrintStream out, ClassScores scores) {
        out.printf(Locale.ROOT, "accuracy %.2f %%, balanced accuracy %.2f %%", 100 * scores.accuracy(),
                100 * scores.balancedAccuracy());
        if (outcome.areProbabilities()) {
            out.printf(Locale.ROOT, ", AUC %s, log loss %.4f", number(scores.auc()), scores.logLoss());
        }
        out.println();
        if (scores.classes() > MOST_CLASSES) {
            return;
        }
        out.println();
        String[] heads = new String[scores.classes() + 1];
        heads[0] = "true \u2193  predicted \u2192";
        for (int c = 0; c < scores.classes(); c++) {
            heads[c + 1] = name(data.labels().get(c));
        }
        Table table = new Table(heads);
        for (int c = 0; c < scores.classes(); c++) {
            String[] row = new String[heads.length];
            row[0] = heads[c + 1];
            for (int p = 0; p < scores.classes(); p++) {
                row[p + 1] = String.valueOf(scores.confused(c, p));
            }
            table.row(row);
        }
        table.print(out);
    }

    private void values(PrintStream out, ValueScores scores) {
        Table table = new Table("target", "R\u00b2", "MAE", "RMSE");
        List<String> names = data.columns().outputs();
        for (int j = 0; j < Math.min(MOST_TARGETS, scores.outputs()); j++) {
            table.row(names.isEmpty() ? "target " + (j + 1) : name(names.get(j)), number(scores.r2(j)),
                    FloatText.of((float) scores.meanAbsoluteError(j)), FloatText.of((float) scores.rootMeanSquaredError(j)));
        }
        table.print(out);
    }

    private void labels(PrintStream out, List<ClassScores> labels) {
        Table table = new Table("label", "rows", "accuracy", "balanced", "AUC", "log loss");
        List<String> names = data.columns().outputs();
        for (int j = 0; j < Math.min(MOST_TARGETS, labels.size()); j++) {
            ClassScores scores = labels.get(j);
            table.row(names.isEmpty() ? "label " + (j + 1) : name(names.get(j)), String.valueOf(scores.rowsOf(1)),
                    Report.percent(scores.accuracy()), Report.percent(scores.balancedAccuracy()), number(scores.auc()),
                    number(scores.logLoss()));
        }
        table.print(out);
    }

    private void importance(PrintStream out) {
        double[] importance = outcome.importance();
        if (importance.length == 0) {
            return;
        }
        out.println();
        Table table = new Table("input", outcome.classes() != null ? "log loss rises, if shuffled, by"
                : "R\u00b2 falls, if shuffled, by");
        byImportance(importance).stream().limit(MOST_INPUTS)
                .forEach(j -> table.row(name(input(data, j)), number(importance[j])));
        table.print(out);
        if (importance.length > MOST_INPUTS) {
            out.println("and " + (importance.length - MOST_INPUTS) + " more that are needed less");
        }
    }

    /** The inputs, those that are needed most first. */
    static List<Integer> byImportance(double[] importance) {
        return IntStream.range(0, importance.length).boxed()
                .sorted(Comparator.comparingDouble(j -> -importance[j])).toList();
    }

    /** What an input is called. */
    static String input(TrainingData data, int column) {
        return data.columns().inputs().isEmpty() ? "input " + (column + 1) : data.columns().inputs().get(column);
    }

    private static String name(String text) {
        return Problem.oneLine(Problem.shortened(text));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }
}
