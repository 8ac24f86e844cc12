package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.samebits.arithmetic.Log;
import dev.samebits.arithmetic.Log1p;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link Log}, lane by lane: the same operations in the same order. */
final class VLog {
    private VLog() {}

    static FloatVector value(FloatVector x) {
        FloatVector s = x;
        FloatVector k = FloatVector.zero(F);
        // Written out, see VExp.
        VectorMask<Float> far = s.compare(GE, 0x1p64f);
        s = s.blend(s.mul(0x1p-64f), far);
        k = k.blend(64f, far);
        far = s.compare(GE, 0x1p32f);
        s = s.blend(s.mul(0x1p-32f), far);
        k = k.blend(k.add(32f), far);
        far = s.compare(GE, 0x1p16f);
        s = s.blend(s.mul(0x1p-16f), far);
        k = k.blend(k.add(16f), far);
        far = s.compare(GE, 0x1p8f);
        s = s.blend(s.mul(0x1p-8f), far);
        k = k.blend(k.add(8f), far);
        far = s.compare(GE, 0x1p4f);
        s = s.blend(s.mul(0x1p-4f), far);
        k = k.blend(k.add(4f), far);
        far = s.compare(GE, 0x1p2f);
        s = s.blend(s.mul(0x1p-2f), far);
        k = k.blend(k.add(2f), far);
        far = s.compare(GE, 2f);
        s = s.blend(s.mul(0.5f), far);
        k = k.blend(k.add(1f), far);
        far = s.compare(LT, 0x1p-63f);
        s = s.blend(s.mul(0x1p64f), far);
        k = k.blend(k.sub(64f), far);
        far = s.compare(LT, 0x1p-63f);
        s = s.blend(s.mul(0x1p64f), far);
        k = k.blend(k.sub(64f), far);
        far = s.compare(LT, 0x1p-31f);
        s = s.blend(s.mul(0x1p32f), far);
        k = k.blend(k.sub(32f), far);
        far = s.compare(LT, 0x1p-15f);
        s = s.blend(s.mul(0x1p16f), far);
        k = k.blend(k.sub(16f), far);
        far = s.compare(LT, 0x1p-7f);
        s = s.blend(s.mul(0x1p8f), far);
        k = k.blend(k.sub(8f), far);
        far = s.compare(LT, 0x1p-3f);
        s = s.blend(s.mul(0x1p4f), far);
        k = k.blend(k.sub(4f), far);
        far = s.compare(LT, 0x1p-1f);
        s = s.blend(s.mul(0x1p2f), far);
        k = k.blend(k.sub(2f), far);
        far = s.compare(LT, 1f);
        s = s.blend(s.mul(2f), far);
        k = k.blend(k.sub(1f), far);
        VectorMask<Float> upper = s.compare(GT, Log.ROOT);
        FloatVector t = s.sub(1f).blend(broadcast(F, 2f).sub(s).div(s), upper);
        FloatVector p = VLog1p.log1pUnit(t);
        FloatVector y = k.blend(k.add(1f), upper).fma(broadcast(F, Log1p.LN2), p.blend(p.neg(), upper));
        FloatVector right = x.blend(y, x.compare(LT, Float.POSITIVE_INFINITY));
        FloatVector left = broadcast(F, Float.NaN).blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
        return left.blend(right, x.compare(GT, 0f));
    }

    static FloatVector derivative(FloatVector x) {
        return broadcast(F, 1f).div(x);
    }
}
