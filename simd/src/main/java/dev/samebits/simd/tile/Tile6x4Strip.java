package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 6 rows × 4 vectors for rows of A in {@link Strips}: {@code sums[r][v] = fma(a[r][k], b[k][v], sums[r][v])} for k
 * ascending, as {@link Tile8x3Strip}.
 */
final class Tile6x4Strip {
    private Tile6x4Strip() {}

    /**
     * @param a {@code [6 × depth]}, element (r, k) at {@code aAt + r * Strips.ROW + k}
     * @param b a panel {@code [depth × 4 vectors]}, dense, from {@code bAt}
     * @param sums {@code [6 × 4 vectors]}, dense, from {@link Panels#START}
     */
    static void multiply(int depth, float[] a, int aAt, float[] b, int bAt, float[] sums) {
        FloatVector s00 = FloatVector.fromArray(Lanes.F, sums, Panels.START);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, sums, Panels.START + Lanes.N);
        FloatVector s02 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 2 * Lanes.N);
        FloatVector s03 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 3 * Lanes.N);
        FloatVector s10 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 4 * Lanes.N);
        FloatVector s11 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 5 * Lanes.N);
        FloatVector s12 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 6 * Lanes.N);
        FloatVector s13 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 7 * Lanes.N);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 8 * Lanes.N);
        FloatVector s21 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 9 * Lanes.N);
        FloatVector s22 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 10 * Lanes.N);
        FloatVector s23 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 11 * Lanes.N);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 12 * Lanes.N);
        FloatVector s31 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 13 * Lanes.N);
        FloatVector s32 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 14 * Lanes.N);
        FloatVector s33 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 15 * Lanes.N);
        FloatVector s40 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 16 * Lanes.N);
        FloatVector s41 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 17 * Lanes.N);
        FloatVector s42 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 18 * Lanes.N);
        FloatVector s43 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 19 * Lanes.N);
        FloatVector s50 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 20 * Lanes.N);
        FloatVector s51 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 21 * Lanes.N);
        FloatVector s52 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 22 * Lanes.N);
        FloatVector s53 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 23 * Lanes.N);
        int end = bAt + depth * (4 * Lanes.N);
        int k = aAt;
        for (int row = bAt; row < end; row += 4 * Lanes.N) {
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, row + 2 * Lanes.N);
            FloatVector b3 = FloatVector.fromArray(Lanes.F, b, row + 3 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(Lanes.F, a[k + Strips.ROW]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(Lanes.F, a[k + 2 * Strips.ROW]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(Lanes.F, a[k + 3 * Strips.ROW]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
            x = FloatVector.broadcast(Lanes.F, a[k + 4 * Strips.ROW]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            s42 = x.fma(b2, s42);
            s43 = x.fma(b3, s43);
            x = FloatVector.broadcast(Lanes.F, a[k + 5 * Strips.ROW]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            s52 = x.fma(b2, s52);
            s53 = x.fma(b3, s53);
            k++;
        }
        s00.intoArray(sums, Panels.START);
        s01.intoArray(sums, Panels.START + Lanes.N);
        s02.intoArray(sums, Panels.START + 2 * Lanes.N);
        s03.intoArray(sums, Panels.START + 3 * Lanes.N);
        s10.intoArray(sums, Panels.START + 4 * Lanes.N);
        s11.intoArray(sums, Panels.START + 5 * Lanes.N);
        s12.intoArray(sums, Panels.START + 6 * Lanes.N);
        s13.intoArray(sums, Panels.START + 7 * Lanes.N);
        s20.intoArray(sums, Panels.START + 8 * Lanes.N);
        s21.intoArray(sums, Panels.START + 9 * Lanes.N);
        s22.intoArray(sums, Panels.START + 10 * Lanes.N);
        s23.intoArray(sums, Panels.START + 11 * Lanes.N);
        s30.intoArray(sums, Panels.START + 12 * Lanes.N);
        s31.intoArray(sums, Panels.START + 13 * Lanes.N);
        s32.intoArray(sums, Panels.START + 14 * Lanes.N);
        s33.intoArray(sums, Panels.START + 15 * Lanes.N);
        s40.intoArray(sums, Panels.START + 16 * Lanes.N);
        s41.intoArray(sums, Panels.START + 17 * Lanes.N);
        s42.intoArray(sums, Panels.START + 18 * Lanes.N);
        s43.intoArray(sums, Panels.START + 19 * Lanes.N);
        s50.intoArray(sums, Panels.START + 20 * Lanes.N);
        s51.intoArray(sums, Panels.START + 21 * Lanes.N);
        s52.intoArray(sums, Panels.START + 22 * Lanes.N);
        s53.intoArray(sums, Panels.START + 23 * Lanes.N);
    }
}
