package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Tanh;
import jdk.incubator.vector.FloatVector;

/** {@link Tanh}, lane by lane: the same operations in the same order. */
final class VTanh {
    private VTanh() {}

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector e = VExp.expOfNegative(a.mul(-2f), broadcast(F, 0f));
        FloatVector y = broadcast(F, 1f).sub(e.mul(2f).div(e.add(1f)));
        FloatVector large = y.blend(y.neg(), x.compare(LT, 0f));
        FloatVector s = x.mul(x);
        FloatVector p = s.fma(Tanh.P4, Tanh.P3);
        p = p.fma(s, broadcast(F, Tanh.P2));
        p = p.fma(s, broadcast(F, Tanh.P1));
        p = p.fma(s, broadcast(F, Tanh.P0));
        FloatVector small = x.mul(p.fma(s, broadcast(F, 1f)));
        return large.blend(small, a.compare(LT, Tanh.POLYNOMIAL_BELOW));
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.derivative(x.mul(2f)).mul(4f);
    }
}
