package dev.samebits.gpu;

import dev.samebits.arithmetic.HardSwish;
import dev.samebits.arithmetic.Softsign;

/** Reciprocals and square roots of any float, rounded once, and the functions made of them alone, for the device. */
abstract class DeviceRoots extends DeviceExp {
    // What the spacing of the floats below 2 is.
    static final float ULP = 0x1p-23f;

    /** {@code 1 / x}. */
    float inverse(float x) {
        float y = reciprocal(x);
        // Zeros, infinities and NaN: the device's own quotient is exact.
        if (x != 0f) {
            if (abs(x) <= Float.MAX_VALUE) {
                y = finiteInverse(x);
            }
        }
        return y;
    }

    float finiteInverse(float x) {
        float scale = 1f;
        if (abs(x) > 0x1p62f) {
            scale = 0x1p-64f;
        }
        if (abs(x) < 0x1p-62f) {
            scale = 0x1p64f;
        }
        float b = mul(x, scale);
        float y = divide(1f, b);
        float scaled = mul(y, scale);
        if (abs(scaled) < 0x1p-126f) {
            scaled = denormalInverse(b, scaled);
        }
        return scaled;
    }

    // A denormal number has been rounded twice: what it lacks to 1 / b says whether its neighbour is nearer. All exact.
    float denormalInverse(float b, float rounded) {
        float limit = mul(b, 0x1p-86f);
        float lacks = fma(-b, mul(rounded, 0x1p64f), 1f);
        float y = rounded;
        if (lacks > abs(limit)) {
            y = rounded + towards(b);
        }
        if (lacks < -abs(limit)) {
            y = rounded - towards(b);
        }
        return y;
    }

    // The smallest float, with the sign of b.
    float towards(float b) {
        float step = mul(0x1p-75f, 0x1p-74f);
        if (b < 0f) {
            step = -step;
        }
        return step;
    }

    /** {@code √x}. */
    float squareRoot(float x) {
        float y = x;
        if (x != 0f) {
            if (x <= Float.MAX_VALUE) {
                y = finiteRoot(x);
            }
        }
        return y;
    }

    float finiteRoot(float x) {
        float m = x;
        float scale = 1f;
        if (x < 0x1p-60f) {
            m = mul(m, 0x1p96f);
            scale = 0x1p-48f;
        }
        if (m < 1f) {
            m = mul(m, 0x1p64f);
            scale = mul(scale, 0x1p-32f);
        }
        for (int k = 64; k >= 2; k = k >> 1) {
            if (m >= power(k)) {
                m = mul(m, power(-k));
                scale = mul(scale, power(k >> 1));
            }
        }
        return mul(unitRoot(m), scale);
    }

    // For m from 1 to 4: Newton's step, then the neighbour if the exact rest says that it is nearer.
    float unitRoot(float m) {
        float y = root(m);
        y = fma(fma(-y, y, m), mul(0.5f, reciprocal(y)), y);
        float rest = fma(-y, y, m);
        float limit = mul(y, ULP);
        float nearest = y;
        if (rest > limit) {
            nearest = y + ULP;
        }
        if (rest <= -limit) {
            nearest = y - ULP;
        }
        return nearest;
    }

    /** The device's own, which may be off by 3 ulp. */
    float root(float m) {
        return sqrt(m);
    }

    float reciprocalDerivative(float x) {
        float r = inverse(x);
        return -mul(r, r);
    }

    float softsign(float x) {
        float c = clipped(raised(x, -Softsign.SATURATED), Softsign.SATURATED);
        return divide(c, 1f + abs(c));
    }

    float softsignDerivative(float x) {
        float r = divide(1f, 1f + clipped(abs(x), Softsign.FLAT));
        return mul(r, r);
    }

    float softshrink(float x, float lambda) {
        float y = mul(0f, x);
        if (x < -lambda) {
            y = x + lambda;
        }
        if (x > lambda) {
            y = x - lambda;
        }
        return y;
    }

    float softshrinkDerivative(float x, float lambda) {
        float y = x;
        if (abs(x) <= lambda) {
            y = 0f;
        }
        if (abs(x) > lambda) {
            y = 1f;
        }
        return y;
    }

    float hardSwish(float x) {
        float a = raised(x, -HardSwish.BEND);
        float t = clipped(a + HardSwish.BEND, 2f * HardSwish.BEND);
        return mul(a, mul(t, HardSwish.SIXTH));
    }

    float hardSwishDerivative(float x) {
        float y = mul(fma(2f, x, HardSwish.BEND), HardSwish.SIXTH);
        if (x <= -HardSwish.BEND) {
            y = 0f;
        }
        if (x >= HardSwish.BEND) {
            y = 1f;
        }
        return y;
    }

    float clipped(float x, float highest) {
        float c = x;
        if (c > highest) {
            c = highest;
        }
        return c;
    }

    float raised(float x, float lowest) {
        float c = x;
        if (c < lowest) {
            c = lowest;
        }
        return c;
    }
}
