package dev.samebits.cli.train;

import dev.samebits.cli.text.FloatText;
import java.util.Locale;

/**
 * One combination of what {@code search} chooses among.
 *
 * @param layers as {@code --layers} of train has them
 * @param rate the learning rate
 * @param decay the weight decay
 * @param dropout of the hidden layers; 0 for none
 */
record Trial(String layers, float rate, float decay, float dropout) {
    /** What trials give, fold by fold. */
    static final class Score {
        private final double[] losses;
        private final double[] errors;
        private final int[] epochs;

        Score(int folds) {
            losses = new double[folds];
            errors = new double[folds];
            epochs = new int[folds];
        }

        /** Takes the best epoch of a fold; a loss that is infinite if training diverged. */
        void set(int fold, double loss, double error, int epoch) {
            losses[fold] = loss;
            errors[fold] = error;
            epochs[fold] = epoch;
        }

        // In the order of the folds, whichever was done first.
        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        /** The mean over the folds. */
        double loss() {
            return mean(losses);
        }

        /** The deviation of the folds' losses. */
        double deviation() {
            double mean = loss();
            double sum = 0;
            for (double loss : losses) {
                sum += (loss - mean) * (loss - mean);
            }
            return Math.sqrt(sum / losses.length);
        }

        /** The mean rate of wrong decisions; NaN where none are made. */
        double error() {
            return mean(errors);
        }

        /** As many as were best in the mean, at least one. */
        int epochs() {
            long sum = 0;
            for (int epoch : epochs) {
                sum += epoch;
            }
            return (int) Math.max(1, (2 * sum + epochs.length) / (2L * epochs.length));
        }
    }

    /** As options of train. */
    String options() {
        return "--optimizer adamw --layers " + layers + " --learning-rate " + FloatText.of(rate) + " --weight-decay "
                + FloatText.of(decay) + (dropout > 0 ? " --dropout " + FloatText.of(dropout) : "");
    }

    /** Its place in the table, with what it gave. */
    String[] row(int place, Score score) {
        boolean diverged = !Double.isFinite(score.loss());
        return new String[] {String.valueOf(place), layers, FloatText.of(rate), FloatText.of(decay), FloatText.of(dropout),
            diverged ? "diverged" : String.format(Locale.ROOT, "%.6f ± %.6f", score.loss(), score.deviation()),
            diverged || Double.isNaN(score.error()) ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * score.error()),
            diverged ? "" : String.valueOf(score.epochs())};
    }
}
