package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.HardSwish;
import jdk.incubator.vector.FloatVector;

/** {@link HardSwish}, lane by lane: the same operations in the same order. */
final class VHardSwish {
    private VHardSwish() {}

    static FloatVector value(FloatVector x) {
        FloatVector a = x.blend(-HardSwish.BEND, x.compare(LT, -HardSwish.BEND));
        FloatVector t = a.add(HardSwish.BEND);
        t = t.blend(2f * HardSwish.BEND, t.compare(GT, 2f * HardSwish.BEND));
        return a.mul(t.mul(HardSwish.SIXTH));
    }

    static FloatVector derivative(FloatVector x) {
        FloatVector line = x.fma(broadcast(F, 2f), broadcast(F, HardSwish.BEND)).mul(HardSwish.SIXTH);
        FloatVector left = line.blend(0f, x.compare(LE, -HardSwish.BEND));
        return left.blend(1f, x.compare(GE, HardSwish.BEND));
    }
}
