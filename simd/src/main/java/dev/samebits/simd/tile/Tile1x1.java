// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 1 row × 1 vector: {@code c[v] = s[v]}, then {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
 * inlining and boxes every accumulator.
 */
final class Tile1x1 {
    private Tile1x1() {}

    /**
     * @param a {@code [depth]}, element k at {@code aOffset + k * aStride}
     * @param b a panel {@code [depth × 1 vector]}, dense
     * @param s what the sums start from, {@code [1 vector]}; may be c
     * @param c {@code [1 vector]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s, int sOffset,
            float[] c, int cOffset) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        for (int k = 0; k < depth; k++) {
            int bk = bOffset + k * Lanes.N;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            int step = k * aStride;
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + step]);
            c00 = x.fma(b0, c00);
        }
        c00.intoArray(c, cOffset);
    }
}
