package dev.samebits.train;

/**
 * The loss became NaN or infinite. The message names epoch and batch.
 *
 * @since 0.1.0
 */
public final class DivergedException extends RuntimeException {
    /**
     * For a way of training.
     *
     * @param message where, and what to do
     */
    public DivergedException(String message) {
        super(message);
    }
}
