// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 1 row × 4 neighbouring panels × 4 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the weights are read once and the loads
 * are the limit: 4 panels at a time keep 4 streams of them in flight.
 */
final class Tile1x4x4 {
    private Tile1x4x4() {}

    /**
     * @param a {@code [depth]}
     * @param b 4 panels {@code [depth × 4 vectors]}, dense, one behind the other
     * @param s what the sums start from, {@code [4 × 4 vectors]}; may be c
     * @param c {@code [4 × 4 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, float[] c,
            int cOffset) {
        int panel = depth * (4 * Lanes.N);
        int bOffset1 = bOffset + panel;
        int bOffset2 = bOffset + 2 * panel;
        int bOffset3 = bOffset + 3 * panel;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c03 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * Lanes.N);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + 5 * Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset + 6 * Lanes.N);
        FloatVector c13 = FloatVector.fromArray(Lanes.F, s, sOffset + 7 * Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset + 8 * Lanes.N);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset + 9 * Lanes.N);
        FloatVector c22 = FloatVector.fromArray(Lanes.F, s, sOffset + 10 * Lanes.N);
        FloatVector c23 = FloatVector.fromArray(Lanes.F, s, sOffset + 11 * Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset + 12 * Lanes.N);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, s, sOffset + 13 * Lanes.N);
        FloatVector c32 = FloatVector.fromArray(Lanes.F, s, sOffset + 14 * Lanes.N);
        FloatVector c33 = FloatVector.fromArray(Lanes.F, s, sOffset + 15 * Lanes.N);
        for (int k = 0; k < depth; k++) {
            int bk = k * (4 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            c00 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset + bk), c00);
            c01 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset + bk + Lanes.N), c01);
            c02 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset + bk + 2 * Lanes.N), c02);
            c03 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset + bk + 3 * Lanes.N), c03);
            c10 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset1 + bk), c10);
            c11 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset1 + bk + Lanes.N), c11);
            c12 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset1 + bk + 2 * Lanes.N), c12);
            c13 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset1 + bk + 3 * Lanes.N), c13);
            c20 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset2 + bk), c20);
            c21 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset2 + bk + Lanes.N), c21);
            c22 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset2 + bk + 2 * Lanes.N), c22);
            c23 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset2 + bk + 3 * Lanes.N), c23);
            c30 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset3 + bk), c30);
            c31 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset3 + bk + Lanes.N), c31);
            c32 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset3 + bk + 2 * Lanes.N), c32);
            c33 = x.fma(FloatVector.fromArray(Lanes.F, b, bOffset3 + bk + 3 * Lanes.N), c33);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c03.intoArray(c, cOffset + 3 * Lanes.N);
        c10.intoArray(c, cOffset + 4 * Lanes.N);
        c11.intoArray(c, cOffset + 5 * Lanes.N);
        c12.intoArray(c, cOffset + 6 * Lanes.N);
        c13.intoArray(c, cOffset + 7 * Lanes.N);
        c20.intoArray(c, cOffset + 8 * Lanes.N);
        c21.intoArray(c, cOffset + 9 * Lanes.N);
        c22.intoArray(c, cOffset + 10 * Lanes.N);
        c23.intoArray(c, cOffset + 11 * Lanes.N);
        c30.intoArray(c, cOffset + 12 * Lanes.N);
        c31.intoArray(c, cOffset + 13 * Lanes.N);
        c32.intoArray(c, cOffset + 14 * Lanes.N);
        c33.intoArray(c, cOffset + 15 * Lanes.N);
    }
}
