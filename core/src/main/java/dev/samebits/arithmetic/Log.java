package dev.samebits.arithmetic;

/**
 * The natural logarithm of every float, denormals among them.
 *
 * <p>Error: at most 1.5 ulp; derivative 0.5 (docs/numerics.md).
 */
public final class Log {

    /** Beyond it {@code s} in {@code [1, 2)} is nearer to 2: {@code sqrt 2}. */
    public static final float ROOT = 0x1.6a09e6p0f;

    private Log() {
    }

    /** {@code log x}: {@code -inf} for a zero, {@code +inf} for itself, NaN for a negative number and NaN. */
    public static float value(float x) {
        float s = x;
        float k = 0f;
        // Find k and s = x 2^-k with 1 <= s < 2: each step by a power of two, which is exact.
        if (s >= 0x1p64f) {
            s *= 0x1p-64f;
            k = 64f;
        }
        if (s >= 0x1p32f) {
            s *= 0x1p-32f;
            k += 32f;
        }
        if (s >= 0x1p16f) {
            s *= 0x1p-16f;
            k += 16f;
        }
        if (s >= 0x1p8f) {
            s *= 0x1p-8f;
            k += 8f;
        }
        if (s >= 0x1p4f) {
            s *= 0x1p-4f;
            k += 4f;
        }
        if (s >= 0x1p2f) {
            s *= 0x1p-2f;
            k += 2f;
        }
        if (s >= 2f) {
            s *= 0.5f;
            k += 1f;
        }
        // Twice, since the least denormal number is 2^-149.
        if (s < 0x1p-63f) {
            s *= 0x1p64f;
            k -= 64f;
        }
        if (s < 0x1p-63f) {
            s *= 0x1p64f;
            k -= 64f;
        }
        if (s < 0x1p-31f) {
            s *= 0x1p32f;
            k -= 32f;
        }
        if (s < 0x1p-15f) {
            s *= 0x1p16f;
            k -= 16f;
        }
        if (s < 0x1p-7f) {
            s *= 0x1p8f;
            k -= 8f;
        }
        if (s < 0x1p-3f) {
            s *= 0x1p4f;
            k -= 4f;
        }
        if (s < 0x1p-1f) {
            s *= 0x1p2f;
            k -= 2f;
        }
        if (s < 1f) {
            s *= 2f;
            k -= 1f;
        }
        // log s = log(1 + (s - 1)), or log 2 - log(1 + (2 - s) / s): both t are from 0 to sqrt 2 - 1, so that nothing
        // cancels.
        boolean upper = s > ROOT;
        float t = upper ? (2f - s) / s : s - 1f;
        float p = Log1p.log1pUnit(t);
        float y = Math.fma(upper ? k + 1f : k, Log1p.LN2, upper ? -p : p);
        float right = x < Float.POSITIVE_INFINITY ? y : x;
        float left = x == 0f ? Float.NEGATIVE_INFINITY : Float.NaN;
        return x > 0f ? right : left;
    }

    /** {@code 1 / x}: an infinity of x's sign at zero. */
    public static float derivative(float x) {
        return 1f / x;
    }
}
