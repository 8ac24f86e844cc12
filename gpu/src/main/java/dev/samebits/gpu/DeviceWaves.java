package dev.samebits.gpu;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Sine;

/** {@link Sine} and its derivative for the device: the same operations in the same order. */
abstract class DeviceWaves extends DeviceLog {
    float sine(float x) {
        float n = fma(x, Sine.INV_PI, Exp.ROUNDER) - Exp.ROUNDER;
        float y = shiftedSine(x, n);
        if (odd(n) != 0) {
            y = -y;
        }
        if (x == 0f) {
            y = x;
        }
        return inDomain(x, y);
    }

    float cosine(float x) {
        float k = fma(x, Sine.INV_PI, -0.5f) + Exp.ROUNDER - Exp.ROUNDER;
        float y = -shiftedSine(x, k + 0.5f);
        if (odd(k) != 0) {
            y = -y;
        }
        return inDomain(x, y);
    }

    // NaN without its constant, which Aparapi cannot write.
    float inDomain(float x, float y) {
        float kept = y;
        if (abs(x) > Sine.DOMAIN) {
            kept = (x - x) / (x - x);
        }
        return kept;
    }

    float shiftedSine(float x, float m) {
        float exact = fma(-m, Sine.PI_1, x);
        float second = mul(m, Sine.PI_2);
        float r = exact - second;
        float lost = (exact - r) - second - fma(m, Sine.PI_2, -second);
        float tail = fma(-m, Sine.PI_3, lost);
        float s = mul(r, r);
        float q = fma(s, Sine.P4, Sine.P3);
        q = fma(s, q, Sine.P2);
        q = fma(s, q, Sine.P1);
        float p = fma(s, q, Sine.P0);
        float lostP = fma(s, q, Sine.P0 - p);
        float lostSquare = fma(r, r, -s);
        float lostProduct = fma(s, lostP, mul(lostSquare, p));
        float correction = fma(r, lostProduct, mul(tail, fma(s, -0.5f, 1f)));
        return r + fma(r, mul(s, p), correction);
    }

    int odd(float n) {
        float halved = fma(n, 0.5f, Exp.ROUNDER) - Exp.ROUNDER;
        int odd = 0;
        if (fma(-2f, halved, n) != 0f) {
            odd = 1;
        }
        return odd;
    }
}
