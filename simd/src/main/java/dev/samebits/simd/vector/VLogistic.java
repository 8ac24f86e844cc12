package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Logistic;
import jdk.incubator.vector.FloatVector;

/** {@link Logistic}, lane by lane: the same operations in the same order. */
final class VLogistic {
    private VLogistic() {}

    /**
     * {@code a = f(z)} of whole vectors. {@link VExp#lifted} is written out: in a loop of few turns, such as that over the
     * outputs of a single neuron, it and what it calls are compiled before the loop is, and then are not inlined into it.
     */
    static void values(float[] z, int zOffset, float[] a, int aOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(F, z, zOffset + j);
            FloatVector minus = x.reinterpretAsInts().or(VExp.SIGN).reinterpretAsFloats();
            FloatVector c = minus.blend(-Logistic.SATURATED, minus.compare(LT, -Logistic.SATURATED));
            FloatVector lifted = c.fma(Exp.LOG2_E, Exp.LIFTED);
            FloatVector n = lifted.sub(Exp.LIFTED);
            FloatVector r = n.fma(broadcast(F, Exp.MINUS_LN2_LO), n.fma(broadcast(F, Exp.MINUS_LN2_HI), c));
            FloatVector q = r.fma(Exp.Q4, Exp.Q3);
            q = q.fma(r, broadcast(F, Exp.Q2));
            q = q.fma(r, broadcast(F, Exp.Q1));
            q = q.fma(r, broadcast(F, Exp.Q0));
            q = q.fma(r, broadcast(F, 1f));
            FloatVector power = lifted.reinterpretAsInts().lanewise(LSHL, Exp.MANTISSA_BITS).reinterpretAsFloats();
            FloatVector e = r.fma(q, broadcast(F, 1f)).mul(power);
            FloatVector minusQ = e.div(broadcast(F, -Exp.HIGHER).sub(e));
            FloatVector base = broadcast(F, Exp.HIGHER).blend(e, x.compare(LT, 0f));
            base.fma(minusQ, base).mul(Exp.LOWER).intoArray(a, aOffset + j);
        }
    }

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
