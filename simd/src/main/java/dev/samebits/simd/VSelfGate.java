package dev.samebits.simd;

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

    private static final FloatVector LOG2_E = Lanes.all(Exp.LOG2_E);
    private static final FloatVector ROUNDER = Lanes.all(Exp.ROUNDER);
    private static final IntVector ROUNDER_BITS = IntVector.broadcast(Lanes.I, Exp.ROUNDER_BITS);
    private static final IntVector BIAS = IntVector.broadcast(Lanes.I, Exp.BIAS);
    private static final FloatVector ZERO = Lanes.all(0f);
    private static final FloatVector ONE = Lanes.all(1f);

    private VSelfGate() {
    }

    static FloatVector value(FloatVector x, FloatVector sign, FloatVector hi, FloatVector lo) {
        FloatVector minusHi = hi.neg();
        FloatVector shifted = minusHi.fma(LOG2_E, ROUNDER);
        FloatVector m = VExp.reduced(minusHi, lo.neg(), shifted);
        IntVector bits = shifted.reinterpretAsInts();
        IntVector half = bits.sub(ROUNDER_BITS).lanewise(ASHR, 1);
        FloatVector first = half.add(BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector second = bits.sub(half).add(BIAS).lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
        FloatVector e = m.mul(first).mul(second);
        FloatVector q = e.div(e.add(ONE));
        VectorMask<Float> negative = sign.compare(LT, ZERO);
        FloatVector base = ONE.blend(m, negative);
        FloatVector gate = base.neg().fma(q, base);
        return x.mul(ONE.blend(first, negative)).mul(gate).mul(ONE.blend(second, negative));
    }

    static FloatVector derivative(FloatVector sign, FloatVector hi, FloatVector lo, FloatVector growth) {
        FloatVector e = VExp.expOfNegative(hi.neg(), lo.neg());
        FloatVector small = e.neg().fma(e.div(e.add(ONE)), e);
        FloatVector left = growth.neg().fma(small.neg().fma(small, small), small);
        return ONE.sub(left).blend(left, sign.compare(LT, ZERO));
    }
}
