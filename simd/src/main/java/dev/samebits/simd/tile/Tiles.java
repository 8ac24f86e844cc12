package dev.samebits.simd.tile;

import dev.samebits.parallel.Parts;
import dev.samebits.simd.vector.Lanes;

/**
 * {@code C = S + A B} for one packed panel of B: walks down the rows of C by the rows that a tile holds in registers. Which
 * tile a panel gets depends on its vectors and the machine's registers: 8 × 3, or 6 × 4, fill the 32 of AVX-512, 5 × 4 the
 * 32 of AArch64, 6 × 2 the 16 of others.
 */
public final class Tiles {
    /** Rows of the tallest tile. */
    public static final int ROWS = 8;
    /** Rows of the tile for few rows. */
    public static final int FEW_ROWS = 4;
    /** Rows that tiles of 8 rows and of 6 both divide. */
    public static final int WHOLE_ROWS = 24;

    /**
     * Whether this is AArch64: 32 vector registers, whatever their width. C2 spreads a number over a vector by an
     * instruction of its own there, one for each row, and before it multiplies: tiles have few rows and many vectors.
     */
    static final boolean AARCH64 = System.getProperty("os.arch").equals("aarch64");

    /** Whether the tiles are those for the 32 vector registers of AVX-512. */
    public static final boolean AVX512 = Lanes.N == 16 && !AARCH64;

    /** The fewest rows that the tiles for strips take. */
    public static final int FEWEST_IN_STRIPS = AVX512 ? ROWS : 2;

    private Tiles() {}

    /**
     * @param vectors width of the panel, 1 to 4 vectors
     * @param rows of A and C, any number
     * @param a {@code [rows × depth]}, element (r, k) at {@code aOffset + r * aRowStride + k * aColumnStride}, where
     *     {@code aColumnStride} is 1 or, of a transposed matrix, {@code aRowStride} is
     * @param b the panel {@code [depth × vectors]}, dense, from {@code bOffset}
     * @param s what the sums start from, {@code [rows × vectors]}, rows {@code sStride} apart: c itself to add to it, or one
     *     row of biases or zeros for all, 0 apart
     * @param c {@code [rows × vectors]}, rows {@code cStride} apart
     */
    public static void multiply(int vectors, int rows, int depth, float[] a, int aOffset, int aRowStride, int aColumnStride,
            float[] b, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (DirectTiles.take(vectors, rows, aRowStride, aColumnStride)) {
            DirectTiles.multiply(vectors, rows, depth, a, aOffset, aRowStride, aColumnStride, b, null, bOffset, s, sOffset,
                    sStride, c, cOffset, cStride, DirectTiles.NO_THRESHOLD);
            return;
        }
        int height = height(vectors);
        for (int r = 0; r < rows; r += height) {
            int count = Math.min(height, rows - r);
            if (aColumnStride == 1 && count > 1) {
                tile(vectors, count, depth, a, aOffset + r * aRowStride, aRowStride, b, bOffset, s, sOffset + r * sStride,
                        sStride, c, cOffset + r * cStride, cStride);
            } else if (aRowStride == 1 && count == height) {
                transposedTile(vectors, depth, a, aOffset + r, aColumnStride, b, bOffset, s, sOffset + r * sStride, sStride,
                        c, cOffset + r * cStride, cStride);
            } else {
                for (int i = r; i < r + count; i++) {
                    one(vectors, depth, a, aOffset + i * aRowStride, aColumnStride, b, bOffset, s, sOffset + i * sStride, c,
                            cOffset + i * cStride);
                }
            }
        }
    }

