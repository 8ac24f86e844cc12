package dev.samebits;

/** A backend was asked for by name and cannot run here. The message says why and what to do. */
public final class BackendUnavailableException extends RuntimeException {
    public BackendUnavailableException(String message) {
        super(message);
    }
}
