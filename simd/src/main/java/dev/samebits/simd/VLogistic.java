package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Logistic;
import jdk.incubator.vector.FloatVector;

/** {@link Logistic}, lane by lane: the same operations in the same order. */
final class VLogistic {

    private static final FloatVector ONE = Lanes.all(1f);
    private static final FloatVector ZERO = Lanes.all(0f);

    private VLogistic() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector e = VExp.expOfNegative(x.abs().neg(), ZERO);
        FloatVector q = e.div(e.add(ONE));
        FloatVector base = ONE.blend(e, x.compare(LT, ZERO));
        return base.neg().fma(q, base);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector e = VExp.expOfNegative(x.abs().neg(), ZERO);
        FloatVector small = e.neg().fma(e.div(e.add(ONE)), e);
        return small.neg().fma(small, small);
    }
}
