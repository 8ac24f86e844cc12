package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.SelfGate;
import dev.samebits.arithmetic.Swish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Swish}, lane by lane: the same operations in the same order. */
final class VSwish {
    private VSwish() {}

    static FloatVector value(FloatVector x, float beta) {
        FloatVector w = x.mul(beta);
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, SelfGate.LIMIT);
        FloatVector hi = a.blend(SelfGate.LIMIT, saturated);
        FloatVector lo = x.abs().fma(broadcast(F, Math.abs(beta)), a.neg()).blend(0f, saturated);
        // Broadcast here: handed to blend as a float, it comes out of that call an object.
        FloatVector shut = broadcast(F, beta < 0f ? 0f : -0f);
        return VSelfGate.value(x.blend(shut, w.compare(LT, -SelfGate.LIMIT)), w, hi, lo);
    }

    static FloatVector derivative(FloatVector x, float beta) {
        FloatVector w = x.mul(beta);
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, SelfGate.LIMIT);
        FloatVector hi = a.blend(SelfGate.LIMIT, saturated);
        FloatVector lo = x.abs().fma(broadcast(F, Math.abs(beta)), a.neg()).blend(0f, saturated);
        return VSelfGate.derivative(w, hi, lo, hi);
    }
}
