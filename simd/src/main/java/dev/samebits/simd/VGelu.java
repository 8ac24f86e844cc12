package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Gelu;
import jdk.incubator.vector.FloatVector;

/** {@link Gelu}, lane by lane: the same operations in the same order. */
final class VGelu {

    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector INV_SQRT_TWO_PI = Lanes.all(Gelu.INV_SQRT_TWO_PI);
    private static final FloatVector ONE = Lanes.all(1f);
    private static final FloatVector SATURATED = Lanes.all(Gelu.SATURATED);
    private static final FloatVector MINUS_HALF = Lanes.all(-0.5f);
    private static final FloatVector P4 = Lanes.all(Gelu.P4);
    private static final FloatVector P2 = Lanes.all(Gelu.P2);
    private static final FloatVector P0 = Lanes.all(Gelu.P0);
    private static final FloatVector P5 = Lanes.all(Gelu.P5);
    private static final FloatVector P3 = Lanes.all(Gelu.P3);
    private static final FloatVector P1 = Lanes.all(Gelu.P1);
    private static final FloatVector Q6 = Lanes.all(Gelu.Q6);
    private static final FloatVector Q4 = Lanes.all(Gelu.Q4);
    private static final FloatVector Q2 = Lanes.all(Gelu.Q2);
    private static final FloatVector Q0 = Lanes.all(Gelu.Q0);
    private static final FloatVector Q5 = Lanes.all(Gelu.Q5);
    private static final FloatVector Q3 = Lanes.all(Gelu.Q3);
    private static final FloatVector Q1 = Lanes.all(Gelu.Q1);

    private VGelu() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector s = c.mul(c);
        FloatVector bell = VExp.expOfNegative(s.mul(MINUS_HALF), c.fma(c, s.neg()).mul(MINUS_HALF));
        FloatVector evenP = s.fma(P4, P2).fma(s, P0);
        FloatVector oddP = s.fma(P5, P3).fma(s, P1);
        FloatVector p = c.fma(oddP, evenP);
        FloatVector evenQ = s.fma(Q6, Q4).fma(s, Q2).fma(s, Q0);
        FloatVector oddQ = s.fma(Q5, Q3).fma(s, Q1);
        FloatVector q = c.fma(oddQ, evenQ);
        FloatVector cp = c.mul(p);
        FloatVector inverse = ONE.div(q);
        FloatVector r = cp.mul(inverse);
        FloatVector minusR = r.neg();
        FloatVector lostP = c.fma(oddP, evenP.sub(p));
        FloatVector lostQ = c.fma(oddQ, evenQ.sub(q));
        FloatVector lost = c.fma(lostP, c.fma(p, cp.neg()));
        FloatVector rest = minusR.fma(q, cp).add(minusR.fma(lostQ, lost));
        FloatVector t = r.fma(bell, rest.mul(inverse).mul(bell));
        return x.sub(t).blend(t.neg(), x.compare(LT, ZERO));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector s = c.mul(c);
        FloatVector bell = VExp.expOfNegative(s.mul(MINUS_HALF), c.fma(c, s.neg()).mul(MINUS_HALF));
        FloatVector evenP = s.fma(P4, P2).fma(s, P0);
        FloatVector oddP = s.fma(P5, P3).fma(s, P1);
        FloatVector p = c.fma(oddP, evenP);
        FloatVector evenQ = s.fma(Q6, Q4).fma(s, Q2).fma(s, Q0);
        FloatVector oddQ = s.fma(Q5, Q3).fma(s, Q1);
        FloatVector q = c.fma(oddQ, evenQ);
        FloatVector left = c.neg().fma(INV_SQRT_TWO_PI, p.div(q)).mul(bell);
        return ONE.sub(left).blend(left, x.compare(LT, ZERO));
    }
}
