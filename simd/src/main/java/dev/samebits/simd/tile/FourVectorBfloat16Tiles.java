// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

/** Which of the {@link DirectTiles} of 4 vectors takes some rows, for {@link Bfloat16Panels}: of 5, 4, 3 or 2. */
final class FourVectorBfloat16Tiles {
    private FourVectorBfloat16Tiles() {}

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
            case 5 -> Tile5x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 4 -> Tile4x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 3 -> Tile3x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            default -> Tile2x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }

    private static void shortStrips(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 5 -> Tile5x4DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 4 -> Tile4x4DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 3 -> Tile3x4DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            default -> Tile2x4DirectShortBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }
}
