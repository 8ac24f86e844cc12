package dev.samebits;

/**
 * A backend was asked for by name and cannot run here. The message says why and what to do.
 *
 * @since 0.1.0
 */
public final class BackendUnavailableException extends RuntimeException {
    /**
     * For {@link Backends}.
     *
     * @param message why, and what to do
     */
    public BackendUnavailableException(String message) {
        super(message);
    }
}
