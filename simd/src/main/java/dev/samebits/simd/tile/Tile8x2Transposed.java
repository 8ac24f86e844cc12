package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x2} for a transposed A: eight rows that lie side by side. At constant distances from one another, the eight
 * indices of a step share their checks.
 */
final class Tile8x2Transposed {
    private Tile8x2Transposed() {}

    /**
     * @param a {@code [depth × 8]}, element (r, k) at {@code aAt + r + k * aStep}
     * @param b a panel {@code [depth × 2 vectors]}, from {@code bAt}, rows {@code bRow} apart
     * @param s what the sums start from, {@code [8 × 2 vectors]}, rows {@code sRow} apart; may be c
     * @param c {@code [8 × 2 vectors]}, rows {@code cRow} apart
     */
    static void multiply(int depth, float[] a, int aAt, int aStep, float[] b, int bAt, int bRow, float[] s, int sAt, int sRow,
            float[] c, int cAt, int cRow) {
        int s1 = sAt + sRow;
        int s2 = sAt + 2 * sRow;
        int s3 = sAt + 3 * sRow;
        int s4 = sAt + 4 * sRow;
        int s5 = sAt + 5 * sRow;
        int s6 = sAt + 6 * sRow;
        int s7 = sAt + 7 * sRow;
        int c1 = cAt + cRow;
        int c2 = cAt + 2 * cRow;
        int c3 = cAt + 3 * cRow;
        int c4 = cAt + 4 * cRow;
        int c5 = cAt + 5 * cRow;
        int c6 = cAt + 6 * cRow;
        int c7 = cAt + 7 * cRow;
        FloatVector s00 = FloatVector.fromArray(Lanes.F, s, sAt);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, s, sAt + Lanes.N);
        FloatVector s10 = FloatVector.fromArray(Lanes.F, s, s1);
        FloatVector s11 = FloatVector.fromArray(Lanes.F, s, s1 + Lanes.N);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, s, s2);
        FloatVector s21 = FloatVector.fromArray(Lanes.F, s, s2 + Lanes.N);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, s, s3);
        FloatVector s31 = FloatVector.fromArray(Lanes.F, s, s3 + Lanes.N);
        FloatVector s40 = FloatVector.fromArray(Lanes.F, s, s4);
        FloatVector s41 = FloatVector.fromArray(Lanes.F, s, s4 + Lanes.N);
        FloatVector s50 = FloatVector.fromArray(Lanes.F, s, s5);
        FloatVector s51 = FloatVector.fromArray(Lanes.F, s, s5 + Lanes.N);
        FloatVector s60 = FloatVector.fromArray(Lanes.F, s, s6);
        FloatVector s61 = FloatVector.fromArray(Lanes.F, s, s6 + Lanes.N);
        FloatVector s70 = FloatVector.fromArray(Lanes.F, s, s7);
        FloatVector s71 = FloatVector.fromArray(Lanes.F, s, s7 + Lanes.N);
        int row = bAt - bRow;
        int column = aAt - aStep;
        for (int k = 0; k < depth; k++) {
            row += bRow;
            column += aStep;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[column]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(Lanes.F, a[column + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(Lanes.F, a[column + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(Lanes.F, a[column + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = FloatVector.broadcast(Lanes.F, a[column + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(Lanes.F, a[column + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = FloatVector.broadcast(Lanes.F, a[column + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = FloatVector.broadcast(Lanes.F, a[column + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + Lanes.N);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + Lanes.N);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + Lanes.N);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + Lanes.N);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + Lanes.N);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + Lanes.N);
        s60.intoArray(c, c6);
        s61.intoArray(c, c6 + Lanes.N);
        s70.intoArray(c, c7);
        s71.intoArray(c, c7 + Lanes.N);
    }
}
