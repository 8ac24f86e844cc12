// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 1 row × 2 neighbouring panels × 4 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the weights are read once and the loads
 * are the limit: 2 panels at a time keep 2 streams of them in flight.
 */
final class Tile1x2x4 {
    private Tile1x2x4() {}

    /**
     * @param a {@code [depth]}
     * @param b 2 panels {@code [depth × 4 vectors]}, dense, one behind the other
     * @param s what the sums start from, {@code [2 × 4 vectors]}; may be c
     * @param c {@code [2 × 4 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, float[] c,
            int cOffset) {
        int panel = depth * (4 * Lanes.N);
        int bOffset1 = bOffset + panel;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c03 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * Lanes.N);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + 5 * Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset + 6 * Lanes.N);
        FloatVector c13 = FloatVector.fromArray(Lanes.F, s, sOffset + 7 * Lanes.N);
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
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c03.intoArray(c, cOffset + 3 * Lanes.N);
        c10.intoArray(c, cOffset + 4 * Lanes.N);
        c11.intoArray(c, cOffset + 5 * Lanes.N);
        c12.intoArray(c, cOffset + 6 * Lanes.N);
        c13.intoArray(c, cOffset + 7 * Lanes.N);
    }
}
