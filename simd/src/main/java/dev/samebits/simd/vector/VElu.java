package dev.samebits.simd.vector;

import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.Elu;
import jdk.incubator.vector.FloatVector;

/** {@link Elu}, lane by lane: the same operations in the same order. */
final class VElu {
    private VElu() {}

    static FloatVector value(FloatVector x, float gamma) {
        return VExp.expm1(x).mul(gamma).blend(x, x.compare(GT, 0f));
    }

    static FloatVector derivative(FloatVector x, float gamma) {
        return VExp.exp(x).mul(gamma).blend(1f, x.compare(GT, 0f));
    }
}
