package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.GeluTanh;
import jdk.incubator.vector.FloatVector;

/** {@link GeluTanh}, lane by lane: the same operations in the same order. */
final class VGeluTanh {
    private static final int SATURATED_BITS = Float.floatToRawIntBits(GeluTanh.SATURATED);

    private VGeluTanh() {}

    static FloatVector value(FloatVector x) {
        FloatVector c = x.abs().reinterpretAsInts().min(SATURATED_BITS).reinterpretAsFloats();
        FloatVector s = c.mul(c);
        FloatVector inner = s.fma(GeluTanh.B_HI, GeluTanh.A_HI);
        FloatVector minusHi = c.neg().mul(inner);
        FloatVector rounding = s.fma(broadcast(F, GeluTanh.B_HI), broadcast(F, GeluTanh.A_HI).sub(inner));
        FloatVector square = c.fma(c, s.neg());
        FloatVector innerLo = rounding.add(square.fma(broadcast(F, GeluTanh.B_HI), s.fma(GeluTanh.B_LO, GeluTanh.A_LO)));
        FloatVector lo = c.fma(innerLo, c.fma(inner, minusHi));
        return VGatedTail.value(x, c, minusHi, lo);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(GeluTanh.SATURATED, a.compare(GT, GeluTanh.SATURATED));
        FloatVector s = c.mul(c);
        FloatVector inner = s.fma(GeluTanh.B_HI, GeluTanh.A_HI);
        FloatVector minusHi = c.neg().mul(inner);
        FloatVector rounding = s.fma(broadcast(F, GeluTanh.B_HI), broadcast(F, GeluTanh.A_HI).sub(inner));
        FloatVector square = c.fma(c, s.neg());
        FloatVector innerLo = rounding.add(square.fma(broadcast(F, GeluTanh.B_HI), s.fma(GeluTanh.B_LO, GeluTanh.A_LO)));
        FloatVector lo = c.fma(innerLo, c.fma(inner, minusHi));
        return VGatedTail.derivative(x, minusHi, lo, c.mul(s.fma(GeluTanh.THREE_B, GeluTanh.A)));
    }
}
