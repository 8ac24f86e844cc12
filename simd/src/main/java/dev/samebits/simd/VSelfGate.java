package dev.samebits.simd;

import static dev.samebits.simd.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.SelfGate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link SelfGate}, lane by lane: the same operations in the same order. */
final class VSelfGate {
    private VSelfGate() {}

    static FloatVector value(FloatVector x, FloatVector sign, FloatVector hi, FloatVector lo) {
        FloatVector minusHi = hi.neg();
        FloatVector shifted = minusHi.fma(Exp.LOG2_E, Exp.ROUNDER);
        FloatVector m = VExp.reduced(minusHi, lo.neg(), shifted);
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.sub(Exp.ROUNDER_BITS).lanewise(ASHR, 1);
        FloatVector first = half.add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector second = bits.sub(half).add(Exp.BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector e = m.mul(first).mul(second);
        FloatVector q = e.div(e.add(1f));
        VectorMask<Float> negative = sign.compare(LT, 0f);
        FloatVector base = broadcast(F, 1f).blend(m, negative);
        FloatVector gate = base.neg().fma(q, base);
        return x.mul(broadcast(F, 1f).blend(first, negative)).mul(gate).mul(broadcast(F, 1f).blend(second, negative));
    }

    static FloatVector derivative(FloatVector sign, FloatVector hi, FloatVector lo, FloatVector growth) {
        FloatVector e = VExp.expOfNegative(hi.neg(), lo.neg());
        FloatVector small = e.neg().fma(e.div(e.add(1f)), e);
        FloatVector left = growth.neg().fma(small.neg().fma(small, small), small);
        return broadcast(F, 1f).sub(left).blend(left, sign.compare(LT, 0f));
    }
}
