package dev.samebits.gpu;

import dev.samebits.arithmetic.Log;
import dev.samebits.arithmetic.Log1p;

/** The logarithm on the device: the operations of {@link Log}. */
abstract class DeviceLog extends DeviceRoots {
    float logarithm(float x) {
        // Of NaN it is NaN; of a zero −∞, and of a negative number 0 · ∞.
        float y = x;
        if (x > 0f) {
            if (x <= Float.MAX_VALUE) {
                y = finiteLogarithm(x);
            }
        }
        if (x == 0f) {
            y = -inverse(abs(x));
        }
        if (x < 0f) {
            float zero = mul(x, 0f);
            y = mul(zero, inverse(zero));
        }
        return y;
    }

    float finiteLogarithm(float x) {
        float s = x;
        float k = 0f;
        if (s >= 0x1p64f) {
            s = mul(s, 0x1p-64f);
            k = k + 64f;
        }
        if (s >= 0x1p32f) {
            s = mul(s, 0x1p-32f);
            k = k + 32f;
        }
        if (s >= 0x1p16f) {
            s = mul(s, 0x1p-16f);
            k = k + 16f;
        }
        if (s >= 0x1p8f) {
            s = mul(s, 0x1p-8f);
            k = k + 8f;
        }
        if (s >= 0x1p4f) {
            s = mul(s, 0x1p-4f);
            k = k + 4f;
        }
        if (s >= 0x1p2f) {
            s = mul(s, 0x1p-2f);
            k = k + 2f;
        }
        if (s >= 2f) {
            s = mul(s, 0.5f);
            k = k + 1f;
        }
        if (s < 0x1p-63f) {
            s = mul(s, 0x1p64f);
            k = k - 64f;
        }
        if (s < 0x1p-63f) {
            s = mul(s, 0x1p64f);
            k = k - 64f;
        }
        if (s < 0x1p-31f) {
            s = mul(s, 0x1p32f);
            k = k - 32f;
        }
        if (s < 0x1p-15f) {
            s = mul(s, 0x1p16f);
            k = k - 16f;
        }
        if (s < 0x1p-7f) {
            s = mul(s, 0x1p8f);
            k = k - 8f;
        }
        if (s < 0x1p-3f) {
            s = mul(s, 0x1p4f);
            k = k - 4f;
        }
        if (s < 0x1p-1f) {
            s = mul(s, 0x1p2f);
            k = k - 2f;
        }
        if (s < 1f) {
            s = mul(s, 2f);
            k = k - 1f;
        }
        float y = 0f;
        if (s > Log.ROOT) {
            y = fma(k + 1f, Log1p.LN2, -log1pUnit(divide(2f - s, s)));
        } else {
            y = fma(k, Log1p.LN2, log1pUnit(s - 1f));
        }
        return y;
    }
}
