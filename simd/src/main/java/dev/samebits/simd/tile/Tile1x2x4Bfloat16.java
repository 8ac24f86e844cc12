// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 1 row × 2 neighbouring panels × 4 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the weights are read once and the loads
 * are the limit: 2 panels at a time keep 2 streams of them in flight.
 */
final class Tile1x2x4Bfloat16 {
    private Tile1x2x4Bfloat16() {}

    /**
     * @param a {@code [depth]}
     * @param b 2 panels {@code [depth × 4 vectors]}, dense, one behind the other, in halves of ints ({@link Bfloat16Panels})
     * @param s what the sums start from, {@code [2 × 4 vectors]}; may be c
     * @param c {@code [2 × 4 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset, float[] c,
            int cOffset) {
        int panel = depth * (2 * Lanes.N);
        int bOffset1 = bOffset + panel;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c02 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c03 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * Lanes.N);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + 5 * Lanes.N);
        FloatVector c12 = FloatVector.fromArray(Lanes.F, s, sOffset + 6 * Lanes.N);
        FloatVector c13 = FloatVector.fromArray(Lanes.F, s, sOffset + 7 * Lanes.N);
        for (int k = 0; k < depth; k++) {
            int bk = k * (2 * Lanes.N);
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            IntVector w00 = IntVector.fromArray(Lanes.I, b, bOffset + bk);
            c00 = x.fma(w00.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c00);
            c01 = x.fma(w00.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c01);
            IntVector w01 = IntVector.fromArray(Lanes.I, b, bOffset + bk + Lanes.N);
            c02 = x.fma(w01.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c02);
            c03 = x.fma(w01.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c03);
            IntVector w10 = IntVector.fromArray(Lanes.I, b, bOffset1 + bk);
            c10 = x.fma(w10.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c10);
            c11 = x.fma(w10.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c11);
            IntVector w11 = IntVector.fromArray(Lanes.I, b, bOffset1 + bk + Lanes.N);
            c12 = x.fma(w11.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c12);
            c13 = x.fma(w11.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c13);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c02.intoArray(c, cOffset + 2 * Lanes.N);
        c03.intoArray(c, cOffset + 3 * Lanes.N);
        c10.intoArray(c, cOffset + 4 * Lanes.N);
        c11.intoArray(c, cOffset + 5 * Lanes.N);
        c12.intoArray(c, cOffset + 6 * Lanes.N);
        c13.intoArray(c, cOffset + 7 * Lanes.N);
    }
}
