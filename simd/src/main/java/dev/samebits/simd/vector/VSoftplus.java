package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.Softplus;
import jdk.incubator.vector.FloatVector;

/** {@link Softplus}, lane by lane: the same operations in the same order. */
final class VSoftplus {
    private VSoftplus() {}

    static FloatVector value(FloatVector x) {
        FloatVector log = VLog1p.log1pUnit(VExp.expOfNegative(x.abs().neg(), broadcast(F, 0f)));
        return broadcast(F, 0f).blend(x, x.compare(GT, 0f)).add(log);
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.value(x);
    }
}
