package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Mish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Mish}, lane by lane: the same operations in the same order. */
final class VMish {
    private VMish() {}

    static FloatVector value(FloatVector x) {
        FloatVector c = clamped(x);
        FloatVector lifted = VExp.lifted(c);
        VectorMask<Float> negative = x.compare(LT, 0f);
        FloatVector e = lifted.mul(Exp.LOWER);
        FloatVector n = e.fma(2f, 1f).blend(lifted.mul(e.add(2f)), negative);
        FloatVector d = e.mul(2f).fma(e, n).blend(n.fma(Exp.LOWER, 2f), negative);
        FloatVector y = x.blend(c, negative).mul(n.div(d));
        return y.blend(y.mul(Exp.LOWER), negative);
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector c = clamped(x);
        FloatVector e = VExp.lifted(c).mul(Exp.LOWER);
        VectorMask<Float> negative = x.compare(LT, 0f);
        FloatVector n = e.fma(2f, 1f).blend(e.mul(e.add(2f)), negative);
        FloatVector d = e.mul(2f).fma(e, n).blend(n.add(2f), negative);
        FloatVector g = e.mul(4f).mul(e.blend(1f, negative)).mul(e.add(1f));
        return c.neg().blend(c, negative).fma(g, n.mul(d)).div(d.mul(d));
    }

    private static FloatVector clamped(FloatVector x) {
        FloatVector c = x.reinterpretAsInts().or(VExp.SIGN).reinterpretAsFloats();
        return c.blend(-Mish.LIMIT, c.compare(LT, -Mish.LIMIT));
    }
}
