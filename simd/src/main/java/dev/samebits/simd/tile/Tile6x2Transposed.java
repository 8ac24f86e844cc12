// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile6x2} for a transposed A: 6 rows that lie side by side. At constant distances from one
 * another, the indices of a step share their checks.
 */
final class Tile6x2Transposed {
    private Tile6x2Transposed() {}

    /**
     * @param a {@code [depth × 6]}, element (r, k) at {@code aOffset + r + k * aStride}
     * @param b a panel {@code [depth × 2 vectors]}
     * @param s what the sums start from, {@code [6 × 2 vectors]}; may be c
     * @param c {@code [6 × 2 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int sOffset1 = sOffset + sStride;
        int sOffset2 = sOffset + 2 * sStride;
        int sOffset3 = sOffset + 3 * sStride;
        int sOffset4 = sOffset + 4 * sStride;
        int sOffset5 = sOffset + 5 * sStride;
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
    }
}
