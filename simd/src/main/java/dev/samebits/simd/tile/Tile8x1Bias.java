// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x1} for 8 rows whose sums all start from one row, of biases or of zeros: the
 * vectors of that row are loaded once.
 */
final class Tile8x1Bias {
    private Tile8x1Bias() {}

    /**
     * @param a {@code [8 × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
     * @param b a panel {@code [depth × 1 vector]}
     * @param s what the sums of every row start from, {@code [1 vector]}
     * @param c {@code [8 × 1 vector]}
     */
    static void multiply(int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, int bStride, float[] s,
            int sOffset, float[] c, int cOffset, int cStride) {
        int aOffset1 = aOffset + aStride;
        int aOffset2 = aOffset + 2 * aStride;
        int aOffset3 = aOffset + 3 * aStride;
        int aOffset4 = aOffset + 4 * aStride;
        int aOffset5 = aOffset + 5 * aStride;
        int aOffset6 = aOffset + 6 * aStride;
        int aOffset7 = aOffset + 7 * aStride;
        int cOffset1 = cOffset + cStride;
        int cOffset2 = cOffset + 2 * cStride;
        int cOffset3 = cOffset + 3 * cStride;
        int cOffset4 = cOffset + 4 * cStride;
        int cOffset5 = cOffset + 5 * cStride;
        int cOffset6 = cOffset + 6 * cStride;
        int cOffset7 = cOffset + 7 * cStride;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c10 = c00;
        FloatVector c20 = c00;
        FloatVector c30 = c00;
        FloatVector c40 = c00;
        FloatVector c50 = c00;
        FloatVector c60 = c00;
        FloatVector c70 = c00;
        int bk = bOffset - bStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            c00 = x.fma(b0, c00);
            x = FloatVector.broadcast(Lanes.F, a[aOffset1 + k]);
            c10 = x.fma(b0, c10);
            x = FloatVector.broadcast(Lanes.F, a[aOffset2 + k]);
            c20 = x.fma(b0, c20);
            x = FloatVector.broadcast(Lanes.F, a[aOffset3 + k]);
            c30 = x.fma(b0, c30);
            x = FloatVector.broadcast(Lanes.F, a[aOffset4 + k]);
            c40 = x.fma(b0, c40);
            x = FloatVector.broadcast(Lanes.F, a[aOffset5 + k]);
            c50 = x.fma(b0, c50);
            x = FloatVector.broadcast(Lanes.F, a[aOffset6 + k]);
            c60 = x.fma(b0, c60);
            x = FloatVector.broadcast(Lanes.F, a[aOffset7 + k]);
            c70 = x.fma(b0, c70);
        }
        c00.intoArray(c, cOffset);
        c10.intoArray(c, cOffset1);
        c20.intoArray(c, cOffset2);
        c30.intoArray(c, cOffset3);
        c40.intoArray(c, cOffset4);
        c50.intoArray(c, cOffset5);
        c60.intoArray(c, cOffset6);
        c70.intoArray(c, cOffset7);
    }
}
