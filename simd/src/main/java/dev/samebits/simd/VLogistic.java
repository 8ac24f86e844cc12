package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Logistic;
import jdk.incubator.vector.FloatVector;

/** {@link Logistic}, lane by lane: the same operations in the same order. */
final class VLogistic {
    private VLogistic() {}

    static FloatVector value(FloatVector x) {
        FloatVector e = VExp.expOfNegative(x.abs().neg(), broadcast(F, 0f));
        FloatVector q = e.div(e.add(1f));
        FloatVector base = broadcast(F, 1f).blend(e, x.compare(LT, 0f));
        return base.neg().fma(q, base);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector e = VExp.expOfNegative(x.abs().neg(), broadcast(F, 0f));
        FloatVector small = e.neg().fma(e.div(e.add(1f)), e);
        return small.neg().fma(small, small);
    }
}
