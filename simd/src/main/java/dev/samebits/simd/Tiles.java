package dev.samebits.simd;

/**
 * {@code C += A B} for one packed panel of B: walks down the rows of C five at a time, the rows and columns that a tile holds in
 * registers. Tiles of five rows by four vectors fill the 32 registers of 512-bit machines, two vectors the 16 of AVX2.
 */
final class Tiles {
    /** Vectors in a full panel. */
    static final int PANEL_VECTORS = Lanes.N == 16 ? 4 : 2;
    /** Columns in a full panel. */
    static final int PANEL_WIDTH = PANEL_VECTORS * Lanes.N;
    /** Rows of a full tile. */
    static final int ROWS = 5;

    private Tiles() {}

    /**
     * @param vectors width of the panel, 1 to 4 vectors
     * @param rows of A and C, any number
     * @param a {@code [rows × depth]}, element (r, k) at {@code aAt + r * aRow + k * aStep}
     * @param b the panel {@code [depth × vectors]}, dense, from {@code bAt}
     * @param c {@code [rows × vectors]}, rows {@code cRow} apart, added to
     */
    static void multiply(int vectors, int rows, int depth, float[] a, int aAt, int aRow, int aStep, float[] b, int bAt,
            float[] c, int cAt, int cRow) {
        for (int r = 0; r < rows; r += ROWS) {
            int count = Math.min(ROWS, rows - r);
            if (count == 1) {
                one(vectors, depth, a, aAt + r * aRow, aStep, b, bAt, c, cAt + r * cRow);
            } else {
                five(vectors, count, depth, a, aAt + r * aRow, aRow, aStep, b, bAt, c, cAt + r * cRow, cRow);
            }
        }
    }

    private static void five(int vectors, int rows, int depth, float[] a, int aAt, int aRow, int aStep, float[] b, int bAt,
            float[] c, int cAt, int cRow) {
        switch (vectors) {
            case 4 -> Tile5x4.multiply(rows, depth, a, aAt, aRow, aStep, b, bAt, c, cAt, cRow);
            case 3 -> Tile5x3.multiply(rows, depth, a, aAt, aRow, aStep, b, bAt, c, cAt, cRow);
            case 2 -> Tile5x2.multiply(rows, depth, a, aAt, aRow, aStep, b, bAt, c, cAt, cRow);
            default -> Tile5x1.multiply(rows, depth, a, aAt, aRow, aStep, b, bAt, c, cAt, cRow);
        }
    }

    private static void one(int vectors, int depth, float[] a, int aAt, int aStep, float[] b, int bAt, float[] c, int cAt) {
        switch (vectors) {
            case 4 -> Tile1x4.multiply(depth, a, aAt, aStep, b, bAt, c, cAt);
            case 3 -> Tile1x3.multiply(depth, a, aAt, aStep, b, bAt, c, cAt);
            case 2 -> Tile1x2.multiply(depth, a, aAt, aStep, b, bAt, c, cAt);
            default -> Tile1x1.multiply(depth, a, aAt, aStep, b, bAt, c, cAt);
        }
    }
}
