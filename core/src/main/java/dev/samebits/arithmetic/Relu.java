package dev.samebits.arithmetic;

/**
 * The rectifier {@code max(0, x)} (equations 4.16 and 4.17).
 */
public final class Relu {

    private Relu() {
    }

    /** 0 for {@code x < 0}, otherwise {@code x} itself: so NaN and -0 pass. */
    public static float value(float x) {
        return x < 0f ? 0f : x;
    }

    /** 1 for {@code x > 0}, 0 for {@code x <= 0}; NaN gives NaN. */
    public static float derivative(float x) {
        float flat = x <= 0f ? 0f : x;
        return x > 0f ? 1f : flat;
    }
}
