package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.GatedTail;
import dev.samebits.arithmetic.Swish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link Swish}, lane by lane: the same operations in the same order. */
final class VSwish {
    private VSwish() {}

    static FloatVector value(FloatVector x, float beta) {
        FloatVector w = x.mul(beta);
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, Swish.LIMIT);
        FloatVector hi = a.blend(Swish.LIMIT, saturated);
        FloatVector lo = x.abs().fma(broadcast(F, Math.abs(beta)), a.neg()).blend(0f, saturated);
        // Broadcast here: handed to blend as a float, it comes out of that call an object.
        FloatVector shut = broadcast(F, beta < 0f ? 0f : -0f);
        return gated(x.blend(shut, w.compare(LT, -Swish.LIMIT)), w, hi, lo);
    }

    static FloatVector derivative(FloatVector x, float beta) {
        FloatVector w = x.mul(beta);
        FloatVector a = w.abs();
        VectorMask<Float> saturated = a.compare(GT, GatedTail.LIMIT);
        FloatVector minusHi = a.blend(GatedTail.LIMIT, saturated).neg();
        FloatVector lo = x.abs().fma(broadcast(F, Math.abs(beta)), a.neg()).blend(0f, saturated);
        return VGatedTail.derivative(w, minusHi, lo, minusHi.neg());
    }

    private static FloatVector gated(FloatVector x, FloatVector w, FloatVector hi, FloatVector lo) {
        FloatVector minusHi = hi.neg();
        FloatVector shifted = minusHi.fma(Exp.LOG2_E, Exp.ROUNDER);
        FloatVector m = VExp.reduced(minusHi, lo.neg(), shifted);
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.sub(Exp.ROUNDER_BITS).lanewise(ASHR, 1);
        FloatVector first = half.add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector second = bits.sub(half).add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector e = m.mul(first).mul(second);
        FloatVector q = e.div(e.add(1f));
        VectorMask<Float> negative = w.compare(LT, 0f);
        FloatVector base = broadcast(F, 1f).blend(m, negative);
        FloatVector gate = base.neg().fma(q, base);
        return x.mul(broadcast(F, 1f).blend(first, negative)).mul(gate).mul(broadcast(F, 1f).blend(second, negative));
    }
}
