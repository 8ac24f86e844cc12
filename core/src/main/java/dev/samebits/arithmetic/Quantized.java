package dev.samebits.arithmetic;

/**
 * Whole numbers of few bits, as quantised networks have them: {@code x / s} rounded to a whole number, half to even,
 * and kept within bounds. Results are floats that hold whole numbers exactly.
 */
public final class Quantized {
    /** Numbers of eight bits: the largest of them without a sign. */
    public static final int LARGEST = 255;
    /** Added to a number of at most 2²² and taken off again, it leaves the nearest whole number, of two the even one. */
    public static final float ROUNDER = 0x1.8p23f;

    private Quantized() {
    }

    /**
     * {@code x / s}, one rounding, kept within the bounds and rounded to a whole number: to the nearest, half to
     * even. ±∞ give the bounds, NaN gives NaN, and there is no −0.
     *
     * @param low a whole number from −255 on
     * @param high a whole number up to 255
     */
    public static float value(float x, float scale, float low, float high) {
        float q = x / scale;
        q = q < low ? low : q;
        q = q > high ? high : q;
        return q + ROUNDER - ROUNDER;
    }

    /**
     * What a row's numbers are divided by, of the range that they and zero have: a 255th of it, or 1 where that is 0.
     * NaN where it is not finite.
     *
     * @param lowest the least of the row's numbers and 0
     * @param highest the largest of them and 0
     */
    public static float scale(float lowest, float highest) {
        float scale = (highest - lowest) / LARGEST;
        return scale == 0 ? 1 : scale < Float.POSITIVE_INFINITY ? scale : Float.NaN;
    }

    /**
     * The whole number that stands for zero in such a row, from 0 to 255.
     */
    public static float zeroPoint(float lowest, float scale) {
        return value(-lowest, scale, 0, LARGEST);
    }

    /**
     * A row by its own range: {@code y_j} is {@code x_j / s} rounded to a whole number from −z to 255 − z, which is
     * the number of eight bits without its zero point z. A row with a number that is not finite, or whose range is
     * not, is NaN.
     *
     * @return s; NaN where the row is
     */
    public static float row(float[] x, int xOffset, float[] y, int yOffset, int n) {
        float lowest = 0;
        float highest = 0;
        boolean finite = true;
        for (int j = xOffset; j < xOffset + n; j++) {
            lowest = x[j] < lowest ? x[j] : lowest;
            highest = x[j] > highest ? x[j] : highest;
            finite &= Math.abs(x[j]) < Float.POSITIVE_INFINITY;
        }
        float scale = finite ? scale(lowest, highest) : Float.NaN;
        float zero = zeroPoint(lowest, scale);
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = value(x[xOffset + j], scale, -zero, LARGEST - zero);
        }
        return scale;
    }

    /**
     * What a sum of whole numbers stands for: {@code (float) t · (r · s) + shift}, three roundings behind that of the sum.
     */
    public static float output(int sum, float rowScale, float scale, float shift) {
        return sum * (rowScale * scale) + shift;
    }
}
