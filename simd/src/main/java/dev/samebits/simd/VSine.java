package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Sine;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Sine}, lane by lane: the same operations in the same order. */
final class VSine {

    private static final FloatVector INV_PI = Lanes.all(Sine.INV_PI);
    private static final FloatVector ROUNDER = Lanes.all(Exp.ROUNDER);
    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector NAN = Lanes.all(Float.NaN);
    private static final FloatVector DOMAIN = Lanes.all(Sine.DOMAIN);
    private static final FloatVector MINUS_HALF = Lanes.all(-0.5f);
    private static final FloatVector HALF = Lanes.all(0.5f);
    private static final FloatVector PI_1 = Lanes.all(Sine.PI_1);
    private static final FloatVector PI_2 = Lanes.all(Sine.PI_2);
    private static final FloatVector PI_3 = Lanes.all(Sine.PI_3);
    private static final FloatVector P4 = Lanes.all(Sine.P4);
    private static final FloatVector P3 = Lanes.all(Sine.P3);
    private static final FloatVector P2 = Lanes.all(Sine.P2);
    private static final FloatVector P1 = Lanes.all(Sine.P1);
    private static final FloatVector P0 = Lanes.all(Sine.P0);
    private static final FloatVector ONE = Lanes.all(1f);
    private static final FloatVector MINUS_TWO = Lanes.all(-2f);

    private VSine() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector n = x.fma(INV_PI, ROUNDER).sub(ROUNDER);
        VectorMask<Float> odd = odd(n);
        FloatVector y = shiftedSine(x, n);
        FloatVector signed = y.blend(y.neg(), odd);
        FloatVector kept = signed.blend(x, x.compare(EQ, ZERO));
        return kept.blend(NAN, x.abs().compare(GT, DOMAIN));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector k = x.fma(INV_PI, MINUS_HALF).add(ROUNDER).sub(ROUNDER);
        VectorMask<Float> odd = odd(k);
        FloatVector y = shiftedSine(x, k.add(HALF));
        FloatVector signed = y.neg().blend(y, odd);
        return signed.blend(NAN, x.abs().compare(GT, DOMAIN));
    }

    private static FloatVector shiftedSine(FloatVector x, FloatVector m) {
        FloatVector minusM = m.neg();
        FloatVector exact = minusM.fma(PI_1, x);
        FloatVector second = m.mul(PI_2);
        FloatVector r = exact.sub(second);
        FloatVector lost = exact.sub(r).sub(second).sub(m.fma(PI_2, second.neg()));
        FloatVector tail = minusM.fma(PI_3, lost);
        FloatVector s = r.mul(r);
        FloatVector q = s.fma(P4, P3);
        q = q.fma(s, P2);
        q = q.fma(s, P1);
        FloatVector p = q.fma(s, P0);
        FloatVector lostP = s.fma(q, P0.sub(p));
        FloatVector lostSquare = r.fma(r, s.neg());
        FloatVector lostProduct = s.fma(lostP, lostSquare.mul(p));
        FloatVector correction = r.fma(lostProduct, tail.mul(s.fma(MINUS_HALF, ONE)));
        return r.add(r.fma(s.mul(p), correction));
    }

    private static VectorMask<Float> odd(FloatVector n) {
        FloatVector half = n.fma(HALF, ROUNDER).sub(ROUNDER);
        return half.fma(MINUS_TWO, n).compare(NE, ZERO);
    }
}
