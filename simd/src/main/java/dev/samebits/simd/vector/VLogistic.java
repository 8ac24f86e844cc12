package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Logistic;
import jdk.incubator.vector.FloatVector;

/** {@link Logistic}, lane by lane: the same operations in the same order. */
final class VLogistic {
    private VLogistic() {}

    static FloatVector value(FloatVector x) {
        FloatVector c = x.reinterpretAsInts().or(VExp.SIGN).reinterpretAsFloats();
        FloatVector e = VExp.lifted(c.blend(-Logistic.SATURATED, c.compare(LT, -Logistic.SATURATED)));
        FloatVector minusQ = e.div(broadcast(F, -Exp.HIGHER).sub(e));
        FloatVector base = broadcast(F, Exp.HIGHER).blend(e, x.compare(LT, 0f));
        return base.fma(minusQ, base).mul(Exp.LOWER);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector c = x.reinterpretAsInts().or(VExp.SIGN).reinterpretAsFloats();
        FloatVector e = VExp.lifted(c.blend(-Logistic.SATURATED, c.compare(LT, -Logistic.SATURATED)));
        return slope(lower(e)).mul(Exp.LOWER);
    }

    static FloatVector lower(FloatVector e) {
        return e.fma(e.div(broadcast(F, -Exp.HIGHER).sub(e)), e);
    }

    static FloatVector slope(FloatVector s) {
        return s.mul(-Exp.LOWER).fma(s, s);
    }
}
