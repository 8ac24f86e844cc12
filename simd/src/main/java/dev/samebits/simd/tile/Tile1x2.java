package dev.samebits.simd.tile;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The micro-kernel of 1 row × 2 vectors: {@code c[r][v] = s[r][v]}, then
 * {@code c[r][v] = fma(a[r][k], b[k][v], c[r][v])} for k ascending.
 *
 * <p>It stands alone in its method, from loads of s to stores of c: with a call in front or behind, C2 gives up inlining and
 * boxes every accumulator.
 */
final class Tile1x2 {
    private Tile1x2() {}

    /**
     * @param a {@code [depth]}, element k at {@code aAt + k * aStep}
     * @param b a panel {@code [depth × 2 vectors]}, row-major, dense, from {@code bAt}
     * @param s what the sums start from, {@code [2 vectors]}; may be c
     * @param c {@code [2 vectors]}
     */
    static void multiply(int depth, float[] a, int aAt, int aStep, float[] b, int bAt, float[] s, int sAt, float[] c, int cAt) {
        FloatVector s00 = FloatVector.fromArray(Lanes.F, s, sAt);
        FloatVector s01 = FloatVector.fromArray(Lanes.F, s, sAt + Lanes.N);
        for (int k = 0; k < depth; k++) {
            int row = bAt + k * (2 * Lanes.N);
            FloatVector b0 = FloatVector.fromArray(Lanes.F, b, row);
            FloatVector b1 = FloatVector.fromArray(Lanes.F, b, row + Lanes.N);
            int step = k * aStep;
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aAt + step]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
        }
        s00.intoArray(c, cAt);
        s01.intoArray(c, cAt + Lanes.N);
    }
}
