package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of one row × 4 neighbouring panels × 2 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the
 * weights are read once and the loads are the limit: 4 panels at a time keep 4 streams of them in flight.
 */
final class Tile1x4x2 {
    private Tile1x4x2() {}

    /**
     * @param a {@code [depth]}, from {@code aAt}
     * @param b 4 panels {@code [depth × 2 vectors]}, one behind the other from {@code bAt}
     * @param s what the sums start from, {@code [4 × 2 vectors]}, from {@code sAt}; may be c
     * @param c {@code [4 × 2 vectors]}, from {@code cAt}
     */
    static void multiply(int depth, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt, float[] c, int cAt) {
        int panel = depth * (2 * Lanes.N);
        int b1 = bAt + panel;
        int b2 = bAt + 2 * panel;
        int b3 = bAt + 3 * panel;
        FloatVector s00 = FloatVector.fromArray(Lanes.F, s, sAt);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, s, sAt + Lanes.N);
        FloatVector s10 = FloatVector.fromArray(Lanes.F, s, sAt + 2 * Lanes.N);
        FloatVector s11 = FloatVector.fromArray(Lanes.F, s, sAt + 3 * Lanes.N);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, s, sAt + 4 * Lanes.N);
        FloatVector s21 = FloatVector.fromArray(Lanes.F, s, sAt + 5 * Lanes.N);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, s, sAt + 6 * Lanes.N);
        FloatVector s31 = FloatVector.fromArray(Lanes.F, s, sAt + 7 * Lanes.N);
        for (int k = 0; k < depth; k++) {
            int row = k * (2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aAt + k]);
            s00 = x.fma(FloatVector.fromArray(Lanes.F, b, bAt + row), s00);
            s01 = x.fma(FloatVector.fromArray(Lanes.F, b, bAt + row + Lanes.N), s01);
            s10 = x.fma(FloatVector.fromArray(Lanes.F, b, b1 + row), s10);
            s11 = x.fma(FloatVector.fromArray(Lanes.F, b, b1 + row + Lanes.N), s11);
            s20 = x.fma(FloatVector.fromArray(Lanes.F, b, b2 + row), s20);
            s21 = x.fma(FloatVector.fromArray(Lanes.F, b, b2 + row + Lanes.N), s21);
            s30 = x.fma(FloatVector.fromArray(Lanes.F, b, b3 + row), s30);
            s31 = x.fma(FloatVector.fromArray(Lanes.F, b, b3 + row + Lanes.N), s31);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + Lanes.N);
        s10.intoArray(c, cAt + 2 * Lanes.N);
        s11.intoArray(c, cAt + 3 * Lanes.N);
        s20.intoArray(c, cAt + 4 * Lanes.N);
        s21.intoArray(c, cAt + 5 * Lanes.N);
        s30.intoArray(c, cAt + 6 * Lanes.N);
        s31.intoArray(c, cAt + 7 * Lanes.N);
    }
}
