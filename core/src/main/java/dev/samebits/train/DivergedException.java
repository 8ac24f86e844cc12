package dev.samebits.train;

/** The loss became NaN or infinite. The message names epoch and batch. */
public final class DivergedException extends RuntimeException {
    public DivergedException(String message) {
        super(message);
    }
}
