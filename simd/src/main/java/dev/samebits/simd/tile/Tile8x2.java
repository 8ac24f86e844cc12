// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 8 rows × 2 vectors: {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])}
 * for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
 * inlining and boxes every accumulator. The step along a row of A is one, so that C2 takes the checks of A's
 * indices out of the loop; that along b is a variable, or C2 would make a multiplication of it.
 */
final class Tile8x2 {
    private Tile8x2() {}

    /**
     * @param rows rows of c to compute, 1 to 8; missing ones repeat the last, which stores the same bits again
     * @param a {@code [8 × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
     * @param b a panel {@code [depth × 2 vectors]}
     * @param s what the sums start from, {@code [8 × 2 vectors]}; may be c
     * @param c {@code [8 × 2 vectors]}
     */
    static void multiply(int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int last = rows - 1;
        int aOffset1 = aOffset + Math.min(1, last) * aStride;
        int aOffset2 = aOffset + Math.min(2, last) * aStride;
        int aOffset3 = aOffset + Math.min(3, last) * aStride;
        int aOffset4 = aOffset + Math.min(4, last) * aStride;
        int aOffset5 = aOffset + Math.min(5, last) * aStride;
        int aOffset6 = aOffset + Math.min(6, last) * aStride;
        int aOffset7 = aOffset + Math.min(7, last) * aStride;
        int sOffset1 = sOffset + Math.min(1, last) * sStride;
        int sOffset2 = sOffset + Math.min(2, last) * sStride;
        int sOffset3 = sOffset + Math.min(3, last) * sStride;
        int sOffset4 = sOffset + Math.min(4, last) * sStride;
        int sOffset5 = sOffset + Math.min(5, last) * sStride;
        int sOffset6 = sOffset + Math.min(6, last) * sStride;
        int sOffset7 = sOffset + Math.min(7, last) * sStride;
        int cOffset1 = cOffset + Math.min(1, last) * cStride;
        int cOffset2 = cOffset + Math.min(2, last) * cStride;
        int cOffset3 = cOffset + Math.min(3, last) * cStride;
        int cOffset4 = cOffset + Math.min(4, last) * cStride;
        int cOffset5 = cOffset + Math.min(5, last) * cStride;
        int cOffset6 = cOffset + Math.min(6, last) * cStride;
        int cOffset7 = cOffset + Math.min(7, last) * cStride;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset1);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset1 + Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset2);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset2 + Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset3);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, s, sOffset3 + Lanes.N);
        FloatVector c40 = FloatVector.fromArray(Lanes.F, s, sOffset4);
        FloatVector c41 = FloatVector.fromArray(Lanes.F, s, sOffset4 + Lanes.N);
        FloatVector c50 = FloatVector.fromArray(Lanes.F, s, sOffset5);
        FloatVector c51 = FloatVector.fromArray(Lanes.F, s, sOffset5 + Lanes.N);
        FloatVector c60 = FloatVector.fromArray(Lanes.F, s, sOffset6);
        FloatVector c61 = FloatVector.fromArray(Lanes.F, s, sOffset6 + Lanes.N);
        FloatVector c70 = FloatVector.fromArray(Lanes.F, s, sOffset7);
        FloatVector c71 = FloatVector.fromArray(Lanes.F, s, sOffset7 + Lanes.N);
        int bk = bOffset - bStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(Lanes.F, a[aOffset1 + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(Lanes.F, a[aOffset2 + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(Lanes.F, a[aOffset3 + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(Lanes.F, a[aOffset4 + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(Lanes.F, a[aOffset5 + k]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(Lanes.F, a[aOffset6 + k]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(Lanes.F, a[aOffset7 + k]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c10.intoArray(c, cOffset1);
        c11.intoArray(c, cOffset1 + Lanes.N);
        c20.intoArray(c, cOffset2);
        c21.intoArray(c, cOffset2 + Lanes.N);
        c30.intoArray(c, cOffset3);
        c31.intoArray(c, cOffset3 + Lanes.N);
        c40.intoArray(c, cOffset4);
        c41.intoArray(c, cOffset4 + Lanes.N);
        c50.intoArray(c, cOffset5);
        c51.intoArray(c, cOffset5 + Lanes.N);
        c60.intoArray(c, cOffset6);
        c61.intoArray(c, cOffset6 + Lanes.N);
        c70.intoArray(c, cOffset7);
        c71.intoArray(c, cOffset7 + Lanes.N);
    }
}
