// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The micro-kernel of 1 row × 3 neighbouring panels × 2 vectors: {@code c[v] = s[v]}, then
 * {@code c[v] = fma(a[k], b[k][v], c[v])} for k ascending. With one row the weights are read once and the loads
 * are the limit: 3 panels at a time keep 3 streams of them in flight.
 */
final class Tile1x3x2Bfloat16 {
    private Tile1x3x2Bfloat16() {}

    /**
     * @param a {@code [depth]}
     * @param b 3 panels {@code [depth × 2 vectors]}, dense, one behind the other, in halves of ints ({@link Bfloat16Panels})
     * @param s what the sums start from, {@code [3 × 2 vectors]}; may be c
     * @param c {@code [3 × 2 vectors]}
     */
    static void multiply(int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset, float[] c,
            int cOffset) {
        int panel = depth * Lanes.N;
        int bOffset1 = bOffset + panel;
        int bOffset2 = bOffset + 2 * panel;
        FloatVector c00 = FloatVector.fromArray(Lanes.F, s, sOffset);
        FloatVector c01 = FloatVector.fromArray(Lanes.F, s, sOffset + Lanes.N);
        FloatVector c10 = FloatVector.fromArray(Lanes.F, s, sOffset + 2 * Lanes.N);
        FloatVector c11 = FloatVector.fromArray(Lanes.F, s, sOffset + 3 * Lanes.N);
        FloatVector c20 = FloatVector.fromArray(Lanes.F, s, sOffset + 4 * Lanes.N);
        FloatVector c21 = FloatVector.fromArray(Lanes.F, s, sOffset + 5 * Lanes.N);
        for (int k = 0; k < depth; k++) {
            int bk = k * Lanes.N;
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aOffset + k]);
            IntVector w00 = IntVector.fromArray(Lanes.I, b, bOffset + bk);
            c00 = x.fma(w00.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c00);
            c01 = x.fma(w00.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c01);
            IntVector w10 = IntVector.fromArray(Lanes.I, b, bOffset1 + bk);
            c10 = x.fma(w10.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c10);
            c11 = x.fma(w10.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c11);
            IntVector w20 = IntVector.fromArray(Lanes.I, b, bOffset2 + bk);
            c20 = x.fma(w20.lanewise(VectorOperators.LSHL, Bfloat16Panels.HALF).reinterpretAsFloats(), c20);
            c21 = x.fma(w20.and(Bfloat16Panels.UPPER).reinterpretAsFloats(), c21);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + Lanes.N);
        c10.intoArray(c, cOffset + 2 * Lanes.N);
        c11.intoArray(c, cOffset + 3 * Lanes.N);
        c20.intoArray(c, cOffset + 4 * Lanes.N);
        c21.intoArray(c, cOffset + 5 * Lanes.N);
    }
}
