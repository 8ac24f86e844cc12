package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.GeluLogistic;
import jdk.incubator.vector.FloatVector;

/** {@link GeluLogistic}, lane by lane: the same operations in the same order. */
final class VGeluLogistic {
    private VGeluLogistic() {}

    static FloatVector value(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(GeluLogistic.SATURATED, a.compare(GT, GeluLogistic.SATURATED));
        FloatVector hi = c.mul(GeluLogistic.SCALE_HI);
        FloatVector lo = c.fma(broadcast(F, GeluLogistic.SCALE_LO), c.fma(broadcast(F, GeluLogistic.SCALE_HI), hi.neg()));
        return VSelfGate.value(x.blend(-GeluLogistic.SATURATED, x.compare(LT, -GeluLogistic.SATURATED)), x, hi, lo);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(GeluLogistic.SATURATED, a.compare(GT, GeluLogistic.SATURATED));
        FloatVector hi = c.mul(GeluLogistic.SCALE_HI);
        FloatVector lo = c.fma(broadcast(F, GeluLogistic.SCALE_LO), c.fma(broadcast(F, GeluLogistic.SCALE_HI), hi.neg()));
        return VSelfGate.derivative(x, hi, lo, hi);
    }
}
