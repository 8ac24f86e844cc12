package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.samples.DataOptions;
import dev.samebits.cli.samples.DataSamples;
import dev.samebits.cli.samples.TargetRule;
import dev.samebits.cli.samples.TrainingData;
import dev.samebits.train.Samples;
import java.util.Locale;
import picocli.CommandLine.Option;

/** On which rows {@code train} learns, and on which it judges: the option {@code --validation}. */
final class Holdout {
    private static final double PART = 0.2;
    // Of fewer, a fifth says nothing.
    private static final int LEAST_ROWS = 50;
    private static final String NONE = "none";

    @Option(
            names = "--validation",
            paramLabel = "FILE|FRACTION|none",
            description = "Rows to judge each epoch on: a file, or the part of --data to set aside, such as 0.1. The epoch "
                    + "that does best is saved. Default: 0.2, or none of less than 50 rows.")
    private String given;

    private Double fraction;

    /** Checks the word, before any data is read. */
    void check() {
        if (given == null || given.equals(NONE) || !given.matches("[0-9.]+")) {
            return;
        }
        double value = given.matches("\\d*\\.?\\d+|\\d+\\.") ? Double.parseDouble(given) : 0;
        if (!(value > 0 && value < 1)) {
            throw new Problem("'" + given + "' is neither a file nor a part between 0 and 1", "--validation",
                    "give a file, or a number such as 0.1");
        }
        fraction = value;
    }

    /** Whether there may be a validation set. */
    boolean isPossible() {
        return !NONE.equals(given);
    }

    /** Whether it was left to the command. */
    boolean isChosen() {
        return given == null;
    }

    /** The file with the validation set, or null. */
    String file() {
        return given == null || given.equals(NONE) || fraction != null ? null : given;
    }

    /** The training set, and the validation set or null. */
    Samples[] sets(TrainingData data, String name, DataOptions columns, int width, TargetRule rule, long seed) {
        if (file() != null) {
            TrainingData other = columns.readMore(given, name, data, rule);
            return new Samples[] {DataSamples.of(data, width), DataSamples.of(other, width)};
        }
        if (NONE.equals(given) || given == null && data.size() < LEAST_ROWS) {
            return new Samples[] {DataSamples.of(data, width), null};
        }
        double part = fraction == null ? PART : fraction;
        int held = (int) Math.round(part * data.size());
        if (held < 1 || held == data.size()) {
            throw new Problem("a part of " + given + " of " + data.size() + " rows leaves one set empty", "--validation",
                    "give more data, or another part");
        }
        return data.targets() > 0 ? DataSamples.split(data, width, held, seed)
                : DataSamples.stratified(data, width, held, seed);
    }

    /** What was done, and why. */
    String why(Samples[] sets) {
        String rows = String.format(Locale.ROOT, "%,d rows", sets[0].size());
        if (sets[1] != null) {
            return rows + String.format(Locale.ROOT, " and %,d for validation%s", sets[1].size(),
                    given == null ? ", a fifth held out (--validation)" : "");
        }
        return rows + (given == null ? ", too few to hold some out for validation" : ", none for validation");
    }
}
