package dev.samebits.cli.train;

import dev.samebits.cli.page.Chart;
import dev.samebits.cli.page.Html;
import dev.samebits.train.Epoch;
import dev.samebits.train.TrainingResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How loss and error went down, epoch by epoch. */
final class ReportCurves {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 260;
    // The least that an axis of logarithms shows.
    private static final double LEAST = 1e-12;

    private final TrainingResult result;
    private final Outcome outcome;

    ReportCurves(TrainingResult result, Outcome outcome) {
        this.result = result;
        this.outcome = outcome;
    }

    String html() {
        List<Epoch> epochs = result.epochs();
        boolean decisions = epochs.get(0).validationDecisions() > 0;
        return Html.section("curves", "Learning", "The dotted line is the epoch whose network was kept"
                + (outcome.isValidated() ? "." : ": the last, since no rows were held out."),
                "<div class=\"pair" + (decisions ? "" : " single") + "\">" + loss(epochs)
                        + (decisions ? error(epochs) : "") + "</div>\n");
    }

    private String loss(List<Epoch> epochs) {
        double[] training = values(epochs, Epoch::loss);
        double[] validation = values(epochs, Epoch::validationLoss);
        double least = Double.POSITIVE_INFINITY;
        double most = LEAST;
        for (double[] curve : List.of(training, validation)) {
            for (double value : curve) {
                least = value > 0 ? Math.min(least, value) : least;
                most = value > 0 ? Math.max(most, value) : most;
            }
        }
        least = Math.max(LEAST, Math.min(least, most / 2));
        for (int i = 0; i < training.length; i++) {
            training[i] = Math.max(training[i], least);
            validation[i] = Math.max(validation[i], least);
        }
        Chart chart = chart("Loss by epoch", epochs.size(), new double[] {least, most * 1.1}, true, "loss");
        chart.curve(numbers(epochs), training, "curve c1");
        if (!Double.isNaN(validation[0])) {
            chart.curve(numbers(epochs), validation, "curve c2");
        }
        return figure(chart, key("c1", "rows to learn from")
                + (Double.isNaN(validation[0]) ? "" : key("c2", "validation rows")));
    }

    private String error(List<Epoch> epochs) {
        double[] errors = values(epochs, epoch -> 100 * epoch.errorRate());
        double most = 1;
        for (double error : errors) {
            most = Math.max(most, error);
        }
        Chart chart = chart("Validation error by epoch", epochs.size(), new double[] {0, most * 1.05}, false, "error, %");
        return figure(chart.curve(numbers(epochs), errors, "curve c2"), key("c2", "validation rows decided wrongly"));
    }

    private Chart chart(String label, int epochs, double[] ys, boolean logarithmic, String name) {
        Chart chart = new Chart(WIDTH, HEIGHT, label, new double[] {0, Math.max(2, epochs)}, ys, logarithmic, "epoch", name);
        return chart.upright(outcome.isValidated() ? Outcome.best(result).number() : epochs, "best");
    }

    private static String figure(Chart chart, String caption) {
        return Html.figure(chart.end(), caption);
    }

    private static String key(String colour, String text) {
        return "<span class=\"key\"><i class=\"" + colour + "\"></i>" + text + "</span>";
    }

    private static double[] numbers(List<Epoch> epochs) {
        return values(epochs, Epoch::number);
    }

    private static double[] values(List<Epoch> epochs, ToDoubleFunction<Epoch> of) {
        return epochs.stream().mapToDouble(of).toArray();
    }
}
