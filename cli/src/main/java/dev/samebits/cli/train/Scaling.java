package dev.samebits.cli.train;

import dev.samebits.Network;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Samples;
import dev.samebits.train.Standardization;
import picocli.CommandLine.Option;

/** What {@code train} does to the numbers before it learns from them, and the model before it predicts. */
final class Scaling {
    @Option(
            names = "--scaling",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "standard: each input to mean 0 and deviation 1, as each target of a regression; the model does "
                    + "it "
                    + "itself. none: as the file has them. auto: standard, but none for IDX images, which are from 0 to 1.")
    private String given;

    private Standardization inputs;
    private Standardization targets;

    /** Checks the word. */
    void check() {
        if (!given.equals("auto") && !given.equals("standard") && !given.equals("none")) {
            throw new Problem("unknown scaling '" + given + "'", "--scaling", "use standard, none or auto");
        }
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
        inputs = Standardization.ofInputs(training);
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
        return inputs == null ? "as the file has them" : "standardised" + (targets == null ? ""
                : ", and so is what is learned")
                + "; the model does it itself (--scaling)";
    }
}
