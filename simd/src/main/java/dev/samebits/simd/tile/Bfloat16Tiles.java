package dev.samebits.simd.tile;

/** Which of the {@link DirectTiles} for {@link Bfloat16Panels} takes some rows, which lie in strips. */
final class Bfloat16Tiles {
    private Bfloat16Tiles() {}

    /** {@link DirectTiles#multiply} for the rows of one tile. */
    static void multiply(int vectors, int height, int depth, float[] a, int aOffset, int aStride, int[] b, int bOffset,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        boolean isShort = aStride == RowLayout.SHORT_STRIDE;
        if (vectors == 4 && isShort) {
            shortFour(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else if (vectors == 4) {
            four(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else if (isShort) {
            shortTwo(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else {
            two(height, depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        }
    }

    private static void two(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
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

    private static void shortTwo(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
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

    private static void four(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
        switch (height) {
            case 5 -> Tile5x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 4 -> Tile4x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            case 3 -> Tile3x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
            default -> Tile2x4DirectBfloat16.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }

    private static void shortFour(int height, int depth, float[] a, int aOffset, int[] b, int bOffset, float[] s, int sOffset,
            int sStride, float[] c, int cOffset, int cStride, float threshold) {
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
