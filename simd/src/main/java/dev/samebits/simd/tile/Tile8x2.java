package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 8 rows × 2 vectors: {@code c[r][v] = s[r][v]}, then
 * {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up inlining and
 * boxes every accumulator. The steps are those of {@link Tile8x3}.
 */
final class Tile8x2 {
    private Tile8x2() {}

    /**
     * @param rows rows of c to compute, 1 to 8; missing ones repeat the last, which stores the same bits once more
     * @param a {@code [8 × depth]}, element (r, k) at {@code aAt + r * aRow + k}
     * @param b a panel {@code [depth × 2 vectors]}, from {@code bAt}, rows {@code bRow} apart
     * @param s what the sums start from, {@code [8 × 2 vectors]}, rows {@code sRow} apart; may be c
     * @param c {@code [8 × 2 vectors]}, rows {@code cRow} apart
     */
    static void multiply(int rows, int depth, float[] a, int aAt, int aRow, float[] b, int bAt, int bRow, float[] s, int sAt,
            int sRow, float[] c, int cAt, int cRow) {
        int last = rows - 1;
        int a1 = aAt + Math.min(1, last) * aRow;
        int a2 = aAt + Math.min(2, last) * aRow;
        int a3 = aAt + Math.min(3, last) * aRow;
        int a4 = aAt + Math.min(4, last) * aRow;
        int a5 = aAt + Math.min(5, last) * aRow;
        int a6 = aAt + Math.min(6, last) * aRow;
        int a7 = aAt + Math.min(7, last) * aRow;
        int s1 = sAt + Math.min(1, last) * sRow;
        int s2 = sAt + Math.min(2, last) * sRow;
        int s3 = sAt + Math.min(3, last) * sRow;
        int s4 = sAt + Math.min(4, last) * sRow;
        int s5 = sAt + Math.min(5, last) * sRow;
        int s6 = sAt + Math.min(6, last) * sRow;
        int s7 = sAt + Math.min(7, last) * sRow;
        int c1 = cAt + Math.min(1, last) * cRow;
        int c2 = cAt + Math.min(2, last) * cRow;
        int c3 = cAt + Math.min(3, last) * cRow;
        int c4 = cAt + Math.min(4, last) * cRow;
        int c5 = cAt + Math.min(5, last) * cRow;
        int c6 = cAt + Math.min(6, last) * cRow;
        int c7 = cAt + Math.min(7, last) * cRow;
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
        for (int k = 0; k < depth; k++) {
            row += bRow;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(Lanes.F, a[a1 + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(Lanes.F, a[a2 + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(Lanes.F, a[a3 + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = FloatVector.broadcast(Lanes.F, a[a4 + k]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(Lanes.F, a[a5 + k]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = FloatVector.broadcast(Lanes.F, a[a6 + k]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = FloatVector.broadcast(Lanes.F, a[a7 + k]);
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
