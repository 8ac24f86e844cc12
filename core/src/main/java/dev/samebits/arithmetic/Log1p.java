package dev.samebits.arithmetic;

/**
 * {@code log(1 + t)} for {@code 0 <= t < 2^32}: softplus needs it on [0, 1], log-softmax on sums of exponentials.
 *
 * <p>Its error is judged by the functions made of it (docs/numerics.md).
 */
public final class Log1p {

    /** {@code ln 2}. */
    public static final float LN2 = 0x1.62e43p-1f;

    /** Coefficients of Q in {@code log(1 + t) = t + t^2 Q(t)}; minimax on [0, 1], relative error {@code 2^-30}. */
    public static final float Q0 = -0x1.fffff8p-2f;
    public static final float Q1 = 0x1.5553b6p-2f;
    public static final float Q2 = -0x1.ffc59ep-3f;
    public static final float Q3 = 0x1.978b54p-3f;
    public static final float Q4 = -0x1.4a72b2p-3f;
    public static final float Q5 = 0x1.ff28d8p-4f;
    public static final float Q6 = -0x1.54f16cp-4f;
    public static final float Q7 = 0x1.58ff44p-5f;
    public static final float Q8 = -0x1.c0a2p-7f;
    public static final float Q9 = 0x1.113634p-9f;

    /** The largest sum {@code 1 + t} that the five reduction steps bring below 2. */
    public static final float DOMAIN = 0x1p32f;

    private Log1p() {
    }

    /** {@code log(1 + t)} for {@code 0 <= t < 2^32}; positive infinity gives itself, NaN gives NaN. */
    public static float log1p(float t) {
        float sum = 1f + t;
        float scale = 1f;
        float k = 0f;
        // Find k and scale = 2^-k with 1 <= (1 + t) scale < 2.
        if (sum >= 0x1p16f) {
            sum *= 0x1p-16f;
            scale = 0x1p-16f;
            k = 16f;
        }
        if (sum >= 0x1p8f) {
            sum *= 0x1p-8f;
            scale *= 0x1p-8f;
            k += 8f;
        }
        if (sum >= 0x1p4f) {
            sum *= 0x1p-4f;
            scale *= 0x1p-4f;
            k += 4f;
        }
        if (sum >= 0x1p2f) {
            sum *= 0x1p-2f;
            scale *= 0x1p-2f;
            k += 2f;
        }
        if (sum >= 2f) {
            scale *= 0.5f;
            k += 1f;
        }
        // (1 + t) scale - 1, from t itself, so that the rounding of 1 + t is not in it.
        float rest = Math.fma(t, scale, scale - 1f);
        return Math.fma(k, LN2, log1pUnit(rest));
    }

    /** {@code log(1 + t)} for {@code 0 <= t <= 1}: the polynomial alone. Keeps denormals; NaN gives NaN. */
    public static float log1pUnit(float t) {
        float q = Math.fma(t, Q9, Q8);
        q = Math.fma(t, q, Q7);
        q = Math.fma(t, q, Q6);
        q = Math.fma(t, q, Q5);
        q = Math.fma(t, q, Q4);
        q = Math.fma(t, q, Q3);
        q = Math.fma(t, q, Q2);
        q = Math.fma(t, q, Q1);
        q = Math.fma(t, q, Q0);
        return Math.fma(t, t * q, t);
    }
}
