package dev.samebits.cli.train;

import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.TrainingOptions;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TableData;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Measure;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What {@code train} is going to do: what was chosen, from what, and by which option another choice is made. */
final class Choices {
    // Lines for raw columns.
    private static final int COLUMNS = 50;

    private final TrainingData data;
    private final Network network;
    private final Loss loss;
    private final Sgd sgd;
    private final Architecture architecture;
    private final Course course;
    private final Descent descent;

    Choices(TrainingData data, Network network, Loss loss, Sgd sgd, Architecture architecture, Course course,
            Descent descent) {
        this.data = data;
        this.network = network;
        this.loss = loss;
        this.sgd = sgd;
        this.architecture = architecture;
        this.course = course;
        this.descent = descent;
    }

    /** Prints it, and gives it: the words in front of each line, with what stands behind them. */
    Map<String, String> tell(String rows, String inputs, String refit, String backend, int threads) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("learns", learned(data, loss == Loss.LOGISTIC_CROSS_ENTROPY));
        lines.put("rows", rows);
        lines.put("inputs", String.format(Locale.ROOT, "%,d, %s", data.inputs(), inputs));
        if (data instanceof TableData raw) {
            raw.preparation().columns().stream().limit(COLUMNS).forEach(column ->
                    lines.put("  " + column.name(), column.toString().substring(column.name().length() + 2)));
            int more = raw.preparation().columns().size() - COLUMNS;
            if (more > 0) {
                lines.put("  …", "and " + more + " more columns: samebits inspect shows all");
            }
        }
        lines.put("network", String.format(Locale.ROOT, "%s, %,d parameters%s", network, network.parameters(),
                architecture.isChosen() ? ", for so many rows (--layers)" : ""));
        lines.put("descent", method());
        lines.put("ends", end());
        if (!refit.isEmpty()) {
            lines.put("refit", refit);
        }
        lines.forEach(Choices::line);
        line("runs on", "backend " + backend + ", threads " + threads);
        return lines;
    }

    /** Prints a line, its word in front. */
    static void line(String what, String text) {
        System.out.println(String.format(Locale.ROOT, "%-9s", what) + Problem.oneLine(text));
    }

    /**
     * What is learned.
     *
     * @param decisions whether target values are yes or no each
     */
    static String learned(TrainingData data, boolean decisions) {
        if (data.targets() == 0) {
            return data.labels().size() + " classes: " + Problem.shown(data.labels());
        }
        if (decisions && data.targets() > 1 && !data.columns().outputs().isEmpty()) {
            return data.targets() + " labels, each yes or no: " + Problem.shown(data.columns().outputs());
        }
        String names = data.columns().outputs().isEmpty() ? data.targets() + " target values"
                : "quantities: " + Problem.shown(data.columns().outputs());
        return data.reason().isEmpty() ? names : data.reason();
    }

    private String method() {
        return loss.label() + " by " + (sgd.optimizer().equals(Optimizer.SGD) ? "sgd" : sgd.optimizer()) + ", rate "
                + sgd.learningRate() + (sgd.schedule().equals(Schedule.CONSTANT) ? "" : " " + sgd.schedule())
                + (sgd.weightDecay() > 0 ? ", weight decay " + sgd.weightDecay() : "") + ", " + sgd.batch()
                + " rows an update"
                + (sgd.clipNorm() == TrainingOptions.UNCLIPPED ? "" : ", gradients clipped to " + sgd.clipNorm())
                + (sgd.dropout() == null ? "" : ", " + sgd.dropout())
                + (sgd.batchNorm() == null ? "" : ", batch normalisation (--batch-norm)")
                + (descent.isChosen() ? " (--optimizer)" : "");
    }

    private String end() {
        String most = "after " + sgd.epochs() + (sgd.epochs() == 1 ? " epoch" : " epochs");
        return sgd.patience() >= sgd.epochs() ? most : most + ", or " + sgd.patience() + " without a lower validation "
                + (course.measure() == Measure.LOSS ? "loss" : "error") + (course.isChosen() ? " (--epochs, --patience)"
                : "");
    }
}
