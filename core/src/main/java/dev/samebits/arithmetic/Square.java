package dev.samebits.arithmetic;

/**
 * The square.
 */
public final class Square {

    private Square() {
    }

    /** {@code x x}, rounded once: -0 gives +0, NaN gives NaN. */
    public static float value(float x) {
        return x * x;
    }

    /** {@code 2 x}. */
    public static float derivative(float x) {
        return 2f * x;
    }
}
