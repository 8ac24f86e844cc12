package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.GeluTanh;
import jdk.incubator.vector.FloatVector;

/** {@link GeluTanh}, lane by lane: the same operations in the same order. */
final class VGeluTanh {

    private static final FloatVector MINUS_SATURATED = Lanes.all(-GeluTanh.SATURATED);
    private static final FloatVector THREE_B = Lanes.all(GeluTanh.THREE_B);
    private static final FloatVector A = Lanes.all(GeluTanh.A);
    private static final FloatVector SATURATED = Lanes.all(GeluTanh.SATURATED);
    private static final FloatVector B_HI = Lanes.all(GeluTanh.B_HI);
    private static final FloatVector A_HI = Lanes.all(GeluTanh.A_HI);
    private static final FloatVector B_LO = Lanes.all(GeluTanh.B_LO);
    private static final FloatVector A_LO = Lanes.all(GeluTanh.A_LO);

    private VGeluTanh() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector s = c.mul(c);
        FloatVector inner = s.fma(B_HI, A_HI);
        FloatVector hi = c.mul(inner);
        FloatVector rounding = s.fma(B_HI, A_HI.sub(inner));
        FloatVector square = c.fma(c, s.neg());
        FloatVector innerLo = rounding.add(square.fma(B_HI, s.fma(B_LO, A_LO)));
        FloatVector lo = c.fma(innerLo, c.fma(inner, hi.neg()));
        return VSelfGate.value(x.blend(MINUS_SATURATED, x.compare(LT, MINUS_SATURATED)), x, hi, lo);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector s = c.mul(c);
        FloatVector inner = s.fma(B_HI, A_HI);
        FloatVector hi = c.mul(inner);
        FloatVector rounding = s.fma(B_HI, A_HI.sub(inner));
        FloatVector square = c.fma(c, s.neg());
        FloatVector innerLo = rounding.add(square.fma(B_HI, s.fma(B_LO, A_LO)));
        FloatVector lo = c.fma(innerLo, c.fma(inner, hi.neg()));
        return VSelfGate.derivative(x, hi, lo, c.mul(s.fma(THREE_B, A)));
    }
}
