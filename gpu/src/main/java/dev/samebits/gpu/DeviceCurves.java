package dev.samebits.gpu;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.GatedTail;
import dev.samebits.arithmetic.Gelu;
import dev.samebits.arithmetic.GeluLogistic;
import dev.samebits.arithmetic.GeluTanh;
import dev.samebits.arithmetic.Logistic;
import dev.samebits.arithmetic.Mish;
import dev.samebits.arithmetic.Swish;
import dev.samebits.arithmetic.Tanh;

/** The curved functions of {@code dev.samebits.arithmetic} for the device: the same operations in the same order. */
abstract class DeviceCurves extends DeviceWaves {
    // Where e is too small for divide to be right, its quotient is too small to count.
    float logistic(float x) {
        float e = lifted(-clipped(abs(x), Logistic.SATURATED));
        float base = Exp.HIGHER;
        if (x < 0f) {
            base = e;
        }
        return mul(fma(-base, divide(e, Exp.HIGHER + e), base), Exp.LOWER);
    }

    float logisticDerivative(float x) {
        float e = lifted(-clipped(abs(x), Logistic.SATURATED));
        return mul(slope(lower(e)), Exp.LOWER);
    }

    float lower(float e) {
        return fma(-e, divide(e, Exp.HIGHER + e), e);
    }

    float slope(float s) {
        return fma(mul(-s, Exp.LOWER), s, s);
    }

    float softplus(float x) {
        float positive = 0f;
        if (x > 0f) {
            positive = x;
        }
        return positive + log1pUnit(exp(-abs(x), 0f));
    }

    float hyperbolicTangent(float x) {
        float s = mul(x, x);
        float y = 0f;
        if (s >= Tanh.POLYNOMIAL_BELOW) {
            float c = mul(-2f, clipped(abs(x), Tanh.SATURATED));
            float shifted = fma(c, Exp.LOG2_E, Tanh.TWICE);
            float r = fma(shifted - Tanh.TWICE, Exp.MINUS_LN2_HI, c);
            float unlifted = shifted - (Tanh.TWICE - Exp.ROUNDER - 1f);
            float twice = mul(fma(r, growth(r), 1f), power(exponent(unlifted)));
            y = 1f - divide(twice, fma(0.5f, twice, 1f));
            if (x < 0f) {
                y = -y;
            }
        } else {
            float p = fma(s, Tanh.P4, Tanh.P3);
            p = fma(s, p, Tanh.P2);
            p = fma(s, p, Tanh.P1);
            p = fma(s, p, Tanh.P0);
            y = mul(x, fma(s, p, 1f));
        }
        return y;
    }

    // x σ(w) with |w| = hi + lo: see Swish.
    float gate(float x, float sign, float hi, float lo) {
        float shifted = shifted(-hi);
        float m = reduced(-hi, -lo, shifted);
        float first = firstPower(shifted);
        float second = secondPower(shifted);
        float e = mul(mul(m, first), second);
        float q = divide(e, 1f + e);
        float base = 1f;
        float one = 1f;
        float other = 1f;
        if (sign < 0f) {
            base = m;
            one = first;
            other = second;
        }
        return mul(mul(mul(x, one), fma(-base, q, base)), other);
    }

    float swish(float x, float beta) {
        float w = mul(x, beta);
        float hi = abs(w);
        float lo = fma(abs(x), abs(beta), -hi);
        if (hi > Swish.LIMIT) {
            hi = Swish.LIMIT;
            lo = 0f;
        }
        float left = x;
        if (w < -Swish.LIMIT) {
            left = -0f;
            if (beta < 0f) {
                left = 0f;
            }
        }
        return gate(left, w, hi, lo);
    }

    float swishDerivative(float x, float beta) {
        float w = mul(x, beta);
        float hi = abs(w);
        float lo = fma(abs(x), abs(beta), -hi);
        if (hi > GatedTail.LIMIT) {
            hi = GatedTail.LIMIT;
            lo = 0f;
        }
        return gatedTailDerivative(w, hi, lo, hi);
    }

    // x σ(w) where w has the sign of x: see GatedTail.
    float gatedTail(float x, float c, float hi, float lo) {
        float lifted = fma(-hi, Exp.LOG2_E, Exp.LIFTED);
        float r = reducedPair(lifted, hi, lo);
        float divisor = fma(timesPower(fma(r, growth(r), 1f), lifted), Exp.LOWER, 1f);
        return belowLine(x, timesPower(divide(mul(fma(mul(c, r), growth(r), c), GatedTail.LIFT), divisor), lifted));
    }

    // max(x, 0) − t, t lifted.
    float belowLine(float x, float t) {
        float y = fma(-t, GatedTail.LOWER, x);
        if (x < 0f) {
            y = mul(-t, GatedTail.LOWER);
        }
        return y;
    }

    float gatedTailDerivative(float sign, float hi, float lo, float growth) {
        float lifted = fma(-hi, Exp.LOG2_E, Exp.LIFTED);
        float r = reducedPair(lifted, hi, lo);
        float e = timesPower(fma(r, growth(r), 1f), lifted);
        float small = lower(e);
        float left = fma(-growth, slope(small), small);
        float y = fma(-left, Exp.LOWER, 1f);
        if (sign < 0f) {
            y = mul(left, Exp.LOWER);
        }
        return y;
    }

