// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

/** Which of the {@link DirectTiles} of 2 vectors takes some rows, for {@link Bfloat16Panels}: of 6, 5, 4, 3 or 2. */
final class TwoVectorBfloat16Tiles {
    private TwoVectorBfloat16Tiles() {}

    /** {@link DirectTiles#multiply} for the rows of one tile. */
    static void multiply(int height, int depth, float[] a, int aOffset, int aRowStride, int[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        if (aRowStride == RowLayout.STRIP_STRIDE) {
            strips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else {
            shortStrips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        }
    }

    private static void strips(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 5 -> Tile5x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 4 -> Tile4x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 3 -> Tile3x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            default -> Tile2x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }

    private static void shortStrips(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 5 -> Tile5x2DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 4 -> Tile4x2DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 3 -> Tile3x2DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            default -> Tile2x2DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }
}
