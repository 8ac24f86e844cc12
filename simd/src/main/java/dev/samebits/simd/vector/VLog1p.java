package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.samebits.arithmetic.Log1p;
import jdk.incubator.vector.FloatVector;

/** {@link Log1p} between 0 and 1, lane by lane: the same operations in the same order. */
final class VLog1p {
    private VLog1p() {}

    static FloatVector log1pUnit(FloatVector t) {
        FloatVector q = t.fma(Log1p.Q9, Log1p.Q8);
        q = q.fma(t, broadcast(F, Log1p.Q7));
        q = q.fma(t, broadcast(F, Log1p.Q6));
        q = q.fma(t, broadcast(F, Log1p.Q5));
        q = q.fma(t, broadcast(F, Log1p.Q4));
        q = q.fma(t, broadcast(F, Log1p.Q3));
        q = q.fma(t, broadcast(F, Log1p.Q2));
        q = q.fma(t, broadcast(F, Log1p.Q1));
        q = q.fma(t, broadcast(F, Log1p.Q0));
        return t.fma(t.mul(q), t);
    }
}
