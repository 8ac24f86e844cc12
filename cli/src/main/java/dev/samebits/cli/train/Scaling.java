package dev.samebits.cli.train;

import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TableData;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Samples;
import dev.samebits.train.Standardization;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code train} does to the numbers before it learns from them, and the model before it predicts. */
final class Scaling {
    @Option(
            names = {"--scaling", "--scale"},
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "standard: each input to mean 0 and deviation 1, as each target of a regression; the model "
                    + "does it itself. minmax: each input to 0 to 1. none: as the file has them. auto: standard, but none "
                    + "for IDX images, which are from 0 to 1.")
    private String given;

    private Standardization inputs;
    private Standardization targets;
    private boolean raw;

    /** Checks the word. */
    void check() {
        if (!List.of("auto", "standard", "minmax", "none").contains(given)) {
            throw new Problem("unknown scaling '" + given + "'", "--scaling", "use standard, minmax, none or auto");
        }
    }

    /** That of numbers in raw columns. */
    dev.samebits.table.Scaling ofColumns() {
        return given.equals("auto") ? dev.samebits.table.Scaling.STANDARD : dev.samebits.table.Scaling.named(given);
    }

    /**
     * Takes means and deviations.
     *
     * @param training the rows to learn from
     * @param values whether the targets are numbers that may be scaled
     */
    void fit(TrainingData data, Samples training, boolean values) {
        if (given.equals("none") || given.equals("auto") && data.isScaled()) {
            return;
        }
        // Raw columns are scaled by what prepares them.
        raw = data instanceof TableData;
        if (!raw && given.equals("minmax")) {
            throw new Problem("minmax is for the columns of CSV files", "--scaling", "use standard or none");
        }
        inputs = raw ? null : Standardization.ofInputs(training);
        targets = values ? Standardization.ofTargets(training) : null;
    }

    /** Of the inputs, or null. */
    Standardization inputs() {
        return inputs;
    }

    /** The rows as they are learned from. */
    Samples of(Samples samples) {
        Samples scaled = inputs == null ? samples : inputs.inputsOf(samples);
        return targets == null ? scaled : targets.targetsOf(scaled);
    }

    /** The network for rows as the file has them. */
    Network around(Network trained) {
        Network scaled = inputs == null ? trained : inputs.inFrontOf(trained);
        return targets == null ? scaled : targets.behind(scaled);
    }

    /** What is done, for the user. */
    String why() {
        if (raw) {
            return ofColumns().label() + " scaling" + (targets == null ? "" : ", and what is learned is standardised")
                    + "; the model does it itself (--scaling)";
        }
        return inputs == null ? "as the file has them"
                : "standardised" + (targets == null ? "" : ", and so is what is learned")
                        + "; the model does it itself (--scaling)";
    }
}
