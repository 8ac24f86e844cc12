package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.Elu;
import jdk.incubator.vector.FloatVector;

/** {@link Elu}, lane by lane: the same operations in the same order. */
final class VElu {

    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector ONE = Lanes.all(1f);

    private VElu() {
    }

    static FloatVector value(FloatVector x, float gamma) {
        return VExp.expm1(x).mul(FloatVector.broadcast(Lanes.F, gamma)).blend(x, x.compare(GT, ZERO));
    }

    static FloatVector derivative(FloatVector x, float gamma) {
        return VExp.exp(x).mul(FloatVector.broadcast(Lanes.F, gamma)).blend(ONE, x.compare(GT, ZERO));
    }
}
