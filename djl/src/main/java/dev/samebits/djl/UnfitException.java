package dev.samebits.djl;

/** A model that Samebits reads, with something in it that DJL has no array for; one line. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    UnfitException(String message) {
        super(message);
    }
}
