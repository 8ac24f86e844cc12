package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.cli.page.Chart;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.ClassScores;
import dev.samebits.train.ValueScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How near predicted values are to those of the data. */
final class ReportValues {
    private static final int MOST_POINTS = 600;
    private static final int MOST_CHARTS = 6;

    private final Outcome outcome;
    private final TrainingData data;

    ReportValues(Outcome outcome, TrainingData data) {
        this.outcome = outcome;
        this.data = data;
    }

    String html() {
        if (!outcome.labels().isEmpty()) {
            return labels();
        }
        ValueScores scores = outcome.values();
        List<List<String>> rows = new ArrayList<>();
        StringBuilder charts = new StringBuilder();
        for (int j = 0; j < scores.outputs(); j++) {
            rows.add(List.of(Html.escape(name(j)), Report.number(scores.r2(j)), general(scores.meanAbsoluteError(j)),
                    general(scores.rootMeanSquaredError(j))));
            charts.append(j < MOST_CHARTS ? chart(j) : "");
        }
        return Html.section("values", "Predicted and real", "Each point is a row; on the dashed line it is right. R² is 1 "
                + "where all are, and 0 for what the mean would do. MAE is the mean of the errors, each without its sign, "
                + "RMSE "
                + "the root of the mean of their squares.",
                Html.table(List.of("target", "R²", "MAE", "RMSE"), rows)
                        + "<div class=\"pair" + (scores.outputs() == 1 ? " single" : "") + "\">" + charts + "</div>\n");
    }

    private String labels() {
        List<List<String>> rows = new ArrayList<>();
        for (int j = 0; j < outcome.labels().size(); j++) {
            ClassScores scores = outcome.labels().get(j);
            rows.add(List.of(Html.escape(name(j)), String.valueOf(scores.rowsOf(1)), Report.percent(scores.accuracy()),
                    Report.percent(scores.balancedAccuracy()), Report.number(scores.auc()),
                    Report.number(scores.logLoss())));
        }
        return Html.section("labels", "Label by label", "A row is given a label from a probability of one half on. Balanced "
                + "accuracy is the mean of the parts of the rows with and without the label that are right; AUC is 1 where "
                + "all with it are above all without it.",
                Html.table(List.of("label", "rows", "accuracy", "balanced", "AUC", "log loss"), rows));
    }

    private String name(int target) {
        List<String> names = data.columns().outputs();
        return names.isEmpty() ? "target " + (target + 1) : names.get(target);
    }

    private static String general(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private String chart(int j) {
        Matrix y = outcome.judged().y();
        Matrix targets = outcome.judged().targets();
        int points = Math.min(MOST_POINTS, y.rows());
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < points; n++) {
            for (double value : new double[] {y.get(n, j), targets.get(n, j)}) {
                least = Double.isFinite(value) ? Math.min(least, value) : least;
                most = Double.isFinite(value) ? Math.max(most, value) : most;
            }
        }
        if (!(least < most)) {
            return "";
        }
        double[] range = {least, most};
        Chart chart = new Chart(460, 340, "Predicted against real values of " + name(j), range, range, false,
                "real " + name(j), "predicted");
        chart.curve(range, range, "ideal");
        for (int n = 0; n < points; n++) {
            if (Float.isFinite(y.get(n, j))) {
                chart.point(targets.get(n, j), y.get(n, j), 2.5, "dot c1", general(targets.get(n, j)) + " predicted as "
                        + general(y.get(n, j)));
            }
        }
        return Html.figure(chart.end(), Html.escape(name(j)) + (points < y.rows() ? ", the first " + points + " rows" : ""));
    }
}
