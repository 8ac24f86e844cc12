package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Softsign;
import jdk.incubator.vector.FloatVector;

/** {@link Softsign}, lane by lane: the same operations in the same order. */
final class VSoftsign {
    private VSoftsign() {}

    static FloatVector value(FloatVector x) {
        FloatVector low = x.blend(-Softsign.SATURATED, x.compare(LT, -Softsign.SATURATED));
        FloatVector c = low.blend(Softsign.SATURATED, low.compare(GT, Softsign.SATURATED));
        return c.div(c.abs().add(1f));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector r = broadcast(F, 1f).div(a.blend(Softsign.FLAT, a.compare(GT, Softsign.FLAT)).add(1f));
        return r.mul(r);
    }
}
