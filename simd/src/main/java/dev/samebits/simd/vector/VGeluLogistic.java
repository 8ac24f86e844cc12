package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.samebits.arithmetic.GeluLogistic;
import jdk.incubator.vector.FloatVector;

/** {@link GeluLogistic}, lane by lane: the same operations in the same order. */
final class VGeluLogistic {
    private static final int SATURATED_BITS = Float.floatToRawIntBits(GeluLogistic.SATURATED);

    private VGeluLogistic() {}

    static FloatVector value(FloatVector x) {
        FloatVector c = x.abs().reinterpretAsInts().min(SATURATED_BITS).reinterpretAsFloats();
        FloatVector minusHi = c.mul(-GeluLogistic.SCALE_HI);
        FloatVector rest = c.fma(broadcast(F, GeluLogistic.SCALE_HI), minusHi);
        return VGatedTail.value(x, c, minusHi, c.fma(broadcast(F, GeluLogistic.SCALE_LO), rest));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector c = a.blend(GeluLogistic.SATURATED, a.compare(GT, GeluLogistic.SATURATED));
        FloatVector minusHi = c.mul(-GeluLogistic.SCALE_HI);
        FloatVector rest = c.fma(broadcast(F, GeluLogistic.SCALE_HI), minusHi);
        return VGatedTail.derivative(x, minusHi, c.fma(broadcast(F, GeluLogistic.SCALE_LO), rest), minusHi.neg());
    }
}
