package dev.samebits.cli.samples;

import dev.samebits.Loss;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.text.FloatText;

/** What the target values of a row must be, for a loss to mean anything. */
public enum TargetRule {
    /** Any numbers. */
    ANY,
    /** A distribution over the outputs, for cross-entropy: not negative, and one in all. */
    DISTRIBUTION,
    /** Each from 0, no, to 1, yes, for logistic cross-entropy. */
    UNIT,
    /** Each 0, no, or 1, yes: labels of which a row may have any number. */
    YES_OR_NO;

    // What rounding to a few digits leaves.
    private static final double ROUNDING = 1e-3;

    public static TargetRule of(Loss loss) {
        return switch (loss) {
            case CROSS_ENTROPY -> DISTRIBUTION;
            case LOGISTIC_CROSS_ENTROPY -> UNIT;
            case SQUARED_ERROR -> ANY;
        };
    }

    /** Refuses a number of targets that no row can be right with. */
    void check(int targets) {
        if (this == DISTRIBUTION && targets == 1) {
            throw new Problem("a softmax of one output is always 1", "--output",
                    "use logistic for a target that says yes or no, or identity for regression");
        }
    }

    /** What is wrong with a row's targets, or null. */
    String fault(float[] values, int from, int count) {
        int wrong = wrong(values, from, count);
        if (wrong >= 0) {
            String value = FloatText.of(values[from + wrong]);
            return this == YES_OR_NO ? "the label " + value + " is neither 0 nor 1, as several labels of a row are"
                    : "the target " + value + " is not from 0 to 1, as " + loss() + " asks for";
        }
        double sum = 0;
        for (int j = from; j < from + count; j++) {
            sum += values[j];
        }
        return this == DISTRIBUTION && Math.abs(sum - 1) > ROUNDING
                ? "the targets of the row add up to " + FloatText.of((float) sum) + ", and to 1 for " + loss() : null;
    }

    /** Which target of a row is wrong by itself, from 0, or −1. */
    int wrong(float[] values, int from, int count) {
        for (int j = 0; j < count; j++) {
            float value = values[from + j];
            if (this == YES_OR_NO ? value != 0 && value != 1 : this != ANY && (value < 0 || value > 1)) {
                return j;
            }
        }
        return -1;
    }

    private String loss() {
        return (this == UNIT ? Loss.LOGISTIC_CROSS_ENTROPY : Loss.CROSS_ENTROPY).label();
    }

    /** How to mend it. */
    String mend() {
        if (this == YES_OR_NO) {
            return "mend it, or give --targets for numbers of other kinds";
        }
        return this == UNIT ? "mend the targets, or use --output identity for regression"
                : "mend the targets, use --output logistic for outputs that say yes or no each, or identity for regression";
    }
}
