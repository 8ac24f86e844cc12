package dev.samebits;

/**
 * The arithmetic that this library computes: spec/ of the project states it under a number. Two releases that compute
 * the same number give the same bits to the same network and data, on every backend and machine; whoever stores
 * fingerprints, scores or trained networks stores the number beside them.
 *
 * @since 0.1.0
 */
public final class Arithmetic {
    private static final int NUMBER = 1;

    private Arithmetic() {}

    /** {@return the number, which grows when any bit of a result changes, and stays when something is added} */
    public static int number() {
        return NUMBER;
    }
}