    /**
     * {@code c = s + a B} for one row and neighbouring panels of B, several at a time.
     *
     * @param panels how B's columns are cut
     * @param a {@code [depth]}, from {@code aOffset}
     * @param b the panels, from index 0
     * @param s what the sums start from, a row of all columns from index 0
     * @param c a row of all columns, from {@code cOffset}; those of the panels named are set
     */
    public static void multiplyRow(Panels panels, int fromPanel, int toPanel, int depth, float[] a, int aOffset, float[] b,
            float[] s, float[] c, int cOffset) {
        int p = fromPanel;
        // Only full panels go together: the last may be of another width.
        for (; Panels.FULL < 4 && p + 4 <= toPanel && panels.vectorsOf(p + 3) == Panels.FULL; p += 4) {
            if (Panels.FULL == 3) {
                Tile1x4x3.multiply(depth, a, aOffset, b, panels.offset(p, depth), s, panels.from(p), c,
                        cOffset + panels.from(p));
            } else {
                Tile1x4x2.multiply(depth, a, aOffset, b, panels.offset(p, depth), s, panels.from(p), c,
                        cOffset + panels.from(p));
            }
        }
        // A single panel of four vectors would wait for its four sums in every step.
        for (; Panels.FULL > 2 && p + 2 <= toPanel && panels.vectorsOf(p) == 4 && panels.vectorsOf(p + 1) == 4; p += 2) {
            Tile1x2x4.multiply(depth, a, aOffset, b, panels.offset(p, depth), s, panels.from(p), c,
                    cOffset + panels.from(p));
        }
        for (; p < toPanel; p++) {
            one(panels.vectorsOf(p), depth, a, aOffset, 1, b, panels.offset(p, depth), s, panels.from(p), c,
                    cOffset + panels.from(p));
        }
    }

    /** Where one of some parts of the rows begins: at a whole tile, since a broken one takes as long,
     *  but anywhere where there are tiles for any number. */
    public static int fromRow(int part, int parts, int rows) {
        return Parts.from(part, parts, rows, !AVX512 ? 1 : rows < parts * ROWS ? FEW_ROWS : ROWS);
    }

    /** Rows of the tile for a panel of so many vectors. */
    static int height(int vectors) {
        if (AARCH64 && vectors > 2) {
            return vectors == 4 ? 5 : FEW_ROWS;
        }
        return vectors == 4 || vectors == 2 && !AVX512 ? 6 : 8;
    }

    private static void tile(int vectors, int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int bStride = vectors * Lanes.N;
        switch (vectors) {
            case 4 -> {
                if (AARCH64) {
                    Tile5x4.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                } else {
                    Tile6x4.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                }
            }
            case 3 -> {
                if (rows <= FEW_ROWS) {
                    Tile4x3.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                } else {
                    Tile8x3.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                }
            }
            case 2 -> {
                if (AVX512) {
                    Tile8x2.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                } else {
                    Tile6x2.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c, cOffset,
                            cStride);
                }
            }
            default -> Tile8x1.multiply(rows, depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                    cOffset, cStride);
        }
    }

    // Those of two vectors, and on AArch64 of four, are DirectTiles where there are not 32 registers of AVX-512.
    private static void transposedTile(int vectors, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int bStride = vectors * Lanes.N;
        switch (vectors) {
            case 4 -> Tile6x4Transposed.multiply(depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                    cOffset, cStride);
            case 3 -> {
                if (AARCH64) {
                    Tile4x3Transposed.multiply(depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                            cOffset, cStride);
                } else {
                    Tile8x3Transposed.multiply(depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                            cOffset, cStride);
                }
            }
            case 2 -> Tile8x2Transposed.multiply(depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                    cOffset, cStride);
            default -> Tile8x1Transposed.multiply(depth, a, aOffset, aStride, b, bOffset, bStride, s, sOffset, sStride, c,
                    cOffset, cStride);
        }
    }

    private static void one(int vectors, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s,
            int sOffset, float[] c, int cOffset) {
        switch (vectors) {
            case 4 -> Tile1x4.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, c, cOffset);
            case 3 -> Tile1x3.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, c, cOffset);
            case 2 -> Tile1x2.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, c, cOffset);
            default -> Tile1x1.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, c, cOffset);
        }
    }
}
