package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x3} for a transposed A: eight rows that lie side by side. At constant distances from one another, the eight indices of
 * a step share their checks: 54 instructions for 24 fma.
 */
final class Tile8x3Transposed {
    private Tile8x3Transposed() {}

    /**
     * @param a {@code [depth × 8]}, element (r, k) at {@code aAt + r + k * aStep}
     * @param b a panel {@code [depth × 3 vectors]}, rows {@code bRow} apart
     * @param s what the sums start from, {@code [8 × 3 vectors]}, rows {@code sRow} apart; may be c
     * @param c {@code [8 × 3 vectors]}, rows {@code cRow} apart
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
        FloatVector s00 = FloatVector.fromArray(Lanes.F, s, sAt);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, s, sAt + Lanes.N);
        FloatVector s02 = FloatVector.fromArray(Lanes.F, s, sAt + 2 * Lanes.N);
        FloatVector s10 = FloatVector.fromArray(Lanes.F, s, s1);
        FloatVector s11 = FloatVector.fromArray(Lanes.F, s, s1 + Lanes.N);
        FloatVector s12 = FloatVector.fromArray(Lanes.F, s, s1 + 2 * Lanes.N);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, s, s2);
        FloatVector s21 = FloatVector.fromArray(Lanes.F, s, s2 + Lanes.N);
        FloatVector s22 = FloatVector.fromArray(Lanes.F, s, s2 + 2 * Lanes.N);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, s, s3);
        FloatVector s31 = FloatVector.fromArray(Lanes.F, s, s3 + Lanes.N);
        FloatVector s32 = FloatVector.fromArray(Lanes.F, s, s3 + 2 * Lanes.N);
        FloatVector s40 = FloatVector.fromArray(Lanes.F, s, s4);
        FloatVector s41 = FloatVector.fromArray(Lanes.F, s, s4 + Lanes.N);
        FloatVector s42 = FloatVector.fromArray(Lanes.F, s, s4 + 2 * Lanes.N);
        FloatVector s50 = FloatVector.fromArray(Lanes.F, s, s5);
        FloatVector s51 = FloatVector.fromArray(Lanes.F, s, s5 + Lanes.N);
        FloatVector s52 = FloatVector.fromArray(Lanes.F, s, s5 + 2 * Lanes.N);
        FloatVector s60 = FloatVector.fromArray(Lanes.F, s, s6);
        FloatVector s61 = FloatVector.fromArray(Lanes.F, s, s6 + Lanes.N);
        FloatVector s62 = FloatVector.fromArray(Lanes.F, s, s6 + 2 * Lanes.N);
        FloatVector s70 = FloatVector.fromArray(Lanes.F, s, s7);
        FloatVector s71 = FloatVector.fromArray(Lanes.F, s, s7 + Lanes.N);
        FloatVector s72 = FloatVector.fromArray(Lanes.F, s, s7 + 2 * Lanes.N);
        int row = bAt - bRow;
        int column = aAt - aStep;
        for (int k = 0; k < depth; k++) {
            row += bRow;
            column += aStep;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, row + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[column]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            x = FloatVector.broadcast(Lanes.F, a[column + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            x = FloatVector.broadcast(Lanes.F, a[column + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            x = FloatVector.broadcast(Lanes.F, a[column + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            x = FloatVector.broadcast(Lanes.F, a[column + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            s42 = x.fma(b2, s42);
            x = FloatVector.broadcast(Lanes.F, a[column + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            s52 = x.fma(b2, s52);
            x = FloatVector.broadcast(Lanes.F, a[column + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            s62 = x.fma(b2, s62);
            x = FloatVector.broadcast(Lanes.F, a[column + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
            s72 = x.fma(b2, s72);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + Lanes.N);
        s02.intoArray(c, cAt + 2 * Lanes.N);
        s10.intoArray(c, cAt + cRow);
        s11.intoArray(c, cAt + cRow + Lanes.N);
        s12.intoArray(c, cAt + cRow + 2 * Lanes.N);
        s20.intoArray(c, cAt + 2 * cRow);
        s21.intoArray(c, cAt + 2 * cRow + Lanes.N);
        s22.intoArray(c, cAt + 2 * cRow + 2 * Lanes.N);
        s30.intoArray(c, cAt + 3 * cRow);
        s31.intoArray(c, cAt + 3 * cRow + Lanes.N);
        s32.intoArray(c, cAt + 3 * cRow + 2 * Lanes.N);
        s40.intoArray(c, cAt + 4 * cRow);
        s41.intoArray(c, cAt + 4 * cRow + Lanes.N);
        s42.intoArray(c, cAt + 4 * cRow + 2 * Lanes.N);
        s50.intoArray(c, cAt + 5 * cRow);
        s51.intoArray(c, cAt + 5 * cRow + Lanes.N);
        s52.intoArray(c, cAt + 5 * cRow + 2 * Lanes.N);
        s60.intoArray(c, cAt + 6 * cRow);
        s61.intoArray(c, cAt + 6 * cRow + Lanes.N);
        s62.intoArray(c, cAt + 6 * cRow + 2 * Lanes.N);
        s70.intoArray(c, cAt + 7 * cRow);
        s71.intoArray(c, cAt + 7 * cRow + Lanes.N);
        s72.intoArray(c, cAt + 7 * cRow + 2 * Lanes.N);
    }
}
