// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 5 rows × 4 vectors: {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])}
 * for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up
 * inlining and boxes every accumulator. The step along a row of A is one, so that C2 takes the checks of A's
 * indices out of the loop; that along b is a variable, or C2 would make a multiplication of it.
 */
final class Tile5x4 {
    private Tile5x4() {}

    /**
     * @param rows rows of c to compute, 1 to 5; missing ones repeat the last, which stores the same bits again
     * @param a {@code [5 × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
     * @param b a panel {@code [depth × 4 vectors]}
     * @param s what the sums start from, {@code [5 × 4 vectors]}; may be c
     * @param c {@code [5 × 4 vectors]}
     */
    static void multiply(int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int last = rows - 1;
        int aOffset1 = aOffset + Math.min(1, last) * aStride;
        int aOffset2 = aOffset + Math.min(2, last) * aStride;
        int aOffset3 = aOffset + Math.min(3, last) * aStride;
        int aOffset4 = aOffset + Math.min(4, last) * aStride;
        int sOffset1 = sOffset + Math.min(1, last) * sStride;
        int sOffset2 = sOffset + Math.min(2, last) * sStride;
        int sOffset3 = sOffset + Math.min(3, last) * sStride;
        int sOffset4 = sOffset + Math.min(4, last) * sStride;
        int cOffset1 = cOffset + Math.min(1, last) * cStride;
        int cOffset2 = cOffset + Math.min(2, last) * cStride;
        int cOffset3 = cOffset + Math.min(3, last) * cStride;
        int cOffset4 = cOffset + Math.min(4, last) * cStride;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c03 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset1);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset1 + Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset1 + 2 * Lanes.N);
        FloatVector c13 = FloatVector.fromArray(Lanes.F, s, sOffset1 + 3 * Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset2);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset2 + Lanes.N);
        FloatVector c22 = FloatVector.fromArray(Lanes.F, s, sOffset2 + 2 * Lanes.N);
        FloatVector c23 = FloatVector.fromArray(Lanes.F, s, sOffset2 + 3 * Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset3);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, s, sOffset3 + Lanes.N);
        FloatVector c32 = FloatVector.fromArray(Lanes.F, s, sOffset3 + 2 * Lanes.N);
        FloatVector c33 = FloatVector.fromArray(Lanes.F, s, sOffset3 + 3 * Lanes.N);
        FloatVector c40 = FloatVector.fromArray(Lanes.F, s, sOffset4);
        FloatVector c41 = FloatVector.fromArray(Lanes.F, s, sOffset4 + Lanes.N);
        FloatVector c42 = FloatVector.fromArray(Lanes.F, s, sOffset4 + 2 * Lanes.N);
        FloatVector c43 = FloatVector.fromArray(Lanes.F, s, sOffset4 + 3 * Lanes.N);
        int bk = bOffset - bStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, bk + 2 * Lanes.N);
            FloatVector b3 = FloatVector.fromArray(Lanes.F, b, bk + 3 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = FloatVector.broadcast(Lanes.F, a[aOffset1 + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
            x = FloatVector.broadcast(Lanes.F, a[aOffset2 + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            c23 = x.fma(b3, c23);
            x = FloatVector.broadcast(Lanes.F, a[aOffset3 + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            c33 = x.fma(b3, c33);
            x = FloatVector.broadcast(Lanes.F, a[aOffset4 + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            c42 = x.fma(b2, c42);
            c43 = x.fma(b3, c43);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c03.intoArray(c, cOffset + 3 * Lanes.N);
        c10.intoArray(c, cOffset1);
        c11.intoArray(c, cOffset1 + Lanes.N);
        c12.intoArray(c, cOffset1 + 2 * Lanes.N);
        c13.intoArray(c, cOffset1 + 3 * Lanes.N);
        c20.intoArray(c, cOffset2);
        c21.intoArray(c, cOffset2 + Lanes.N);
        c22.intoArray(c, cOffset2 + 2 * Lanes.N);
        c23.intoArray(c, cOffset2 + 3 * Lanes.N);
        c30.intoArray(c, cOffset3);
        c31.intoArray(c, cOffset3 + Lanes.N);
        c32.intoArray(c, cOffset3 + 2 * Lanes.N);
        c33.intoArray(c, cOffset3 + 3 * Lanes.N);
        c40.intoArray(c, cOffset4);
        c41.intoArray(c, cOffset4 + Lanes.N);
        c42.intoArray(c, cOffset4 + 2 * Lanes.N);
        c43.intoArray(c, cOffset4 + 3 * Lanes.N);
    }
}
