package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.Softplus;
import jdk.incubator.vector.FloatVector;

/** {@link Softplus}, lane by lane: the same operations in the same order. */
final class VSoftplus {

    private static final FloatVector ZERO = Lanes.all(0f);

    private VSoftplus() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector log = VLog1p.log1pUnit(VExp.expOfNegative(x.abs().neg(), ZERO));
        return ZERO.blend(x, x.compare(GT, ZERO)).add(log);
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.value(x);
    }
}
