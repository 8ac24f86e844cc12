package dev.samebits.cli.train;

import dev.samebits.Network;
import dev.samebits.cli.page.Html;
import dev.samebits.cli.page.Page;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.ClassScores;
import dev.samebits.train.Samples;
import dev.samebits.train.TrainingResult;
import dev.samebits.train.ValueScores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report of a training as one HTML page. The same training gives the same page: it holds no times. */
final class Report {
    private final Network model;
    private final TrainingData data;
    private final Outcome outcome;
    private final TrainingResult result;
    private final Map<String, String> plan;

    /**
     * A report.
     *
     * @param model what was saved
     * @param plan what was chosen, as {@link Choices} prints it
     */
    Report(Network model, TrainingData data, Outcome outcome, TrainingResult result, Map<String, String> plan) {
        this.model = model;
        this.data = data;
        this.outcome = outcome;
        this.result = result;
        this.plan = plan;
    }

    /**
     * The page.
     *
     * @param name of the model's file
     * @param sets the training set, and the validation set or null
     * @param command that makes it again
     */
    String html(String name, Samples[] sets, String command) {
        return Page.of(name, Page.resource(Report.class, "report.css"), header(name)
                + new ReportCurves(result, outcome).html()
                + (outcome.classes() != null ? new ReportClasses(outcome, data).html() : new ReportValues(outcome, data)
                .html())
                + importance()
                + new ReportData(data, sets).html()
                + Html.section("network", "The network", Html.escape(model.toString()) + ", "
                        + String.format(Locale.ROOT, "%,d parameters.", model.parameters()),
                        "<pre>" + Html.escape(model.describe()) + "</pre>\n")
                + Html.section("again", "Once more", "The same data and this command give the same SHA-256 on every "
                + "machine, "
                        + "backend and number of threads.", "<pre>" + Html.escape(command) + "</pre>\n<p>SHA-256 of the "
                        + "weights: "
                        + "<code>" + model.fingerprint() + "</code></p>\n"));
    }

    private String header(String name) {
        String where = String.format(Locale.ROOT, "on the %,d %s rows", outcome.judged().y().rows(),
                outcome.isValidated() ? "validation" : "training");
        StringBuilder out = new StringBuilder("<header>\n<h1>" + Html.escape(name) + "</h1>\n<p class=\"lead\">"
                + Html.escape(plan.getOrDefault("learns", "")) + "</p>\n<div class=\"tiles\">");
        if (outcome.classes() != null) {
            ClassScores scores = outcome.classes();
            tile(out, percent(scores.accuracy()), "accuracy", where);
            tile(out, percent(scores.balancedAccuracy()), "balanced accuracy", "each class counts the same");
            if (outcome.areProbabilities()) {
                tile(out, number(scores.auc()), "AUC", "each class against the rest");
                tile(out, number(scores.logLoss()), "log loss", "0 is perfect");
            }
        } else if (!outcome.labels().isEmpty()) {
            tile(out, percent(outcome.labels().stream().mapToDouble(ClassScores::accuracy).average().orElseThrow()),
                    "accuracy", where + ", mean of all labels");
        } else {
            ValueScores scores = outcome.values();
            tile(out, number(scores.r2()), "R²", where + (scores.outputs() > 1 ? ", mean of all targets" : ""));
            if (scores.outputs() == 1) {
                tile(out, String.format(Locale.ROOT, "%.4g", scores.meanAbsoluteError(0)), "mean absolute error",
                        "in units of the target");
                tile(out, String.format(Locale.ROOT, "%.4g", scores.rootMeanSquaredError(0)), "root mean squared error",
                        "in units of the target");
            }
        }
        out.append("</div>\n<div class=\"plan\">").append(Html.table(List.of("", ""), plan.entrySet().stream()
                .map(line -> List.of(Html.escape(line.getKey()), Html.escape(line.getValue()))).toList()))
                .append("</div>\n");
        return out.append("</header>\n").toString();
    }

    private static void tile(StringBuilder out, String value, String what, String note) {
        out.append("<div class=\"tile\"><b>").append(value).append("</b><span>").append(what).append("</span><em>")
                .append(Html.escape(note)).append("</em></div>\n");
    }

    private String importance() {
        double[] importance = outcome.importance();
        double most = 0;
        for (double each : importance) {
            most = Math.max(most, each);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int j : OutcomeTables.byImportance(importance)) {
            long share = most > 0 ? Math.round(100 * Math.max(0, importance[j]) / most) : 0;
            rows.add(List.of(Html.escape(OutcomeTables.input(data, j)), number(importance[j]),
                    "<span class=\"bar\" style=\"width:" + share + "%\"></span>"));
        }
        return Html.section("importance", "What it needs", "By how much the " + (outcome.classes() != null ? "log loss rises"
                : "R² falls") + " when the values of that column are shuffled among the rows: the mean of five orders. "
                + "Columns "
                + "that say the same share their importance.",
                rows.isEmpty() ? "" : "<div class=\"needs\">" + Html.table(List.of("input", "needed", ""), rows)
                        + "</div>\n");
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
    }
}
