// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x2} for a transposed A: 8 rows that lie side by side. At constant distances from one
 * another, the indices of a step share their checks.
 */
final class Tile8x2Transposed {
    private Tile8x2Transposed() {}

    /**
     * @param a {@code [depth × 8]}, element (r, k) at {@code aOffset + r + k * aStride}
     * @param b a panel {@code [depth × 2 vectors]}
     * @param s what the sums start from, {@code [8 × 2 vectors]}; may be c
     * @param c {@code [8 × 2 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int sOffset1 = sOffset + sStride;
        int sOffset2 = sOffset + 2 * sStride;
        int sOffset3 = sOffset + 3 * sStride;
        int sOffset4 = sOffset + 4 * sStride;
        int sOffset5 = sOffset + 5 * sStride;
        int sOffset6 = sOffset + 6 * sStride;
        int sOffset7 = sOffset + 7 * sStride;
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
        int ak = aOffset - aStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            ak += aStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(Lanes.F, a[ak + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            x = FloatVector.broadcast(Lanes.F, a[ak + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(Lanes.F, a[ak + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(Lanes.F, a[ak + 4]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            x = FloatVector.broadcast(Lanes.F, a[ak + 5]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            x = FloatVector.broadcast(Lanes.F, a[ak + 6]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            x = FloatVector.broadcast(Lanes.F, a[ak + 7]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c10.intoArray(c, cOffset + cStride);
        c11.intoArray(c, cOffset + cStride + Lanes.N);
        c20.intoArray(c, cOffset + 2 * cStride);
        c21.intoArray(c, cOffset + 2 * cStride + Lanes.N);
        c30.intoArray(c, cOffset + 3 * cStride);
        c31.intoArray(c, cOffset + 3 * cStride + Lanes.N);
        c40.intoArray(c, cOffset + 4 * cStride);
        c41.intoArray(c, cOffset + 4 * cStride + Lanes.N);
        c50.intoArray(c, cOffset + 5 * cStride);
        c51.intoArray(c, cOffset + 5 * cStride + Lanes.N);
        c60.intoArray(c, cOffset + 6 * cStride);
        c61.intoArray(c, cOffset + 6 * cStride + Lanes.N);
        c70.intoArray(c, cOffset + 7 * cStride);
        c71.intoArray(c, cOffset + 7 * cStride + Lanes.N);
    }
}
