package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 4 rows × 3 vectors: {@code c[r][v] = s[r][v]}, then
 * {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up inlining and
 * boxes every accumulator. The steps are those of {@link Tile8x3}.
 */
final class Tile4x3 {
    private Tile4x3() {}

    /**
     * @param rows rows of c to compute, 1 to 4; missing ones repeat the last, which stores the same bits once more
     * @param a {@code [4 × depth]}, element (r, k) at {@code aAt + r * aRow + k}
     * @param b a panel {@code [depth × 3 vectors]}, from {@code bAt}, rows {@code bRow} apart
     * @param s what the sums start from, {@code [4 × 3 vectors]}, rows {@code sRow} apart; may be c
     * @param c {@code [4 × 3 vectors]}, rows {@code cRow} apart
     */
    static void multiply(int rows, int depth, float[] a, int aAt, int aRow, float[] b, int bAt, int bRow, float[] s, int sAt,
            int sRow, float[] c, int cAt, int cRow) {
        int last = rows - 1;
        int a1 = aAt + Math.min(1, last) * aRow;
        int a2 = aAt + Math.min(2, last) * aRow;
        int a3 = aAt + Math.min(3, last) * aRow;
        int s1 = sAt + Math.min(1, last) * sRow;
        int s2 = sAt + Math.min(2, last) * sRow;
        int s3 = sAt + Math.min(3, last) * sRow;
        int c1 = cAt + Math.min(1, last) * cRow;
        int c2 = cAt + Math.min(2, last) * cRow;
        int c3 = cAt + Math.min(3, last) * cRow;
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
        int row = bAt - bRow;
        for (int k = 0; k < depth; k++) {
            row += bRow;
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, row + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            x = FloatVector.broadcast(Lanes.F, a[a1 + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            x = FloatVector.broadcast(Lanes.F, a[a2 + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            x = FloatVector.broadcast(Lanes.F, a[a3 + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + Lanes.N);
        s02.intoArray(c, cAt + 2 * Lanes.N);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + Lanes.N);
        s12.intoArray(c, c1 + 2 * Lanes.N);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + Lanes.N);
        s22.intoArray(c, c2 + 2 * Lanes.N);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + Lanes.N);
        s32.intoArray(c, c3 + 2 * Lanes.N);
    }
}
