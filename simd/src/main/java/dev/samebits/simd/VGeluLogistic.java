package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.GeluLogistic;
import jdk.incubator.vector.FloatVector;

/** {@link GeluLogistic}, lane by lane: the same operations in the same order. */
final class VGeluLogistic {

    private static final FloatVector SCALE_HI = Lanes.all(GeluLogistic.SCALE_HI);
    private static final FloatVector MINUS_SATURATED = Lanes.all(-GeluLogistic.SATURATED);
    private static final FloatVector SATURATED = Lanes.all(GeluLogistic.SATURATED);
    private static final FloatVector SCALE_LO = Lanes.all(GeluLogistic.SCALE_LO);

    private VGeluLogistic() {
    }

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector hi = c.mul(SCALE_HI);
        FloatVector lo = c.fma(SCALE_LO, c.fma(SCALE_HI, hi.neg()));
        return VSelfGate.value(x.blend(MINUS_SATURATED, x.compare(LT, MINUS_SATURATED)), x, hi, lo);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(SATURATED, a.compare(GT, SATURATED));
        FloatVector hi = c.mul(SCALE_HI);
        FloatVector lo = c.fma(SCALE_LO, c.fma(SCALE_HI, hi.neg()));
        return VSelfGate.derivative(x, hi, lo, hi);
    }
}
