// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 2 rows × 4 vectors for rows of A in strips ({@link RowLayout}):
 * {@code c[r][v] = s[r][v]}, then {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending; its epilogue
 * puts 0 where {@code c[r][v]} is below a threshold.
 *
 * <p>The loop counts along b, so that C2 takes the checks of its indices out of it; those of A lie a constant
 * distance apart and share two.
 */
final class Tile2x4DirectBfloat16 {
    private Tile2x4DirectBfloat16() {}

    /**
     * @param a {@code [2 × depth]}, element (r, k) at
     *     {@code aOffset + r * RowLayout.STRIP_STRIDE + k}
     * @param b a panel {@code [depth × 4 vectors]}, dense, in halves of ints ({@link Bfloat16Panels})
     * @param s what the sums start from, {@code [2 × 4 vectors]}; may be c
     * @param c {@code [2 × 4 vectors]}
     * @param threshold 0 for ReLU, minus infinity for the sums as they are
     */
    static void multiply(int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset, int sStride,
            float[] c, int cOffset, int cStride, float threshold) {
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c03 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride + Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride + 2 * Lanes.N);
        FloatVector c13 = FloatVector.fromArray(Lanes.F, s, sOffset + sStride + 3 * Lanes.N);
        int end = bOffset + depth * (2 * Lanes.N);
        int ak = aOffset;
        for (int bk = bOffset; bk < end; bk += 2 * Lanes.N) {
            IntVector w0 = IntVector.fromArray(Lanes.I, b, bk);
            FloatVector b0 = w0.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats();
            FloatVector b1 = w0.lanewise(VectorOperators.LSHR, Bfloat16Panels.HALF)
                    .lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats();
            IntVector w1 = IntVector.fromArray(Lanes.I, b, bk + Lanes.N);
            FloatVector b2 = w1.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats();
            FloatVector b3 = w1.lanewise(VectorOperators.LSHR, Bfloat16Panels.HALF)
                    .lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats();
            FloatVector x = FloatVector.broadcast(Lanes.F, a[ak]);
            c00 = x.fma(b0, c00);
            c01 = x.fma(b1, c01);
            c02 = x.fma(b2, c02);
            c03 = x.fma(b3, c03);
            x = FloatVector.broadcast(Lanes.F, a[ak + RowLayout.STRIP_STRIDE]);
            c10 = x.fma(b0, c10);
            c11 = x.fma(b1, c11);
            c12 = x.fma(b2, c12);
            c13 = x.fma(b3, c13);
            ak++;
        }
        c00.blend(0f, c00.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset);
        c01.blend(0f, c01.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + Lanes.N);
        c02.blend(0f, c02.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 2 * Lanes.N);
        c03.blend(0f, c03.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + 3 * Lanes.N);
        c10.blend(0f, c10.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride);
        c11.blend(0f, c11.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride + Lanes.N);
        c12.blend(0f, c12.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride + 2 * Lanes.N);
        c13.blend(0f, c13.compare(VectorOperators.LT, threshold)).intoArray(c, cOffset + cStride + 3 * Lanes.N);
    }
}
