package dev.samebits.arithmetic;

/**
 * GELU, tanh form: {@code 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))} (equation 4.28), for every float.
 *
 * <p>It is computed as {@code x sigma(w)} with {@code w = x (A + B x^2)}, which is the same function: the sum
 * {@code 1 + tanh u} would lose every digit for negative inputs.
 *
 * <p>Error: at most 4 ulp for {@code x >= -3} and 16 below; the derivative, which has a zero, at most 8 (docs/numerics.md).
 */
public final class GeluTanh {

    /** {@code A = 2 sqrt(2 / pi)}, leading part, a multiple of {@code 2^-20}: see {@link #innerLo}. */
    public static final float A_HI = 0x1.98845p0f;

    /** {@code A}, what the leading part leaves. */
    public static final float A_LO = 0x1.9ea1b2p-23f;

    /** {@code B = 0.044715 A}, leading part. */
    public static final float B_HI = 0x1.2444f2p-4f;

    /** {@code B}, what the leading part leaves. */
    public static final float B_LO = 0x1.49b16ap-29f;

    /** {@code A}, for the derivative. */
    public static final float A = 0x1.988454p0f;

    /** {@code 3 B}, for the derivative. */
    public static final float THREE_B = 0x1.b6676cp-3f;

    /** Below minus this value and derivative are zeros, above it the input and 1. */
    public static final float SATURATED = 10.9f;

    private GeluTanh() {
    }

    /** The value: {@code -inf} gives -0, {@code +inf} gives itself, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float s = c * c;
        float inner = Math.fma(B_HI, s, A_HI);
        float hi = c * inner;
        float lo = Math.fma(c, innerLo(c, s, inner), Math.fma(c, inner, -hi));
        return GatedTail.value(x, c, hi, lo);
    }

    /** The derivative: -0 at {@code -inf}, 1 at {@code +inf}, NaN gives NaN. */
    public static float derivative(float x) {
        float a = Math.abs(x);
        float c = a > SATURATED ? SATURATED : a;
        float s = c * c;
        float inner = Math.fma(B_HI, s, A_HI);
        float hi = c * inner;
        float lo = Math.fma(c, innerLo(c, s, inner), Math.fma(c, inner, -hi));
        return GatedTail.derivative(x, hi, lo, c * Math.fma(THREE_B, s, A));
    }

    /**
     * What {@code inner = B_HI s + A_HI}, {@code s = c^2}, both rounded, lacks to {@code A + B c^2}. The difference
     * {@code A_HI - inner} is exact: inner is below 16, so both are multiples of {@code 2^-20} or inner is below
     * {@code 2 A_HI}.
     */
    private static float innerLo(float c, float s, float inner) {
        float rounding = Math.fma(B_HI, s, A_HI - inner);
        float square = Math.fma(c, c, -s);
        return rounding + Math.fma(B_HI, square, Math.fma(B_LO, s, A_LO));
    }
}
