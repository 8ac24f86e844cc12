// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 1 row × 1 panel × 2 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending.
 */
final class Tile1x1x2Bfloat16 {
    private Tile1x1x2Bfloat16() {}

    /**
     * @param a {@code [depth]}
     * @param b a panel {@code [depth × 2 vectors]}, dense, in halves of ints ({@link Bfloat16Panels})
     * @param s what the sums start from, {@code [1 × 2 vectors]}; may be c
     * @param c {@code [1 × 2 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset, float[] c,
            int cOffset) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        for (int k = 0; k < depth; k++) {
            int bk = k * Lanes.N;
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            IntVector w00 = IntVector.fromArray(Lanes.I, b, bOffset + bk);
            c00 = x.fma(w00.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c00);
            c01 = x.fma(w00.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c01);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
    }
}
