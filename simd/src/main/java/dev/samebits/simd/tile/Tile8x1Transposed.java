package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tile8x1} for a transposed A: eight rows that lie side by side. At constant distances from one another, the eight
 * indices of a step share their checks.
 */
final class Tile8x1Transposed {
    private Tile8x1Transposed() {}

    /**
     * @param a {@code [depth × 8]}, element (r, k) at {@code aAt + r + k * aStep}
     * @param b a panel {@code [depth × 1 vector]}, from {@code bAt}, rows {@code bRow} apart
     * @param s what the sums start from, {@code [8 × 1 vector]}, rows {@code sRow} apart; may be c
     * @param c {@code [8 × 1 vector]}, rows {@code cRow} apart
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
        FloatVector s10 = FloatVector.fromArray(Lanes.F, s, s1);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, s, s2);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, s, s3);
        FloatVector s40 = FloatVector.fromArray(Lanes.F, s, s4);
        FloatVector s50 = FloatVector.fromArray(Lanes.F, s, s5);
        FloatVector s60 = FloatVector.fromArray(Lanes.F, s, s6);
        FloatVector s70 = FloatVector.fromArray(Lanes.F, s, s7);
        int row = bAt - bRow;
        int column = aAt - aStep;
        for (int k = 0; k < depth; k++) {
            row += bRow;
            column += aStep;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[column]);
            s00 = x.fma(b0, s00);
            x = FloatVector.broadcast(Lanes.F, a[column + 1]);
            s10 = x.fma(b0, s10);
            x = FloatVector.broadcast(Lanes.F, a[column + 2]);
            s20 = x.fma(b0, s20);
            x = FloatVector.broadcast(Lanes.F, a[column + 3]);
            s30 = x.fma(b0, s30);
            x = FloatVector.broadcast(Lanes.F, a[column + 4]);
            s40 = x.fma(b0, s40);
            x = FloatVector.broadcast(Lanes.F, a[column + 5]);
            s50 = x.fma(b0, s50);
            x = FloatVector.broadcast(Lanes.F, a[column + 6]);
            s60 = x.fma(b0, s60);
            x = FloatVector.broadcast(Lanes.F, a[column + 7]);
            s70 = x.fma(b0, s70);
        }
        s00.intoArray(c, cAt);
        s10.intoArray(c, c1);
        s20.intoArray(c, c2);
        s30.intoArray(c, c3);
        s40.intoArray(c, c4);
        s50.intoArray(c, c5);
        s60.intoArray(c, c6);
        s70.intoArray(c, c7);
    }
}
