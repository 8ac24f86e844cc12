package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 8 rows × 3 vectors for rows of A in {@link Strips}: {@code sums[r][v] = fma(a[r][k], b[k][v], sums[r][v])} for k
 * ascending.
 *
 * <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant distance apart and
 * share two. 46 instructions for 24 fma, where {@link Tile8x3} has 58 to 63. The sums have an array of their own at constant places,
 * so that C2 has a register for every number of the loop: with one more it keeps some in vector registers, and each that it fetches
 * takes a turn of an FMA unit, 15 % of the speed.
 */
final class Tile8x3Strip {
    private Tile8x3Strip() {}

    /**
     * @param a {@code [8 × depth]}, element (r, k) at {@code aAt + r * Strips.ROW + k}
     * @param b a panel {@code [depth × 3 vectors]}, dense, from {@code bAt}
     * @param sums {@code [8 × 3 vectors]}, dense, from {@link Panels#START}
     */
    static void multiply(int depth, float[] a, int aAt, float[] b, int bAt, float[] sums) {
        FloatVector s00 = FloatVector.fromArray(Lanes.F, sums, Panels.START);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, sums, Panels.START + Lanes.N);
        FloatVector s02 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 2 * Lanes.N);
        FloatVector s10 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 3 * Lanes.N);
        FloatVector s11 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 4 * Lanes.N);
        FloatVector s12 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 5 * Lanes.N);
        FloatVector s20 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 6 * Lanes.N);
        FloatVector s21 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 7 * Lanes.N);
        FloatVector s22 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 8 * Lanes.N);
        FloatVector s30 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 9 * Lanes.N);
        FloatVector s31 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 10 * Lanes.N);
        FloatVector s32 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 11 * Lanes.N);
        FloatVector s40 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 12 * Lanes.N);
        FloatVector s41 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 13 * Lanes.N);
        FloatVector s42 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 14 * Lanes.N);
        FloatVector s50 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 15 * Lanes.N);
        FloatVector s51 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 16 * Lanes.N);
        FloatVector s52 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 17 * Lanes.N);
        FloatVector s60 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 18 * Lanes.N);
        FloatVector s61 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 19 * Lanes.N);
        FloatVector s62 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 20 * Lanes.N);
        FloatVector s70 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 21 * Lanes.N);
        FloatVector s71 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 22 * Lanes.N);
        FloatVector s72 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 23 * Lanes.N);
        int end = bAt + depth * (3 * Lanes.N);
        int k = aAt;
        for (int row = bAt; row < end; row += 3 * Lanes.N) {
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, row + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            x = FloatVector.broadcast(Lanes.F, a[k + Strips.ROW]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            x = FloatVector.broadcast(Lanes.F, a[k + 2 * Strips.ROW]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            x = FloatVector.broadcast(Lanes.F, a[k + 3 * Strips.ROW]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            x = FloatVector.broadcast(Lanes.F, a[k + 4 * Strips.ROW]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            s42 = x.fma(b2, s42);
            x = FloatVector.broadcast(Lanes.F, a[k + 5 * Strips.ROW]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            s52 = x.fma(b2, s52);
            x = FloatVector.broadcast(Lanes.F, a[k + 6 * Strips.ROW]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            s62 = x.fma(b2, s62);
            x = FloatVector.broadcast(Lanes.F, a[k + 7 * Strips.ROW]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
            s72 = x.fma(b2, s72);
            k++;
        }
        s00.intoArray(sums, Panels.START);
        s01.intoArray(sums, Panels.START + Lanes.N);
        s02.intoArray(sums, Panels.START + 2 * Lanes.N);
        s10.intoArray(sums, Panels.START + 3 * Lanes.N);
        s11.intoArray(sums, Panels.START + 4 * Lanes.N);
        s12.intoArray(sums, Panels.START + 5 * Lanes.N);
        s20.intoArray(sums, Panels.START + 6 * Lanes.N);
        s21.intoArray(sums, Panels.START + 7 * Lanes.N);
        s22.intoArray(sums, Panels.START + 8 * Lanes.N);
        s30.intoArray(sums, Panels.START + 9 * Lanes.N);
        s31.intoArray(sums, Panels.START + 10 * Lanes.N);
        s32.intoArray(sums, Panels.START + 11 * Lanes.N);
        s40.intoArray(sums, Panels.START + 12 * Lanes.N);
        s41.intoArray(sums, Panels.START + 13 * Lanes.N);
        s42.intoArray(sums, Panels.START + 14 * Lanes.N);
        s50.intoArray(sums, Panels.START + 15 * Lanes.N);
        s51.intoArray(sums, Panels.START + 16 * Lanes.N);
        s52.intoArray(sums, Panels.START + 17 * Lanes.N);
        s60.intoArray(sums, Panels.START + 18 * Lanes.N);
        s61.intoArray(sums, Panels.START + 19 * Lanes.N);
        s62.intoArray(sums, Panels.START + 20 * Lanes.N);
        s70.intoArray(sums, Panels.START + 21 * Lanes.N);
        s71.intoArray(sums, Panels.START + 22 * Lanes.N);
        s72.intoArray(sums, Panels.START + 23 * Lanes.N);
    }
}
