package dev.samebits;

import dev.samebits.arithmetic.Quantized;

/**
 * How numbers become whole numbers of eight bits, as ONNX's QuantizeLinear has it: {@code x / s} rounded to the
 * nearest whole number, half to even, plus the zero point, kept within what the type holds. They stand for {@code (q
 * − z) · s}. Immutable.
 *
 * @param scale s, positive and finite
 * @param zeroPoint z, what stands for 0
 * @param low the least whole number
 * @param high the largest
 * @since 0.1.0
 */
public record Quantization(float scale, int zeroPoint, int low, int high) {
    /**
     * One.
     *
     * @param scale s
     * @param zeroPoint z
     * @param low the least whole number
     * @param high the largest
     * @throws IllegalArgumentException if s is not positive and finite, the bounds are further apart than 255 or not between
     *     −255 and 255, or z is not within them
     */
    public Quantization {
        if (!(scale > 0) || Float.isInfinite(scale)) {
            throw new IllegalArgumentException("the scale of a quantisation must be positive and finite, not " + scale);
        }
        int most = Quantized.LARGEST;
        if (low < -most || high > most || high - low > most || low > zeroPoint || zeroPoint > high) {
            throw new IllegalArgumentException("a quantisation to " + low + " … " + high + " with the zero point "
                    + zeroPoint + ": the bounds must lie between −" + most + " and " + most + ", at most " + most
                    + " apart, and the zero point within them");
        }
    }

    /**
     * To numbers from 0 to 255.
     *
     * @param scale s
     * @param zeroPoint z
     * @return the quantisation of ONNX's uint8
     * @throws IllegalArgumentException if s is not positive and finite, or z is no such number
     */
    public static Quantization uint8(float scale, int zeroPoint) {
        return new Quantization(scale, zeroPoint, 0, Quantized.LARGEST);
    }

    /**
     * To numbers from −128 to 127.
     *
     * @param scale s
     * @param zeroPoint z
     * @return the quantisation of ONNX's int8
     * @throws IllegalArgumentException if s is not positive and finite, or z is no such number
     */
    public static Quantization int8(float scale, int zeroPoint) {
        return new Quantization(scale, zeroPoint, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    /** {@return the same without a zero point: what {@link #value} gives less it} */
    public Quantization centered() {
        return new Quantization(scale, 0, low - zeroPoint, high - zeroPoint);
    }

    /** {@return how far a number may be from the zero point: at most 255} */
    public int reach() {
        return Math.max(zeroPoint - low, high - zeroPoint);
    }

    /**
     * The definition that every backend reproduces to the bit.
     *
     * @param x any float
     * @return a whole number in a float; NaN for NaN, the bounds for ±∞
     */
    public float value(float x) {
        return Quantized.value(x, scale, low - zeroPoint, high - zeroPoint) + zeroPoint;
    }

    /** As in {@code 0.02 + 128 within 0 to 255}. */
    @Override
    public String toString() {
        return scale + (zeroPoint == 0 ? "" : " + " + zeroPoint) + " within " + low + " to " + high;
    }
}
