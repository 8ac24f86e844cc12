package dev.samebits.arithmetic;

/**
 * The hard-logistic function {@code max(min(slope x + shift, 1), 0)} (equations 4.9 to 4.11, where the slope is 0.25
 * and the shift 0.5).
 */
public final class HardLogistic {

    private HardLogistic() {
    }

    /** The function with slope 0.25 and shift 0.5. */
    public static float value(float x) {
        return value(x, LinearLogistic.SLOPE, LinearLogistic.SHIFT);
    }

    /** {@code slope x + shift}, rounded once, then clipped to [0, 1]; NaN gives NaN. */
    public static float value(float x, float slope, float shift) {
        float line = Math.fma(slope, x, shift);
        float low = line < 0f ? 0f : line;
        return low > 1f ? 1f : low;
    }

    /** The derivative with slope 0.25 and shift 0.5. */
    public static float derivative(float x) {
        return derivative(x, LinearLogistic.SLOPE, LinearLogistic.SHIFT);
    }

    /** {@code slope} where the line is strictly between 0 and 1, 0 at and beyond the clip points; NaN gives NaN. */
    public static float derivative(float x, float slope, float shift) {
        float line = Math.fma(slope, x, shift);
        float flat = line == line ? 0f : line;
        return line > 0f && line < 1f ? slope : flat;
    }
}
