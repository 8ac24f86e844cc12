package dev.samebits.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.SelfGate;
import dev.samebits.arithmetic.Swish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Swish}, lane by lane: the same operations in the same order. */
final class VSwish {

    private static final FloatVector LIMIT = Lanes.all(SelfGate.LIMIT);
    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector MINUS_LIMIT = Lanes.all(-SelfGate.LIMIT);

    private VSwish() {
    }

    static FloatVector value(FloatVector x, float beta) {
        FloatVector w = x.mul(FloatVector.broadcast(Lanes.F, beta));
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, LIMIT);
        FloatVector hi = a.blend(LIMIT, saturated);
        FloatVector lo = x.abs().fma(FloatVector.broadcast(Lanes.F, Math.abs(beta)), a.neg()).blend(ZERO, saturated);
        float shut = beta < 0f ? 0f : -0f;
        return VSelfGate.value(x.blend(FloatVector.broadcast(Lanes.F, shut), w.compare(LT, MINUS_LIMIT)), w, hi, lo);
    }

    static FloatVector derivative(FloatVector x, float beta) {
        FloatVector w = x.mul(FloatVector.broadcast(Lanes.F, beta));
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, LIMIT);
        FloatVector hi = a.blend(LIMIT, saturated);
        FloatVector lo = x.abs().fma(FloatVector.broadcast(Lanes.F, Math.abs(beta)), a.neg()).blend(ZERO, saturated);
        return VSelfGate.derivative(w, hi, lo, hi);
    }
}
