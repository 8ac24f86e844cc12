package dev.samebits.gpu;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Log1p;

/** {@link Exp} and {@link Log1p} for the device: the same operations in the same order. */
abstract class DeviceExp extends DeviceFloats {
    float exp(float hi, float lo) {
        float x = hi;
        if (x > Exp.HIGHEST) {
            x = Exp.HIGHEST;
        }
        if (x < Exp.LOWEST) {
            x = Exp.LOWEST;
        }
        float shifted = shifted(x);
        return mul(mul(reduced(x, lo, shifted), firstPower(shifted)), secondPower(shifted));
    }

    // 2^32 e^x, see Exp.
    float lifted(float x) {
        float lifted = fma(x, Exp.LOG2_E, Exp.LIFTED);
        float n = lifted - Exp.LIFTED;
        float r = fma(n, Exp.MINUS_LN2_LO, fma(n, Exp.MINUS_LN2_HI, x));
        return timesPower(fma(r, growth(r), 1f), lifted);
    }

    float growth(float r) {
        return fma(r, q(r), 1f);
    }

    // y 2^(n + 32), exact: for y above 2^-40.
    float timesPower(float y, float lifted) {
        float shifted = lifted - (Exp.LIFTED - Exp.ROUNDER);
        return mul(mul(mul(y, Exp.HIGHER), firstPower(shifted)), secondPower(shifted));
    }

    float expMinus1(float x) {
        float c = x;
        if (c > Exp.EXPM1_HIGHEST) {
            c = Exp.EXPM1_HIGHEST;
        }
        if (c < Exp.EXPM1_LOWEST) {
            c = Exp.EXPM1_LOWEST;
        }
        float shifted = shifted(c);
        float n = shifted - Exp.ROUNDER;
        float exact = fma(n, Exp.MINUS_LN2_HI, c);
        float r = fma(n, Exp.MINUS_LN2_LO, exact);
        float tail = fma(n, Exp.MINUS_LN2_LO, exact - r);
        float reducedMinusOne = r + fma(mul(r, r), q(r), tail);
        float power = power(exponent(shifted));
        float y = fma(power, reducedMinusOne, power - 1f);
        if (x == 0f) {
            y = x;
        }
        return y;
    }

    float shifted(float x) {
        return fma(x, Exp.LOG2_E, Exp.ROUNDER);
    }

    float reduced(float x, float lo, float shifted) {
        float n = shifted - Exp.ROUNDER;
        float exact = fma(n, Exp.MINUS_LN2_HI, x);
        float low = fma(n, Exp.MINUS_LN2_LO, lo);
        float r = exact + low;
        float tail = (exact - r) + low;
        float sum = 1f + r;
        float lost = r - (sum - 1f);
        return sum + fma(mul(r, r), q(r), lost + tail);
    }

    float firstPower(float shifted) {
        return power(exponent(shifted) >> 1);
    }

    float secondPower(float shifted) {
        int n = exponent(shifted);
        return power(n - (n >> 1));
    }

    // What converting a NaN gives is up to the device: any power will do, since NaN times it is NaN.
    int exponent(float shifted) {
        float n = shifted - Exp.ROUNDER;
        int exponent = 0;
        if (n > -2f * LOWEST_POWER) {
            if (n < 2f * LOWEST_POWER) {
                exponent = (int) n;
            }
        }
        return exponent;
    }

    float q(float r) {
        float q = fma(r, Exp.Q4, Exp.Q3);
        q = fma(r, q, Exp.Q2);
        q = fma(r, q, Exp.Q1);
        return fma(r, q, Exp.Q0);
    }

    float logPlus1(float t) {
        float sum = 1f + t;
        float scale = 1f;
        float k = 0f;
        if (sum >= 0x1p16f) {
            sum = mul(sum, 0x1p-16f);
            scale = 0x1p-16f;
            k = 16f;
        }
        if (sum >= 0x1p8f) {
            sum = mul(sum, 0x1p-8f);
            scale = mul(scale, 0x1p-8f);
            k = k + 8f;
        }
        if (sum >= 0x1p4f) {
            sum = mul(sum, 0x1p-4f);
            scale = mul(scale, 0x1p-4f);
            k = k + 4f;
        }
        if (sum >= 0x1p2f) {
            sum = mul(sum, 0x1p-2f);
            scale = mul(scale, 0x1p-2f);
            k = k + 2f;
        }
        if (sum >= 2f) {
            scale = mul(scale, 0.5f);
            k = k + 1f;
        }
        float rest = fma(t, scale, scale - 1f);
        return fma(k, Log1p.LN2, log1pUnit(rest));
    }

    float log1pUnit(float t) {
        float q = fma(t, Log1p.Q9, Log1p.Q8);
        q = fma(t, q, Log1p.Q7);
        q = fma(t, q, Log1p.Q6);
        q = fma(t, q, Log1p.Q5);
        q = fma(t, q, Log1p.Q4);
        q = fma(t, q, Log1p.Q3);
        q = fma(t, q, Log1p.Q2);
        q = fma(t, q, Log1p.Q1);
        q = fma(t, q, Log1p.Q0);
        return fma(t, mul(t, q), t);
    }
}
