package dev.samebits.arithmetic;

/**
 * A straight line (equations 4.7 and 4.8). With slope 0.25 and shift 0.5 it is the first-order Taylor polynomial of the
 * logistic function at 0.
 */
public final class LinearLogistic {

    /** The slope of the logistic function at 0. */
    public static final float SLOPE = 0.25f;

    /** The value of the logistic function at 0. */
    public static final float SHIFT = 0.5f;

    private LinearLogistic() {
    }

    /** {@code 0.25 x + 0.5}, rounded once. */
    public static float value(float x) {
        return value(x, SLOPE, SHIFT);
    }

    /** {@code slope x + shift}, rounded once. */
    public static float value(float x, float slope, float shift) {
        return Math.fma(slope, x, shift);
    }

    /** 0.25; NaN gives NaN. */
    public static float derivative(float x) {
        return derivative(x, SLOPE);
    }

    /** {@code slope}; NaN gives NaN. */
    public static float derivative(float x, float slope) {
        return x == x ? slope : x;
    }
}
