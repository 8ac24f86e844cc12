package dev.samebits.cli.train;

import dev.samebits.Matrix;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.page.Chart;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.ClassScores;
import dev.samebits.train.Classification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was taken for what, class by class, and how far the probabilities can be believed. */
final class ReportClasses {
    private static final int MOST_CLASSES = 30;
    private static final int BINS = 10;

    private final Outcome outcome;
    private final TrainingData data;
    private final ClassScores scores;

    ReportClasses(Outcome outcome, TrainingData data) {
        this.outcome = outcome;
        this.data = data;
        this.scores = outcome.classes();
    }

    String html() {
        return Html.section("confusion", "What is taken for what", "A row of the table is a class that the rows have, a "
                + "column "
                + "the class that they are given.", scores.classes() > MOST_CLASSES ? "" : matrix())
                + Html.section("classes", "Class by class", "Recall is the part of its rows that is found, precision the "
                + "part "
                + "of what is given it that is right.", classes())
                + (outcome.areProbabilities() ? Html.section("calibration", "Can its probabilities be believed?",
                "Of the rows "
                + "that are given their class with about this probability, so many are right. On the dashed line "
                + "probabilities are what they say; below it the network is too sure. Grey bars show how many rows there "
                + "are.", calibration()) : "");
    }

    private String name(int c) {
        return Html.escape(Problem.oneLine(Problem.shortened(data.labels().get(c))));
    }

    private String matrix() {
        List<String> head = new ArrayList<>(List.of("is ↓ given →"));
        StringBuilder out = new StringBuilder();
        for (int c = 0; c < scores.classes(); c++) {
            head.add(name(c));
            out.append("<tr><td>").append(name(c)).append("</td>");
            for (int p = 0; p < scores.classes(); p++) {
                int count = scores.confused(c, p);
                long share = Math.round(70.0 * count / Math.max(1, scores.rowsOf(c)));
                out.append("<td class=\"cell").append(p == c ? " right" : "").append("\" style=\"--p:").append(share)
                        .append("%\">").append(count).append("</td>");
            }
            out.append("</tr>\n");
        }
        return "<div class=\"scroll confusion\"><table><thead><tr><th>" + String.join("</th><th>", head)
                + "</th></tr></thead><tbody>\n" + out + "</tbody></table></div>\n";
    }

    private String classes() {
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < scores.classes(); c++) {
            int right = scores.confused(c, c);
            rows.add(List.of(name(c), String.valueOf(scores.rowsOf(c)), share(right, scores.rowsOf(c)),
                    share(right, scores.predicted(c)), outcome.areProbabilities() ? Report.number(scores.auc(c)) : "–"));
        }
        return Html.table(List.of("class", "rows", "recall", "precision", "AUC"), rows);
    }

    private static String share(int part, int of) {
        return of == 0 ? "–" : Report.percent((double) part / of);
    }

    private String calibration() {
        Matrix p = outcome.judged().y();
        int[] rows = new int[BINS];
        int[] right = new int[BINS];
        double[] sum = new double[BINS];
        int most = 1;
        for (int n = 0; n < p.rows(); n++) {
            int c = Classification.classOf(p, n);
            if (c == Classification.NONE) {
                continue;
            }
            float first = p.get(n, 0);
            double sure = p.columns() > 1 ? p.get(n, c) : c == 1 ? first : 1 - first;
            int bin = Math.max(0, Math.min(BINS - 1, (int) (sure * BINS)));
            rows[bin]++;
            sum[bin] += sure;
            right[bin] += c == Classification.classOf(outcome.judged().targets(), n) ? 1 : 0;
            most = Math.max(most, rows[bin]);
        }
        Chart chart = new Chart(460, 300, "Calibration: part that is right by probability", new double[] {0, 1},
                new double[] {0, 1}, false, "probability of the class that is given", "part that is right");
        for (int b = 0; b < BINS; b++) {
            if (rows[b] > 0) {
                chart.bar((b + 0.1) / BINS, (b + 0.9) / BINS, 0.3 * rows[b] / most, "count", rows[b] + " rows");
            }
        }
        chart.curve(new double[] {0, 1}, new double[] {0, 1}, "ideal");
        for (int b = 0; b < BINS; b++) {
            if (rows[b] > 0) {
                chart.point(sum[b] / rows[b], (double) right[b] / rows[b], 5, "point c1", String.format(Locale.ROOT,
                        "%d rows: %.3f sure, %.3f right", rows[b], sum[b] / rows[b], (double) right[b] / rows[b]));
            }
        }
        return "<div class=\"pair single\">" + Html.figure(chart.end(), "") + "</div>\n";
    }
}
