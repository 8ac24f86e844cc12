package dev.samebits.arithmetic;

/**
 * GELU, logistic form: {@code x sigma(1.702 x)} (equation 4.29), for every float.
 *
 * <p>Error: at most 3 ulp; the derivative, which has a zero, at most 8 (docs/numerics.md).
 */
public final class GeluLogistic {

    /** 1.702, leading part. */
    public static final float SCALE_HI = 0x1.b3b646p0f;

    /** 1.702, what the leading part leaves. */
    public static final float SCALE_LO = -0x1.78d4fep-26f;

    /** Below minus this value and derivative are zeros, above it the input and 1. */
    public static final float SATURATED = 64.25f;

    private GeluLogistic() {
    }

    /** The value: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float hi = c * SCALE_HI;
        float lo = Math.fma(c, SCALE_LO, Math.fma(c, SCALE_HI, -hi));
        return GatedTail.value(x, c, hi, lo);
    }

    /** The derivative: -0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float hi = c * SCALE_HI;
        float lo = Math.fma(c, SCALE_LO, Math.fma(c, SCALE_HI, -hi));
        return GatedTail.derivative(x, hi, lo, hi);
    }
}
