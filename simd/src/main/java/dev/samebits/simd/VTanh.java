package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Tanh;
import jdk.incubator.vector.FloatVector;

/** {@link Tanh}, lane by lane: the same operations in the same order. */
final class VTanh {

    private static final FloatVector MINUS_TWO = Lanes.all(-2f);
    private static final FloatVector ONE = Lanes.all(1f);
    private static final FloatVector TWO = Lanes.all(2f);
    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector POLYNOMIAL_BELOW = Lanes.all(Tanh.POLYNOMIAL_BELOW);
    private static final FloatVector FOUR = Lanes.all(4f);
    private static final FloatVector P4 = Lanes.all(Tanh.P4);
    private static final FloatVector P3 = Lanes.all(Tanh.P3);
    private static final FloatVector P2 = Lanes.all(Tanh.P2);
    private static final FloatVector P1 = Lanes.all(Tanh.P1);
    private static final FloatVector P0 = Lanes.all(Tanh.P0);

    private VTanh() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector e = VExp.expOfNegative(a.mul(MINUS_TWO), ZERO);
        FloatVector y = ONE.sub(e.mul(TWO).div(e.add(ONE)));
        FloatVector large = y.blend(y.neg(), x.compare(LT, ZERO));
        FloatVector s = x.mul(x);
        FloatVector p = s.fma(P4, P3);
        p = p.fma(s, P2);
        p = p.fma(s, P1);
        p = p.fma(s, P0);
        FloatVector small = x.mul(p.fma(s, ONE));
        return large.blend(small, a.compare(LT, POLYNOMIAL_BELOW));
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.derivative(x.mul(TWO)).mul(FOUR);
    }
}
