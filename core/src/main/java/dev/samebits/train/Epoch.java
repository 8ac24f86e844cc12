package dev.samebits.train;

/**
 * What one epoch gave. What is taken on the validation set follows from the loss: classes for cross-entropy, decisions for
 * logistic cross-entropy, whose every output says yes or no, and the loss itself for squared error.
 *
 * @param number from 1
 * @param loss mean loss of its samples, each taken before the update it took part in
 * @param validationErrors decisions on the validation set that were wrong after the epoch, an output that is NaN among them;
 *     −1 where none are made
 * @param validationDecisions decisions on the validation set: one a sample, or one an output; 0 where none are made
 * @param validationLoss mean loss of the validation set after the epoch, where that is what is judged; else NaN
 * @since 0.1.0
 */
public record Epoch(int number, double loss, long validationErrors, long validationDecisions, double validationLoss) {
    /** {@return {@code validationErrors / validationDecisions}, or NaN where no decisions are made} */
    public double errorRate() {
        return validationDecisions == 0 ? Double.NaN : (double) validationErrors / validationDecisions;
    }

    /** {@return what ought to fall: the error rate, or the loss of the validation set; NaN without one} */
    public double validation() {
        return validationDecisions == 0 ? validationLoss : errorRate();
    }
}
