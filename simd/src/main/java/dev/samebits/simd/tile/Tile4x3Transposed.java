// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile4x3} for a transposed A: 4 rows that lie side by side. At constant distances from one
 * another, the indices of a step share their checks.
 */
final class Tile4x3Transposed {
    private Tile4x3Transposed() {}

    /**
     * @param a {@code [depth × 4]}, element (r, k) at {@code aOffset + r + k * aStride}
     * @param b a panel {@code [depth × 3 vectors]}
     * @param s what the sums start from, {@code [4 × 3 vectors]}; may be c
     * @param c {@code [4 × 3 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int sOffset1 = sOffset + sStride;
        int sOffset2 = sOffset + 2 * sStride;
        int sOffset3 = sOffset + 3 * sStride;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset1);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset1 + Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset1 + 2 * Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset2);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset2 + Lanes.N);
        FloatVector c22 = FloatVector.fromArray(Lanes.F, s, sOffset2 + 2 * Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset3);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, s, sOffset3 + Lanes.N);
        FloatVector c32 = FloatVector.fromArray(Lanes.F, s, sOffset3 + 2 * Lanes.N);
        int bk = bOffset - bStride;
        int ak = aOffset - aStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            ak += aStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, bk + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(Lanes.F, a[ak + 1]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = FloatVector.broadcast(Lanes.F, a[ak + 2]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = FloatVector.broadcast(Lanes.F, a[ak + 3]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c10.intoArray(c, cOffset + cStride);
        c11.intoArray(c, cOffset + cStride + Lanes.N);
        c12.intoArray(c, cOffset + cStride + 2 * Lanes.N);
        c20.intoArray(c, cOffset + 2 * cStride);
        c21.intoArray(c, cOffset + 2 * cStride + Lanes.N);
        c22.intoArray(c, cOffset + 2 * cStride + 2 * Lanes.N);
        c30.intoArray(c, cOffset + 3 * cStride);
        c31.intoArray(c, cOffset + 3 * cStride + Lanes.N);
        c32.intoArray(c, cOffset + 3 * cStride + 2 * Lanes.N);
    }
}
