package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GE;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Tanh;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** {@link Tanh}, lane by lane: the same operations in the same order. */
final class VTanh {
    // Among integers with the sign bit set, the smaller is the smaller magnitude. A NaN becomes a number there; the
    // polynomial, which it gets, keeps it.
    private static final int SATURATED_BITS = Float.floatToRawIntBits(-2f * Tanh.SATURATED);

    private VTanh() {}

    static FloatVector value(FloatVector x) {
        IntVector magnitude = x.mul(2f).reinterpretAsInts().or(VExp.SIGN);
        FloatVector c = magnitude.min(SATURATED_BITS).reinterpretAsFloats();
        FloatVector shifted = c.fma(Exp.LOG2_E, Tanh.TWICE);
        FloatVector r = shifted.sub(Tanh.TWICE).fma(broadcast(F, Exp.MINUS_LN2_HI), c);
        FloatVector m = r.fma(VExp.growth(r), broadcast(F, 1f));
        FloatVector twice = m.mul(VExp.liftedPower(shifted));
        FloatVector y = broadcast(F, 1f).sub(twice.div(twice.fma(0.5f, 1f)));
        FloatVector large = y.reinterpretAsInts().or(x.reinterpretAsInts().and(VExp.SIGN)).reinterpretAsFloats();
        FloatVector s = x.mul(x);
        FloatVector p = s.fma(Tanh.P4, Tanh.P3);
        p = p.fma(s, broadcast(F, Tanh.P2));
        p = p.fma(s, broadcast(F, Tanh.P1));
        p = p.fma(s, broadcast(F, Tanh.P0));
        FloatVector small = x.mul(p.fma(s, broadcast(F, 1f)));
        return small.blend(large, s.compare(GE, Tanh.POLYNOMIAL_BELOW));
    }

    static FloatVector derivative(FloatVector x) {
        return VLogistic.derivative(x.mul(2f)).mul(4f);
    }
}
