package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.train.Measure;
import dev.samebits.train.Sgd;
import picocli.CommandLine.Option;

/**
 * How long {@code train} goes on: the options for batch, epochs and patience, and what is taken where they are not
 * given.
 */
final class Course {
    private static final int BATCH = 32;
    // A batch is no larger a part of the data than this, so that an epoch has some steps.
    private static final int LEAST_STEPS = 8;
    private static final int SMALLEST_BATCH = 8;
    // With validation training ends by itself; these keep it from going on for ever.
    private static final int MOST_EPOCHS = 500;
    private static final int STEPS_OF_PATIENCE = 400;
    private static final int LEAST_PATIENCE = 10;
    private static final int MOST_PATIENCE = 40;
    private static final int BLIND_EPOCHS = 100;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Rows per update. Default: 32, or fewer for less than 256 rows.")
    private Integer batch;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the data. Default: at most 500, until --patience is lost; 100 without validation.")
    private Integer epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after this many epochs without a lower loss, or error, on the validation rows. Default: "
                    + "10 to "
                    + "40, the more the fewer rows there are, or never where --epochs is given.")
    private Integer patience;

    @Option(
            names = "--measure",
            paramLabel = "NAME",
            defaultValue = "loss",
            description = "What says on the validation rows which epoch is the best: loss or errors (default: loss).")
    private String measure;

    /** Refuses what makes no sense, before any data is read. */
    void check(boolean validated) {
        measure();
        atLeastOne("--batch", "batch", batch);
        atLeastOne("--epochs", "epochs", epochs);
        atLeastOne("--patience", "patience", patience);
        if (patience != null && !validated) {
            throw noValidation("give --validation, such as 0.1");
        }
    }

    private static void atLeastOne(String option, String what, Integer value) {
        if (value != null && value < 1) {
            throw new Problem(what + " must be at least 1, not " + value, option, "leave it out for the usual");
        }
    }

    private static Problem noValidation(String mend) {
        return new Problem("there is no validation to lose patience with", "--patience", mend);
    }

    Measure measure() {
        return switch (measure) {
            case "loss" -> Measure.LOSS;
            case "errors" -> Measure.ERRORS;
            default -> throw new Problem("unknown measure '" + measure + "'", "--measure", "use loss or errors");
        };
    }

    /**
     * Descent through so many rows.
     *
     * @param validated whether there is a validation set
     */
    Sgd sgd(Descent descent, int rows, boolean validated, long seed) {
        if (patience != null && !validated) {
            throw noValidation("give more rows, or --validation");
        }
        int size = batch != null ? batch : Math.max(Math.min(SMALLEST_BATCH, rows), Math.min(BATCH, rows / LEAST_STEPS));
        int steps = (rows - 1) / size + 1;
        int most = epochs != null ? epochs : validated ? MOST_EPOCHS : BLIND_EPOCHS;
        int usual = Math.max(LEAST_PATIENCE, Math.min(MOST_PATIENCE, STEPS_OF_PATIENCE / steps));
        Sgd sgd = descent.sgd(size, most, patience != null ? patience : epochs != null ? most : usual, seed);
        if (descent.warmUp() >= (long) steps * most) {
            throw new Problem("a warm-up of " + descent.warmUp() + " updates is longer than the training, which has "
                    + (long) steps * most, "--warm-up", "give fewer updates, or more --epochs");
        }
        return sgd;
    }

    /** Whether epochs and patience were chosen here. */
    boolean isChosen() {
        return epochs == null && patience == null;
    }
}
