// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 2 rows × 2 vectors for rows of A in a panel as wide as the tile:
 * {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending; its epilogue
 * puts 0 where {@code c[r][v]} is below a threshold.
 *
 * <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
 * distance apart and share two.
 */
final class Tile2x2DirectPanel {
    private Tile2x2DirectPanel() {}

    /**
     * @param a {@code [2 × depth]}, element (r, k) at
     *     {@code aOffset + r * (2 * Lanes.N) + k}
     * @param b a panel {@code [depth × 2 vectors]}, dense
     * @param s what the sums start from, {@code [2 × 2 vectors]}; may be c
     * @param c {@code [2 × 2 vectors]}
     * @param threshold 0 for ReLU, minus infinity for the sums as they are
     */
    static void multiply(int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, int sStride,
            float[] c, int cOffset, int cStride, float threshold) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride + Lanes.N);
        int end = bOffset + depth * (2 * Lanes.N);
        int ak = aOffset;
        for (int bk = bOffset; bk < end; bk += 2 * Lanes.N) {
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, bk);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, bk + Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            x = FloatVector.broadcast(Lanes.F, a[ak + (2 * Lanes.N)]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            ak++;
        }
        c00.blend(0f, c00.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset);
        c01.blend(0f, c01.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + Lanes.N);
        c10.blend(0f, c10.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride);
        c11.blend(0f, c11.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride + Lanes.N);
    }
}
