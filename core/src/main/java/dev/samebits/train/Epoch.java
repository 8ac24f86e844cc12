package dev.samebits.train;

import java.util.Objects;

/**
 * What one epoch gave. What is taken on the validation set follows from the loss and from the {@link Measure}: classes for
 * cross-entropy, decisions for logistic cross-entropy, whose every output says yes or no, and the loss itself for squared
 * error, or for any of them where the loss is what is judged.
 *
 * @param number from 1
 * @param loss mean loss of its samples, each taken before the update it took part in
 * @param validationErrors decisions on the validation set that were wrong after the epoch, an output that is NaN among them;
 *     −1 where none are made
 * @param validationDecisions decisions on the validation set: one a sample, or one an output; 0 where none are made
 * @param validationLoss mean loss of the validation set after the epoch, where that is what is judged; else NaN
 * @param measure which of the two is judged
 * @since 0.1.0
 */
public record Epoch(int number, double loss, long validationErrors, long validationDecisions, double validationLoss,
        Measure measure) {
    /**
     * What an epoch gave.
     *
     * @param number from 1
     * @param loss mean loss of its samples
     * @param validationErrors wrong decisions on the validation set, or −1
     * @param validationDecisions decisions on the validation set, or 0
     * @param validationLoss mean loss of the validation set, or NaN
     * @param measure which of the two is judged
     */
    public Epoch {
        Objects.requireNonNull(measure, "measure");
    }

    /**
     * What an epoch gave that is judged by its decisions, where some are made.
     *
     * @param number from 1
     * @param loss mean loss of its samples
     * @param validationErrors wrong decisions on the validation set, or −1
     * @param validationDecisions decisions on the validation set, or 0
     * @param validationLoss mean loss of the validation set, or NaN
     */
    public Epoch(int number, double loss, long validationErrors, long validationDecisions, double validationLoss) {
        this(number, loss, validationErrors, validationDecisions, validationLoss, Measure.ERRORS);
    }

    /** {@return {@code validationErrors / validationDecisions}, or NaN where no decisions are made} */
    public double errorRate() {
        return validationDecisions == 0 ? Double.NaN : (double) validationErrors / validationDecisions;
    }

    /** {@return what ought to fall: the error rate, or the loss of the validation set; NaN without one} */
    public double validation() {
        return measure == Measure.LOSS || validationDecisions == 0 ? validationLoss : errorRate();
    }
}