    float reducedPair(float lifted, float hi, float lo) {
        float n = lifted - Exp.LIFTED;
        return fma(n, Exp.MINUS_LN2_HI, -hi) + fma(n, Exp.MINUS_LN2_LO, -lo);
    }

    float geluLogistic(float x) {
        float c = clipped(abs(x), GeluLogistic.SATURATED);
        float hi = mul(c, GeluLogistic.SCALE_HI);
        float lo = fma(c, GeluLogistic.SCALE_LO, fma(c, GeluLogistic.SCALE_HI, -hi));
        return gatedTail(x, c, hi, lo);
    }

    float geluLogisticDerivative(float x) {
        float c = clipped(abs(x), GeluLogistic.SATURATED);
        float hi = mul(c, GeluLogistic.SCALE_HI);
        float lo = fma(c, GeluLogistic.SCALE_LO, fma(c, GeluLogistic.SCALE_HI, -hi));
        return gatedTailDerivative(x, hi, lo, hi);
    }

    float geluTanh(float x) {
        float c = clipped(abs(x), GeluTanh.SATURATED);
        float s = mul(c, c);
        float inner = fma(GeluTanh.B_HI, s, GeluTanh.A_HI);
        float hi = mul(c, inner);
        float lo = fma(c, innerLo(c, s, inner), fma(c, inner, -hi));
        return gatedTail(x, c, hi, lo);
    }

    float geluTanhDerivative(float x) {
        float c = clipped(abs(x), GeluTanh.SATURATED);
        float s = mul(c, c);
        float inner = fma(GeluTanh.B_HI, s, GeluTanh.A_HI);
        float hi = mul(c, inner);
        float lo = fma(c, innerLo(c, s, inner), fma(c, inner, -hi));
        return gatedTailDerivative(x, hi, lo, mul(c, fma(GeluTanh.THREE_B, s, GeluTanh.A)));
    }

    float innerLo(float c, float s, float inner) {
        float rounding = fma(GeluTanh.B_HI, s, GeluTanh.A_HI - inner);
        float square = fma(c, c, -s);
        return rounding + fma(GeluTanh.B_HI, square, fma(GeluTanh.B_LO, s, GeluTanh.A_LO));
    }

    float gelu(float x) {
        float c = clipped(abs(x), Gelu.SATURATED);
        float lifted = fma(mul(mul(-0.5f, c), c), Exp.LOG2_E, Exp.LIFTED);
        float r = reducedSquare(c, lifted);
        float num = mul(fma(mul(c, r), growth(r), c), GatedTail.LIFT);
        return belowLine(x, timesPower(divide(num, tailDivisor(c)), lifted));
    }

    float geluDerivative(float x) {
        float c = clipped(abs(x), Gelu.SATURATED);
        float lifted = fma(mul(mul(-0.5f, c), c), Exp.LOG2_E, Exp.LIFTED);
        float r = reducedSquare(c, lifted);
        float left = mul(fma(-Gelu.INV_SQRT_TWO_PI, c, divide(1f, tailDivisor(c))), GatedTail.LIFT);
        left = timesPower(mul(left, fma(r, growth(r), 1f)), lifted);
        float y = fma(-left, GatedTail.LOWER, 1f);
        if (x < 0f) {
            y = mul(left, GatedTail.LOWER);
        }
        return y;
    }

    float reducedSquare(float c, float lifted) {
        float h = mul(-0.5f, c);
        float s = mul(h, c);
        return fma(lifted - Exp.LIFTED, Exp.MINUS_LN2_HI, s) + fma(h, c, -s);
    }

    float tailDivisor(float c) {
        float n = fma(c, fma(c, fma(c, Gelu.N3, Gelu.N2), Gelu.N1), Gelu.N0);
        float m = fma(c, fma(c, fma(c, fma(c, Gelu.M4, Gelu.M3), Gelu.M2), Gelu.M1), Gelu.M0);
        return fma(c, Gelu.B + divide(n, m), 2f);
    }

    // For negative x the numerator is lifted. Where it is too small for divide, the divisor is 2 or 4, and all is exact.
    float mish(float x) {
        float c = -clipped(abs(x), Mish.LIMIT);
        float lifted = lifted(c);
        float e = mul(lifted, Exp.LOWER);
        float n = fma(2f, e, 1f);
        float d = fma(mul(2f, e), e, n);
        float factor = x;
        float scale = 1f;
        if (x < 0f) {
            n = mul(lifted, e + 2f);
            d = fma(n, Exp.LOWER, 2f);
            factor = c;
            scale = Exp.LOWER;
        }
        return mul(mul(factor, divide(n, d)), scale);
    }

    float mishDerivative(float x) {
        float c = -clipped(abs(x), Mish.LIMIT);
        float e = mul(lifted(c), Exp.LOWER);
        float n = fma(2f, e, 1f);
        float d = fma(mul(2f, e), e, n);
        float factor = -c;
        float more = e;
        if (x < 0f) {
            n = mul(e, e + 2f);
            d = n + 2f;
            factor = c;
            more = 1f;
        }
        float g = mul(mul(mul(4f, e), more), 1f + e);
        return divide(fma(factor, g, mul(n, d)), mul(d, d));
    }
}
