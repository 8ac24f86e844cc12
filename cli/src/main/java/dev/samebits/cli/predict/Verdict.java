package dev.samebits.cli.predict;

import dev.samebits.cli.console.Failures;

/** What {@code replay} finds, and the exit code that says so. */
enum Verdict {
    /** The same output was computed. */
    REPRODUCED(0),
    /** Another output was computed from the same model and data. */
    DIVERGED(Failures.DIFFERENT),
    /** What was given is not what the receipt tells of, or the receipt is not what was signed. */
    TAMPERED(Failures.TAMPERED),
    /** It cannot be told here. */
    INCONCLUSIVE(Failures.INCONCLUSIVE);

    private final int exitCode;

    Verdict(int exitCode) {
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** With its reason. */
    Finding because(String reason) {
        return new Finding(this, reason);
    }

    /**
     * A verdict on a receipt.
     *
     * @param verdict in a word
     * @param reason on one line
     */
    record Finding(Verdict verdict, String reason) {}
}
