package dev.samebits.simd;

import jdk.incubator.vector.FloatVector;

/**
 * {@code C += A B} for one packed panel of B: walks down the rows of C by the rows that a tile holds in registers. Which tile a
 * panel gets depends on its vectors: 8 × 3 fills the 32 registers of 512-bit machines, 6 × 2 the 16 of AVX2.
 */
final class Tiles {
    /** Rows of the tallest tile: blocks of rows are multiples of it. */
    static final int ROWS = 8;

    private Tiles() {}

    /**
     * @param vectors width of the panel, 1 to 3 vectors
     * @param rows of A and C, any number
     * @param a {@code [rows × depth]}, rows {@code aRow} apart
     * @param b the panel {@code [depth × vectors]}, dense
     * @param c {@code [rows × vectors]}, rows {@code cRow} apart, added to
     */
    static void multiply(int vectors, int rows, int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt,
            int cRow) {
        int height = vectors == 2 && Lanes.N < 16 ? 6 : ROWS;
        // Tiles take two steps of depth at a time.
        int even = depth & -2;
        for (int r = 0; r < rows; r += height) {
            int count = Math.min(height, rows - r);
            if (count == 1) {
                one(vectors, depth, a, aAt + r * aRow, b, bAt, c, cAt + r * cRow);
            } else {
                tile(vectors, count, even, a, aAt + r * aRow, aRow, b, bAt, c, cAt + r * cRow, cRow);
                if (even < depth) {
                    lastStep(vectors, count, a, aAt + r * aRow + even, aRow, b, bAt + even * vectors * Lanes.N, c,
                            cAt + r * cRow, cRow);
                }
            }
        }
    }

    private static void lastStep(int vectors, int rows, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c, int cAt,
            int cRow) {
        for (int r = 0; r < rows; r++) {
            FloatVector x = FloatVector.broadcast(Lanes.F, a[aAt + r * aRow]);
            for (int v = 0; v < vectors * Lanes.N; v += Lanes.N) {
                int at = cAt + r * cRow + v;
                x.fma(FloatVector.fromArray(Lanes.F, b, bAt + v), FloatVector.fromArray(Lanes.F, c, at)).intoArray(c, at);
            }
        }
    }

    /**
     * {@code c += a B} for one row and neighbouring panels of B, several at a time.
     *
     * @param panels how B's columns are cut
     * @param a {@code [depth]}
     * @param b the panels, from index 0
     * @param c a row of all columns; those of the panels named are added to
     */
    static void multiplyRow(Panels panels, int fromPanel, int toPanel, int depth, float[] a, int aAt, float[] b, float[] c,
            int cAt) {
        int p = fromPanel;
        // Only full panels go together: the last may be narrower.
        for (; p + 4 <= toPanel && panels.vectorsOf(p + 3) == Panels.FULL; p += 4) {
            if (Panels.FULL == 3) {
                Tile1x4x3.multiply(depth, a, aAt, b, panels.at(p, depth), c, cAt + panels.from(p));
            } else {
                Tile1x4x2.multiply(depth, a, aAt, b, panels.at(p, depth), c, cAt + panels.from(p));
            }
        }
        for (; p < toPanel; p++) {
            one(panels.vectorsOf(p), depth, a, aAt, b, panels.at(p, depth), c, cAt + panels.from(p));
        }
    }

    private static void tile(int vectors, int rows, int depth, float[] a, int aAt, int aRow, float[] b, int bAt, float[] c,
            int cAt, int cRow) {
        if (vectors == 3 && rows > 4) {
            Tile8x3.multiply(rows, depth, a, aAt, aRow, b, bAt, c, cAt, cRow);
        } else if (vectors == 3) {
            Tile4x3.multiply(rows, depth, a, aAt, aRow, b, bAt, c, cAt, cRow);
        } else if (vectors == 2 && rows > 6) {
            Tile8x2.multiply(rows, depth, a, aAt, aRow, b, bAt, c, cAt, cRow);
        } else if (vectors == 2) {
            Tile6x2.multiply(rows, depth, a, aAt, aRow, b, bAt, c, cAt, cRow);
        } else {
            Tile8x1.multiply(rows, depth, a, aAt, aRow, b, bAt, c, cAt, cRow);
        }
    }

    private static void one(int vectors, int depth, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        switch (vectors) {
            case 3 -> Tile1x3.multiply(depth, a, aAt, b, bAt, c, cAt);
            case 2 -> Tile1x2.multiply(depth, a, aAt, b, bAt, c, cAt);
            default -> Tile1x1.multiply(depth, a, aAt, b, bAt, c, cAt);
        }
    }
}
