// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 1 row × 3 vectors: {@code c[v] = s[v]}, then {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
 * inlining and boxes every accumulator.
 */
final class Tile1x3 {
    private Tile1x3() {}

    /**
     * @param a {@code [depth]}, element k at {@code aOffset + k * aStride}
     * @param b a panel {@code [depth × 3 vectors]}, dense
     * @param s what the sums start from, {@code [3 vectors]}; may be c
     * @param c {@code [3 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s, int sOffset,
            float[] c, int cOffset) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        for (int k = 0; k < depth; k++) {
            int bk = bOffset + k * (3 * Lanes.N);
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, bk + 2 * Lanes.N);
            int step = k * aStride;
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + step]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
    }
}
