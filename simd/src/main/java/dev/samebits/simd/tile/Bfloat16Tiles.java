package dev.samebits.simd.tile;

/** {@link DirectTiles} for {@link Bfloat16Panels} and rows of A in strips. */
final class Bfloat16Tiles {
    private Bfloat16Tiles() {}

    /** So many rows as a tile has. */
    static void multiply(int aStride, int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        if (aStride == RowLayout.STRIP_STRIDE) {
            strips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else {
            shortStrips(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        }
    }

    private static void strips(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 6 -> Tile6x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 5 -> Tile5x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 4 -> Tile4x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 3 -> Tile3x2DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
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
