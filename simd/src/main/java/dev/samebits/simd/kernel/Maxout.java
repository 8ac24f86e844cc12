package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The largest of several pieces, whole vectors first, then the definition's scalar code. */
public final class Maxout {
    private Maxout() {}

    /** {@code a[i] = max_k z[k · pieceStride + i]} for {@code length} values. */
    public static void apply(int pieces, int pieceStride, int length, float[] z, int zOffset, float[] a, int aOffset) {
        int i = 0;
        for (; i + Lanes.N <= length; i += Lanes.N) {
            FloatVector best = FloatVector.fromArray(Lanes.F, z, zOffset + i);
            for (int k = 1; k < pieces; k++) {
                FloatVector next = FloatVector.fromArray(Lanes.F, z, zOffset + k * pieceStride + i);
                // Written out, as below: a mask that crosses a call that is not inlined is an object.
                VectorMask<Float> isNaN = next.compare(VectorOperators.NE, next);
                VectorMask<Float> firstNaN = isNaN.and(best.compare(VectorOperators.EQ, best));
                best = best.blend(next, next.compare(VectorOperators.GT, best).or(firstNaN));
            }
            best.intoArray(a, aOffset + i);
        }
        for (; i < length; i++) {
            float best = z[zOffset + i];
            for (int k = 1; k < pieces; k++) {
                float next = z[zOffset + k * pieceStride + i];
                best = wins(next, best) ? next : best;
            }
            a[aOffset + i] = best;
        }
    }

    /** The gradient of {@link #apply}: da goes to the winning piece, 0 to the others. */
    public static void gradient(int pieces, int pieceStride, int length, float[] z, int zOffset, float[] da,
            int daOffset, float[] dz, int dzOffset) {
        int i = 0;
        for (; i + Lanes.N <= length; i += Lanes.N) {
            FloatVector best = FloatVector.fromArray(Lanes.F, z, zOffset + i);
            for (int k = 1; k < pieces; k++) {
                FloatVector next = FloatVector.fromArray(Lanes.F, z, zOffset + k * pieceStride + i);
                VectorMask<Float> isNaN = next.compare(VectorOperators.NE, next);
                VectorMask<Float> firstNaN = isNaN.and(best.compare(VectorOperators.EQ, best));
                best = best.blend(next, next.compare(VectorOperators.GT, best).or(firstNaN));
            }
            // The first piece that is the best takes the gradient, and leaves 0 to those behind it. No vector that a loop
            // hands on starts as a constant: C2 of JDK 17 would now and then make an object of it.
            FloatVector gradient = FloatVector.fromArray(Lanes.F, da, daOffset + i);
            for (int k = 0; k < pieces; k++) {
                FloatVector next = FloatVector.fromArray(Lanes.F, z, zOffset + k * pieceStride + i);
                VectorMask<Float> isNaN = next.compare(VectorOperators.NE, next);
                VectorMask<Float> wins = next.compare(VectorOperators.EQ, best)
                        .or(isNaN.and(best.compare(VectorOperators.NE, best)));
                FloatVector none = FloatVector.zero(Lanes.F);
                none.blend(gradient, wins).intoArray(dz, dzOffset + k * pieceStride + i);
                gradient = gradient.blend(none, wins);
            }
        }
        for (; i < length; i++) {
            int winner = 0;
            for (int k = 1; k < pieces; k++) {
                winner = wins(z[zOffset + k * pieceStride + i], z[zOffset + winner * pieceStride + i]) ? k : winner;
            }
            for (int k = 0; k < pieces; k++) {
                dz[dzOffset + k * pieceStride + i] = k == winner ? da[daOffset + i] : 0;
            }
        }
    }

    private static boolean wins(float next, float best) {
        return next > best || (next != next && best == best);
    }
}
