// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x1} for a transposed A: 8 rows that lie side by side. At constant distances from one
 * another, the indices of a step share their checks.
 */
final class Tile8x1Transposed {
    private Tile8x1Transposed() {}

    /**
     * @param a {@code [depth × 8]}, element (r, k) at {@code aOffset + r + k * aStride}
     * @param b a panel {@code [depth × 1 vector]}
     * @param s what the sums start from, {@code [8 × 1 vector]}; may be c
     * @param c {@code [8 × 1 vector]}
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
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset1);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset2);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset3);
        FloatVector c40 = FloatVector.fromArray(Lanes.F, s, sOffset4);
        FloatVector c50 = FloatVector.fromArray(Lanes.F, s, sOffset5);
        FloatVector c60 = FloatVector.fromArray(Lanes.F, s, sOffset6);
        FloatVector c70 = FloatVector.fromArray(Lanes.F, s, sOffset7);
        int bk = bOffset - bStride;
        int ak = aOffset - aStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            ak += aStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(Lanes.F, a[ak + 1]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(Lanes.F, a[ak + 2]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(Lanes.F, a[ak + 3]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(Lanes.F, a[ak + 4]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(Lanes.F, a[ak + 5]);
            c50 = x.fma(b0, c50);
            x = FloatVector.broadcast(Lanes.F, a[ak + 6]);
            c60 = x.fma(b0, c60);
            x = FloatVector.broadcast(Lanes.F, a[ak + 7]);
            c70 = x.fma(b0, c70);
        }
        c00.intoArray(c, cOffset);
        c10.intoArray(c, cOffset + cStride);
        c20.intoArray(c, cOffset + 2 * cStride);
        c30.intoArray(c, cOffset + 3 * cStride);
        c40.intoArray(c, cOffset + 4 * cStride);
        c50.intoArray(c, cOffset + 5 * cStride);
        c60.intoArray(c, cOffset + 6 * cStride);
        c70.intoArray(c, cOffset + 7 * cStride);
    }
}
