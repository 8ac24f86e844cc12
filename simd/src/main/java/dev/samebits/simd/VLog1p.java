package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GE;

import dev.samebits.arithmetic.Log1p;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Log1p}, lane by lane: the same operations in the same order. */
final class VLog1p {

    private static final FloatVector ONE = Lanes.all(1f);
    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector TWO_TO_16 = Lanes.all(0x1p16f);
    private static final FloatVector TWO_TO_MINUS_16 = Lanes.all(0x1p-16f);
    private static final FloatVector SIXTEEN = Lanes.all(16f);
    private static final FloatVector TWO_TO_8 = Lanes.all(0x1p8f);
    private static final FloatVector TWO_TO_MINUS_8 = Lanes.all(0x1p-8f);
    private static final FloatVector EIGHT = Lanes.all(8f);
    private static final FloatVector TWO_TO_4 = Lanes.all(0x1p4f);
    private static final FloatVector TWO_TO_MINUS_4 = Lanes.all(0x1p-4f);
    private static final FloatVector FOUR = Lanes.all(4f);
    private static final FloatVector TWO_TO_2 = Lanes.all(0x1p2f);
    private static final FloatVector TWO_TO_MINUS_2 = Lanes.all(0x1p-2f);
    private static final FloatVector TWO = Lanes.all(2f);
    private static final FloatVector HALF = Lanes.all(0.5f);
    private static final FloatVector LN2 = Lanes.all(Log1p.LN2);
    private static final FloatVector Q9 = Lanes.all(Log1p.Q9);
    private static final FloatVector Q8 = Lanes.all(Log1p.Q8);
    private static final FloatVector Q7 = Lanes.all(Log1p.Q7);
    private static final FloatVector Q6 = Lanes.all(Log1p.Q6);
    private static final FloatVector Q5 = Lanes.all(Log1p.Q5);
    private static final FloatVector Q4 = Lanes.all(Log1p.Q4);
    private static final FloatVector Q3 = Lanes.all(Log1p.Q3);
    private static final FloatVector Q2 = Lanes.all(Log1p.Q2);
    private static final FloatVector Q1 = Lanes.all(Log1p.Q1);
    private static final FloatVector Q0 = Lanes.all(Log1p.Q0);

    private VLog1p() {
    }

    static FloatVector log1p(FloatVector t) {
        FloatVector sum = t.add(ONE);
        FloatVector scale = ONE;
        FloatVector k = ZERO;
        VectorMask<Float> large = sum.compare(GE, TWO_TO_16);
        sum = sum.blend(sum.mul(TWO_TO_MINUS_16), large);
        scale = scale.blend(TWO_TO_MINUS_16, large);
        k = k.blend(SIXTEEN, large);
        large = sum.compare(GE, TWO_TO_8);
        sum = sum.blend(sum.mul(TWO_TO_MINUS_8), large);
        scale = scale.blend(scale.mul(TWO_TO_MINUS_8), large);
        k = k.blend(k.add(EIGHT), large);
        large = sum.compare(GE, TWO_TO_4);
        sum = sum.blend(sum.mul(TWO_TO_MINUS_4), large);
        scale = scale.blend(scale.mul(TWO_TO_MINUS_4), large);
        k = k.blend(k.add(FOUR), large);
        large = sum.compare(GE, TWO_TO_2);
        sum = sum.blend(sum.mul(TWO_TO_MINUS_2), large);
        scale = scale.blend(scale.mul(TWO_TO_MINUS_2), large);
        k = k.blend(k.add(TWO), large);
        large = sum.compare(GE, TWO);
        scale = scale.blend(scale.mul(HALF), large);
        k = k.blend(k.add(ONE), large);
        FloatVector rest = t.fma(scale, scale.sub(ONE));
        return k.fma(LN2, log1pUnit(rest));
    }

    static FloatVector log1pUnit(FloatVector t) {
        FloatVector q = t.fma(Q9, Q8);
        q = q.fma(t, Q7);
        q = q.fma(t, Q6);
        q = q.fma(t, Q5);
        q = q.fma(t, Q4);
        q = q.fma(t, Q3);
        q = q.fma(t, Q2);
        q = q.fma(t, Q1);
        q = q.fma(t, Q0);
        return t.fma(t.mul(q), t);
    }
}
