package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Sine;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Sine}, lane by lane: the same operations in the same order. */
final class VSine {
    private VSine() {}

    static FloatVector value(FloatVector x) {
        FloatVector n = x.fma(Sine.INV_PI, Exp.ROUNDER).sub(Exp.ROUNDER);
        VectorMask<Float> odd = odd(n);
        FloatVector y = shiftedSine(x, n);
        FloatVector signed = y.blend(y.neg(), odd);
        FloatVector kept = signed.blend(x, x.compare(EQ, 0f));
        return kept.blend(Float.NaN, x.abs().compare(GT, Sine.DOMAIN));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector k = x.fma(Sine.INV_PI, -0.5f).add(Exp.ROUNDER).sub(Exp.ROUNDER);
        VectorMask<Float> odd = odd(k);
        FloatVector y = shiftedSine(x, k.add(0.5f));
        FloatVector signed = y.neg().blend(y, odd);
        return signed.blend(Float.NaN, x.abs().compare(GT, Sine.DOMAIN));
    }

    private static FloatVector shiftedSine(FloatVector x, FloatVector m) {
        FloatVector minusM = m.neg();
        FloatVector exact = minusM.fma(broadcast(F, Sine.PI_1), x);
        FloatVector second = m.mul(Sine.PI_2);
        FloatVector r = exact.sub(second);
        FloatVector lost = exact.sub(r).sub(second).sub(m.fma(broadcast(F, Sine.PI_2), second.neg()));
        FloatVector tail = minusM.fma(broadcast(F, Sine.PI_3), lost);
        FloatVector s = r.mul(r);
        FloatVector q = s.fma(Sine.P4, Sine.P3);
        q = q.fma(s, broadcast(F, Sine.P2));
        q = q.fma(s, broadcast(F, Sine.P1));
        FloatVector p = q.fma(s, broadcast(F, Sine.P0));
        FloatVector lostP = s.fma(q, broadcast(F, Sine.P0).sub(p));
        FloatVector lostSquare = r.fma(r, s.neg());
        FloatVector lostProduct = s.fma(lostP, lostSquare.mul(p));
        FloatVector correction = r.fma(lostProduct, tail.mul(s.fma(-0.5f, 1f)));
        return r.add(r.fma(s.mul(p), correction));
    }

    private static VectorMask<Float> odd(FloatVector n) {
        FloatVector half = n.fma(0.5f, Exp.ROUNDER).sub(Exp.ROUNDER);
        return half.fma(broadcast(F, -2f), n).compare(NE, 0f);
    }
}
