package dev.samebits.simd;

/**
 * The micro-kernel of 8 rows × 1 column, without vectors: {@code c[r] = fma(a[r][k], b[k], …)} for k ascending, from {@code s[r]}. A
 * vector would compute as many columns as it has lanes, for one that is wanted. Four steps a turn: what a turn costs besides its fma
 * would otherwise cost more than they do.
 */
final class Tile8Column {
    private Tile8Column() {}

    /**
     * @param a {@code [8 × depth]}, rows {@code aRow} apart
     * @param b the first column of a panel of one vector, {@code [depth]}, from {@code bAt}
     * @param s what the sums start from, {@code sRow} apart; may be c
     * @param c 8 sums, side by side
     */
    static void multiply(int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] s, int sAt, int sRow, float[] c, int cAt) {
        int a1 = aAt + aRow;
        int a2 = aAt + 2 * aRow;
        int a3 = aAt + 3 * aRow;
        int a4 = aAt + 4 * aRow;
        int a5 = aAt + 5 * aRow;
        int a6 = aAt + 6 * aRow;
        int a7 = aAt + 7 * aRow;
        float s0 = s[sAt];
        float s1 = s[sAt + sRow];
        float s2 = s[sAt + 2 * sRow];
        float s3 = s[sAt + 3 * sRow];
        float s4 = s[sAt + 4 * sRow];
        float s5 = s[sAt + 5 * sRow];
        float s6 = s[sAt + 6 * sRow];
        float s7 = s[sAt + 7 * sRow];
        int k = 0;
        int row = bAt;
        for (; k < depth - 3; k += 4) {
            float w0 = b[row];
            float w1 = b[row + Lanes.N];
            float w2 = b[row + 2 * Lanes.N];
            float w3 = b[row + 3 * Lanes.N];
            s0 = Math.fma(a[aAt + k], w0, s0);
            s0 = Math.fma(a[aAt + k + 1], w1, s0);
            s0 = Math.fma(a[aAt + k + 2], w2, s0);
            s0 = Math.fma(a[aAt + k + 3], w3, s0);
            s1 = Math.fma(a[a1 + k], w0, s1);
            s1 = Math.fma(a[a1 + k + 1], w1, s1);
            s1 = Math.fma(a[a1 + k + 2], w2, s1);
            s1 = Math.fma(a[a1 + k + 3], w3, s1);
            s2 = Math.fma(a[a2 + k], w0, s2);
            s2 = Math.fma(a[a2 + k + 1], w1, s2);
            s2 = Math.fma(a[a2 + k + 2], w2, s2);
            s2 = Math.fma(a[a2 + k + 3], w3, s2);
            s3 = Math.fma(a[a3 + k], w0, s3);
            s3 = Math.fma(a[a3 + k + 1], w1, s3);
            s3 = Math.fma(a[a3 + k + 2], w2, s3);
            s3 = Math.fma(a[a3 + k + 3], w3, s3);
            s4 = Math.fma(a[a4 + k], w0, s4);
            s4 = Math.fma(a[a4 + k + 1], w1, s4);
            s4 = Math.fma(a[a4 + k + 2], w2, s4);
            s4 = Math.fma(a[a4 + k + 3], w3, s4);
            s5 = Math.fma(a[a5 + k], w0, s5);
            s5 = Math.fma(a[a5 + k + 1], w1, s5);
            s5 = Math.fma(a[a5 + k + 2], w2, s5);
            s5 = Math.fma(a[a5 + k + 3], w3, s5);
            s6 = Math.fma(a[a6 + k], w0, s6);
            s6 = Math.fma(a[a6 + k + 1], w1, s6);
            s6 = Math.fma(a[a6 + k + 2], w2, s6);
            s6 = Math.fma(a[a6 + k + 3], w3, s6);
            s7 = Math.fma(a[a7 + k], w0, s7);
            s7 = Math.fma(a[a7 + k + 1], w1, s7);
            s7 = Math.fma(a[a7 + k + 2], w2, s7);
            s7 = Math.fma(a[a7 + k + 3], w3, s7);
            row += 4 * Lanes.N;
        }
        for (; k < depth; k++) {
            float w = b[row];
            s0 = Math.fma(a[aAt + k], w, s0);
            s1 = Math.fma(a[a1 + k], w, s1);
            s2 = Math.fma(a[a2 + k], w, s2);
            s3 = Math.fma(a[a3 + k], w, s3);
            s4 = Math.fma(a[a4 + k], w, s4);
            s5 = Math.fma(a[a5 + k], w, s5);
            s6 = Math.fma(a[a6 + k], w, s6);
            s7 = Math.fma(a[a7 + k], w, s7);
            row += Lanes.N;
        }
        c[cAt] = s0;
        c[cAt + 1] = s1;
        c[cAt + 2] = s2;
        c[cAt + 3] = s3;
        c[cAt + 4] = s4;
        c[cAt + 5] = s5;
        c[cAt + 6] = s6;
        c[cAt + 7] = s7;
    }
}
