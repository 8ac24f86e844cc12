package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link StripTiles} for 16 registers: tiles of 5, 4, 3 and 2 rows, of which any number of rows is made. ReLU is done in the
 * tile; another activation runs over some tiles' sums at a time, which are then copied to C.
 */
final class DirectTiles {
    /** Rows of the tallest tile. */
    private static final int HEIGHT = 5;
    private static final int VECTORS = 2;
    /** Rows that an activation takes at a time: their sums stay in the nearest cache. */
    private static final int STAGED_ROWS = 10 * HEIGHT;
    private static final Pool<float[]> STAGES =
            new Pool<>(64, () -> new float[Panels.START + STAGED_ROWS * VECTORS * Lanes.N]);

    private DirectTiles() {}

    /** As {@link StripTiles#multiply}; panels of one vector are what {@link Tiles} has for them. */
    static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aOffset, int aStride, float[] b,
            int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int width = vectors * Lanes.N;
        if (vectors != VECTORS || rows == 1) {
            Tiles.multiply(vectors, rows, depth, a, aOffset, aStride, 1, b, bOffset, s, sOffset, sStride, c, cOffset, cStride);
            for (int r = 0; f != null && r < rows; r++) {
                ActivationValues.apply(f, c, cOffset + r * cStride, c, cOffset + r * cStride, width);
            }
        } else if (f == null || f.kind() == Activation.Kind.RELU) {
            float threshold = f == null ? Float.NEGATIVE_INFINITY : 0;
            multiply(rows, depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c, cOffset, cStride, threshold);
        } else {
            float[] stage = STAGES.take();
            for (int r = 0; r < rows; r += STAGED_ROWS) {
                int count = Math.min(STAGED_ROWS, rows - r);
                multiply(count, depth, a, aOffset + r * aStride, aStride, b, bOffset, s, sOffset + r * sStride, sStride,
                        stage, Panels.START, width, Float.NEGATIVE_INFINITY);
                ActivationValues.apply(f, stage, Panels.START, stage, Panels.START, count * width);
                copy(count, stage, c, cOffset + r * cStride, cStride);
            }
            STAGES.giveBack(stage);
        }
    }

    // Tiles of about the same height: 5 and 4 rows but for numbers below 12.
    private static void multiply(int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        int tiles = Parts.quotientUp(rows, HEIGHT);
        int r = 0;
        for (int left = tiles; left > 0; left--) {
            int height = Parts.quotientUp(rows - r, left);
            tile(height, depth, a, aOffset + r * aStride, aStride, b, bOffset, s, sOffset + r * sStride, sStride, c,
                    cOffset + r * cStride, cStride, threshold);
            r += height;
        }
    }

    private static void tile(int height, int depth, float[] a, int aOffset, int aStride, float[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        boolean isShort = aStride == RowLayout.SHORT_STRIDE;
        switch (height) {
            case 5 -> {
                if (isShort) {
                    Tile5x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                } else {
                    Tile5x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                }
            }
            case 4 -> {
                if (isShort) {
                    Tile4x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                } else {
                    Tile4x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                }
            }
            case 3 -> {
                if (isShort) {
                    Tile3x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                } else {
                    Tile3x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                }
            }
            default -> {
                if (isShort) {
                    Tile2x2DirectShort.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                } else {
                    Tile2x2Direct.multiply(depth, a, aOffset, b, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                            threshold);
                }
            }
        }
    }

    private static void copy(int rows, float[] stage, float[] c, int cOffset, int cStride) {
        int source = Panels.START;
        int target = cOffset;
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(Lanes.F, stage, source).intoArray(c, target);
            FloatVector.fromArray(Lanes.F, stage, source + Lanes.N).intoArray(c, target + Lanes.N);
            source += VECTORS * Lanes.N;
            target += cStride;
        }
    }
}
