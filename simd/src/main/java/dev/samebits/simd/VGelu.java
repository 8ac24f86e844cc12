package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Gelu;
import jdk.incubator.vector.FloatVector;

/** {@link Gelu}, lane by lane: the same operations in the same order. */
final class VGelu {
    private VGelu() {}

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(Gelu.SATURATED, a.compare(GT, Gelu.SATURATED));
        FloatVector s = c.mul(c);
        FloatVector bell = VExp.expOfNegative(s.mul(-0.5f), c.fma(c, s.neg()).mul(-0.5f));
        FloatVector evenP = s.fma(Gelu.P4, Gelu.P2).fma(s, broadcast(F, Gelu.P0));
        FloatVector oddP = s.fma(Gelu.P5, Gelu.P3).fma(s, broadcast(F, Gelu.P1));
        FloatVector p = c.fma(oddP, evenP);
        FloatVector evenQ = s.fma(Gelu.Q6, Gelu.Q4).fma(s, broadcast(F, Gelu.Q2)).fma(s, broadcast(F, Gelu.Q0));
        FloatVector oddQ = s.fma(Gelu.Q5, Gelu.Q3).fma(s, broadcast(F, Gelu.Q1));
        FloatVector q = c.fma(oddQ, evenQ);
        FloatVector cp = c.mul(p);
        FloatVector inverse = broadcast(F, 1f).div(q);
        FloatVector r = cp.mul(inverse);
        FloatVector minusR = r.neg();
        FloatVector lostP = c.fma(oddP, evenP.sub(p));
        FloatVector lostQ = c.fma(oddQ, evenQ.sub(q));
        FloatVector lost = c.fma(lostP, c.fma(p, cp.neg()));
        FloatVector rest = minusR.fma(q, cp).add(minusR.fma(lostQ, lost));
        FloatVector t = r.fma(bell, rest.mul(inverse).mul(bell));
        // -0 - t is -t for every t, zeros included.
        return x.blend(-0f, x.compare(LT, 0f)).sub(t);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(Gelu.SATURATED, a.compare(GT, Gelu.SATURATED));
        FloatVector s = c.mul(c);
        FloatVector bell = VExp.expOfNegative(s.mul(-0.5f), c.fma(c, s.neg()).mul(-0.5f));
        FloatVector evenP = s.fma(Gelu.P4, Gelu.P2).fma(s, broadcast(F, Gelu.P0));
        FloatVector oddP = s.fma(Gelu.P5, Gelu.P3).fma(s, broadcast(F, Gelu.P1));
        FloatVector p = c.fma(oddP, evenP);
        FloatVector evenQ = s.fma(Gelu.Q6, Gelu.Q4).fma(s, broadcast(F, Gelu.Q2)).fma(s, broadcast(F, Gelu.Q0));
        FloatVector oddQ = s.fma(Gelu.Q5, Gelu.Q3).fma(s, broadcast(F, Gelu.Q1));
        FloatVector q = c.fma(oddQ, evenQ);
        FloatVector left = c.neg().fma(broadcast(F, Gelu.INV_SQRT_TWO_PI), p.div(q)).mul(bell);
        return broadcast(F, 1f).sub(left).blend(left, x.compare(LT, 0f));
    }
}
