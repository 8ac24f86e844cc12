// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 5 rows × 2 vectors for rows of A in a panel as wide as the tile:
 * {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending; its epilogue
 * puts 0 where {@code c[r][v]} is below a threshold.
 *
 * <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
 * distance apart and share two.
 */
final class Tile5x2DirectPanel {
    private Tile5x2DirectPanel() {}

    /**
     * @param a {@code [5 × depth]}, element (r, k) at
     *     {@code aOffset + r * (2 * Lanes.N) + k}
     * @param b a panel {@code [depth × 2 vectors]}, dense
     * @param s what the sums start from, {@code [5 × 2 vectors]}; may be c
     * @param c {@code [5 × 2 vectors]}
     * @param threshold 0 for ReLU, minus infinity for the sums as they are
     */
    static void multiply(int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset, int sStride,
            float[] c, int cOffset, int cStride, float threshold) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride + Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * sStride);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * sStride + Lanes.N);
        FloatVector c30 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * sStride);
        FloatVector c31 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * sStride + Lanes.N);
        FloatVector c40 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * sStride);
        FloatVector c41 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * sStride + Lanes.N);
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
            x = FloatVector.broadcast(Lanes.F, a[ak + 2 * (2 * Lanes.N)]);
            c20 = x.fma(b0, c20);
            c21 = x.fma(b1, c21);
            x = FloatVector.broadcast(Lanes.F, a[ak + 3 * (2 * Lanes.N)]);
            c30 = x.fma(b0, c30);
            c31 = x.fma(b1, c31);
            x = FloatVector.broadcast(Lanes.F, a[ak + 4 * (2 * Lanes.N)]);
            c40 = x.fma(b0, c40);
            c41 = x.fma(b1, c41);
            ak++;
        }
        c00.blend(0f, c00.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset);
        c01.blend(0f, c01.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + Lanes.N);
        c10.blend(0f, c10.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride);
        c11.blend(0f, c11.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride + Lanes.N);
        c20.blend(0f, c20.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 2 * cStride);
        c21.blend(0f, c21.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 2 * cStride + Lanes.N);
        c30.blend(0f, c30.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 3 * cStride);
        c31.blend(0f, c31.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 3 * cStride + Lanes.N);
        c40.blend(0f, c40.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 4 * cStride);
        c41.blend(0f, c41.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 4 * cStride + Lanes.N);
    }
}
