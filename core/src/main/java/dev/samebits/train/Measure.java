package dev.samebits.train;

/**
 * What of the validation set says which epoch is the best, and when training ends: {@link TrainingRequest#withMeasure}.
 *
 * @since 0.1.0
 */
public enum Measure {
    /** The rate of wrong decisions, as {@link Epoch} counts them; the loss where no decisions are made. */
    ERRORS,
    /**
     * The mean loss, which tells a good epoch from a better one where both decide alike. Of probabilities it is
     * {@link ClassScores#logLoss(dev.samebits.Matrix, dev.samebits.Matrix)}.
     */
    LOSS
}
