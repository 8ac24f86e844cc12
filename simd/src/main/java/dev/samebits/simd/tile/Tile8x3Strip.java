// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 8 rows × 3 vectors for rows of A in strips ({@link RowLayout}):
 * {@code sums[r][v] = fma(a[r][k], b[k][v], sums[r][v])} for k ascending.
 *
 * <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
 * distance apart and share two. The sums have an array of their own at constant places, so that C2 has a
 * register for every number of the loop: with one more it keeps some in vector registers, and each that it
 * fetches takes a turn of an FMA unit.
 */
final class Tile8x3Strip {
    private Tile8x3Strip() {}

    /**
     * @param a {@code [8 × depth]}, element (r, k) at {@code aOffset + r * RowLayout.STRIP_STRIDE + k}
     * @param b a panel {@code [depth × 3 vectors]}, dense
     * @param sums {@code [8 × 3 vectors]}, dense, from {@link Panels#START}
     */
    static void multiply(int depth, float[] a, int aOffset, float[] b, int bOffset, float[] sums) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, sums, Panels.START);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, sums, Panels.START + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 2 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 3 * Lanes.N);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 4 * Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 5 * Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 6 * Lanes.N);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 7 * Lanes.N);
        FloatVector c22 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 8 * Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 9 * Lanes.N);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 10 * Lanes.N);
        FloatVector c32 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 11 * Lanes.N);
        FloatVector c40 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 12 * Lanes.N);
        FloatVector c41 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 13 * Lanes.N);
        FloatVector c42 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 14 * Lanes.N);
        FloatVector c50 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 15 * Lanes.N);
        FloatVector c51 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 16 * Lanes.N);
        FloatVector c52 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 17 * Lanes.N);
        FloatVector c60 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 18 * Lanes.N);
        FloatVector c61 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 19 * Lanes.N);
        FloatVector c62 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 20 * Lanes.N);
        FloatVector c70 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 21 * Lanes.N);
        FloatVector c71 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 22 * Lanes.N);
        FloatVector c72 = FloatVector.fromArray(Lanes.F, sums, Panels.START + 23 * Lanes.N);
        int end = bOffset + depth * (3 * Lanes.N);
        int ak = aOffset;
        for (int bk = bOffset; bk < end; bk += 3 * Lanes.N) {
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector b2 = FloatVector.fromArray(Lanes.F, b, bk + 2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            x = FloatVector.broadcast(Lanes.F, a[ak + RowLayout.STRIP_STRIDE]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            x = FloatVector.broadcast(Lanes.F, a[ak + 2 * RowLayout.STRIP_STRIDE]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            c22 = x.fma(b2, c22);
            x = FloatVector.broadcast(Lanes.F, a[ak + 3 * RowLayout.STRIP_STRIDE]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            c32 = x.fma(b2, c32);
            x = FloatVector.broadcast(Lanes.F, a[ak + 4 * RowLayout.STRIP_STRIDE]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            c42 = x.fma(b2, c42);
            x = FloatVector.broadcast(Lanes.F, a[ak + 5 * RowLayout.STRIP_STRIDE]);
            c50 = x.fma(b0, c50);
            c51 = x.fma(b1, c51);
            c52 = x.fma(b2, c52);
            x = FloatVector.broadcast(Lanes.F, a[ak + 6 * RowLayout.STRIP_STRIDE]);
            c60 = x.fma(b0, c60);
            c61 = x.fma(b1, c61);
            c62 = x.fma(b2, c62);
            x = FloatVector.broadcast(Lanes.F, a[ak + 7 * RowLayout.STRIP_STRIDE]);
            c70 = x.fma(b0, c70);
            c71 = x.fma(b1, c71);
            c72 = x.fma(b2, c72);
            ak++;
        }
        c00.intoArray(sums, Panels.START);
        c01.intoArray(sums, Panels.START + Lanes.N);
        c02.intoArray(sums, Panels.START + 2 * Lanes.N);
        c10.intoArray(sums, Panels.START + 3 * Lanes.N);
        c11.intoArray(sums, Panels.START + 4 * Lanes.N);
        c12.intoArray(sums, Panels.START + 5 * Lanes.N);
        c20.intoArray(sums, Panels.START + 6 * Lanes.N);
        c21.intoArray(sums, Panels.START + 7 * Lanes.N);
        c22.intoArray(sums, Panels.START + 8 * Lanes.N);
        c30.intoArray(sums, Panels.START + 9 * Lanes.N);
        c31.intoArray(sums, Panels.START + 10 * Lanes.N);
        c32.intoArray(sums, Panels.START + 11 * Lanes.N);
        c40.intoArray(sums, Panels.START + 12 * Lanes.N);
        c41.intoArray(sums, Panels.START + 13 * Lanes.N);
        c42.intoArray(sums, Panels.START + 14 * Lanes.N);
        c50.intoArray(sums, Panels.START + 15 * Lanes.N);
        c51.intoArray(sums, Panels.START + 16 * Lanes.N);
        c52.intoArray(sums, Panels.START + 17 * Lanes.N);
        c60.intoArray(sums, Panels.START + 18 * Lanes.N);
        c61.intoArray(sums, Panels.START + 19 * Lanes.N);
        c62.intoArray(sums, Panels.START + 20 * Lanes.N);
        c70.intoArray(sums, Panels.START + 21 * Lanes.N);
        c71.intoArray(sums, Panels.START + 22 * Lanes.N);
        c72.intoArray(sums, Panels.START + 23 * Lanes.N);
    }
}
