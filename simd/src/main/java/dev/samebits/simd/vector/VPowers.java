package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.SQRT;

import dev.samebits.arithmetic.Reciprocal;
import dev.samebits.arithmetic.Sqrt;
import dev.samebits.arithmetic.Square;
import jdk.incubator.vector.FloatVector;

/** {@link Square}, {@link Sqrt} and {@link Reciprocal}, lane by lane. */
final class VPowers {
    private VPowers() {}

    static FloatVector square(FloatVector x) {
        return x.mul(x);
    }

    static FloatVector squareDerivative(FloatVector x) {
        return x.mul(2f);
    }

    static FloatVector sqrt(FloatVector x) {
        return x.lanewise(SQRT);
    }

    static FloatVector sqrtDerivative(FloatVector x) {
        return broadcast(F, 0.5f).div(x.lanewise(SQRT));
    }

    static FloatVector reciprocal(FloatVector x) {
        return broadcast(F, 1f).div(x);
    }

    static FloatVector reciprocalDerivative(FloatVector x) {
        FloatVector r = broadcast(F, 1f).div(x);
        return r.mul(r).neg();
    }
}
