// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x3} for 8 rows whose sums all start from one row, of biases or of zeros: the
 * vectors of that row are loaded once.
 */
final class Tile8x3Bias {
    private Tile8x3Bias() {}

    /**
     * @param a {@code [8 × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
     * @param b a panel {@code [depth × 3 vectors]}
     * @param s what the sums of every row start from, {@code [3 vectors]}
     * @param c {@code [8 × 3 vectors]}
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
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c10 = c00;
        FloatVector c11 = c01;
        FloatVector c12 = c02;
        FloatVector c20 = c00;
        FloatVector c21 = c01;
        FloatVector c22 = c02;
        FloatVector c30 = c00;
        FloatVector c31 = c01;
        FloatVector c32 = c02;
        FloatVector c40 = c00;
        FloatVector c41 = c01;
        FloatVector c42 = c02;
        FloatVector c50 = c00;
        FloatVector c51 = c01;
        FloatVector c52 = c02;
        FloatVector c60 = c00;
        FloatVector c61 = c01;
        FloatVector c62 = c02;
        FloatVector c70 = c00;
        FloatVector c71 = c01;
        FloatVector c72 = c02;
        int bk = bOffset - bStride;
        for (int k = 0; k < depth; k++) {
            bk += bStride;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, bk + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(Lanes.F, a[aOffset1 + k]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = FloatVector.broadcast(Lanes.F, a[aOffset2 + k]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = FloatVector.broadcast(Lanes.F, a[aOffset3 + k]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            x = FloatVector.broadcast(Lanes.F, a[aOffset4 + k]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            c42 = x.fma(b2, c42);
            x = FloatVector.broadcast(Lanes.F, a[aOffset5 + k]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            c52 = x.fma(b2, c52);
            x = FloatVector.broadcast(Lanes.F, a[aOffset6 + k]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            c62 = x.fma(b2, c62);
            x = FloatVector.broadcast(Lanes.F, a[aOffset7 + k]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            c72 = x.fma(b2, c72);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c10.intoArray(c, cOffset1);
        c11.intoArray(c, cOffset1 + Lanes.N);
        c12.intoArray(c, cOffset1 + 2 * Lanes.N);
        c20.intoArray(c, cOffset2);
        c21.intoArray(c, cOffset2 + Lanes.N);
        c22.intoArray(c, cOffset2 + 2 * Lanes.N);
        c30.intoArray(c, cOffset3);
        c31.intoArray(c, cOffset3 + Lanes.N);
        c32.intoArray(c, cOffset3 + 2 * Lanes.N);
        c40.intoArray(c, cOffset4);
        c41.intoArray(c, cOffset4 + Lanes.N);
        c42.intoArray(c, cOffset4 + 2 * Lanes.N);
        c50.intoArray(c, cOffset5);
        c51.intoArray(c, cOffset5 + Lanes.N);
        c52.intoArray(c, cOffset5 + 2 * Lanes.N);
        c60.intoArray(c, cOffset6);
        c61.intoArray(c, cOffset6 + Lanes.N);
        c62.intoArray(c, cOffset6 + 2 * Lanes.N);
        c70.intoArray(c, cOffset7);
        c71.intoArray(c, cOffset7 + Lanes.N);
        c72.intoArray(c, cOffset7 + 2 * Lanes.N);
    }
}
