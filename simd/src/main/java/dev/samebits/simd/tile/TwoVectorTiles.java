// Written by TileWriter in this module's tests, and not by hand: it says how to change a tile or to add one.
package dev.samebits.simd.tile;

/** Which of the {@link DirectTiles} of 2 vectors takes some rows: of 6, 5, 4, 3 or 2. */
final class TwoVectorTiles {
    private TwoVectorTiles() {}

    /** {@link DirectTiles#multiply} for the rows of one tile. */
    static void multiply(int height, int depth, float[] a, int aOffset, int aRowStride, int aColumnStride, float[] b,
            int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        if (aColumnStride != 1) {
            transposed(height, depth, a, aOffset, aColumnStride, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
        } else if (aRowStride == RowLayout.STRIP_STRIDE) {
            strips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else if (aRowStride == RowLayout.SHORT_STRIDE) {
            shortStrips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else {
            panel(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        }
    }

    private static void strips(int height, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 5 -> Tile5x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 4 -> Tile4x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 3 -> Tile3x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            default -> Tile2x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
        }
    }

    private static void shortStrips(int height, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 5 -> Tile5x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 4 -> Tile4x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 3 -> Tile3x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            default -> Tile2x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
        }
    }

    private static void panel(int height, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectPanel.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 5 -> Tile5x2DirectPanel.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 4 -> Tile4x2DirectPanel.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            case 3 -> Tile3x2DirectPanel.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
            default -> Tile2x2DirectPanel.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    threshold);
        }
    }

    private static void transposed(int height, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectTransposed.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
            case 5 -> Tile5x2DirectTransposed.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
            case 4 -> Tile4x2DirectTransposed.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
            case 3 -> Tile3x2DirectTransposed.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
            default -> Tile2x2DirectTransposed.multiply(depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
        }
    }
}
