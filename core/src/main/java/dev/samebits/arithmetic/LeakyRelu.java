package dev.samebits.arithmetic;

/**
 * The leaky rectifier {@code max(0, x) + gamma min(0, x)} (equations 4.18 to 4.20). The parametric rectifier of
 * equations 4.21 and 4.22 is the same function with one learnable gamma per neuron.
 */
public final class LeakyRelu {

    private LeakyRelu() {
    }

    /** {@code gamma x} for {@code x < 0}, otherwise {@code x} itself: so NaN and -0 pass. */
    public static float value(float x, float gamma) {
        return x < 0f ? gamma * x : x;
    }

    /** 1 for {@code x > 0}, gamma for {@code x <= 0}; NaN gives NaN. */
    public static float derivative(float x, float gamma) {
        float left = x <= 0f ? gamma : x;
        return x > 0f ? 1f : left;
    }
}
