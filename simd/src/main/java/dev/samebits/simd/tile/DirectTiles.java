package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The tiles for 16 registers, of 6, 5, 4, 3 and 2 rows, of which any number of rows is made: for rows of A that lie a constant
 * distance apart, see {@link #take}. ReLU is done in the tile; another activation runs over some tiles' sums at a time,
 * which are then copied to C.
 */
final class DirectTiles {
    /** Rows of the tallest tile: what C2 has registers for. It is not known where between 17 and 25 that became less. */
    static final int HEIGHT = Runtime.version().feature() < 21 ? 6 : 5;
    private static final int VECTORS = 2;
    private static final int PANEL_STRIDE = VECTORS * Lanes.N;
    static final float NO_THRESHOLD = Float.NEGATIVE_INFINITY;
    /** Rows that an activation takes at a time: their sums stay in the nearest cache. */
    private static final int STAGED_ROWS = 60;
    private static final Pool<float[]> STAGES =
            new Pool<>(64, () -> new float[Panels.START + STAGED_ROWS * VECTORS * Lanes.N]);

    private DirectTiles() {}

    /** Whether there is a tile for such rows of A and such a panel of B; for what they mean see {@link Tiles#multiply}. */
    static boolean take(int vectors, int rows, int aRowStride, int aColumnStride) {
        return !Tiles.MANY_REGISTERS && vectors == VECTORS && rows > 1
                && (aColumnStride == 1 ? isConstant(aRowStride) : aRowStride == 1);
    }

    /** Whether there is a tile for {@link Bfloat16Panels} and rows of A so far apart. */
    static boolean take(int vectors, int rows, int aStride) {
        return aStride != PANEL_STRIDE && take(vectors, rows, aStride, 1);
    }

    private static boolean isConstant(int aRowStride) {
        return aRowStride == RowLayout.STRIP_STRIDE || aRowStride == RowLayout.SHORT_STRIDE || aRowStride == PANEL_STRIDE;
    }

    /** As {@link StripTiles#multiply}. */
    static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aOffset, int aStride, float[] b,
            int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (take(vectors, rows, aStride, 1)) {
            multiply(f, rows, depth, a, aOffset, aStride, b, null, bOffset, s, sOffset, sStride, c, cOffset, cStride);
            return;
        }
        Tiles.multiply(vectors, rows, depth, a, aOffset, aStride, 1, b, bOffset, s, sOffset, sStride, c, cOffset, cStride);
        for (int r = 0; f != null && r < rows; r++) {
            ActivationValues.apply(f, c, cOffset + r * cStride, c, cOffset + r * cStride, vectors * Lanes.N);
        }
    }

    /**
     * The same, for what these {@link #take}.
     *
     * @param b the panel, or null
     * @param pairs then the panel in halves of ints, see {@link Bfloat16Panels}
     */
    static void multiply(Activation f, int rows, int depth, float[] a, int aOffset, int aStride, float[] b, int[] pairs,
            int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (f == null || f.kind() == Activation.Kind.RELU) {
            multiply(rows, depth, a, aOffset, aStride, 1, b, pairs, bOffset, s, sOffset, sStride, c, cOffset, cStride,
                    f == null ? NO_THRESHOLD : 0);
            return;
        }
        int width = VECTORS * Lanes.N;
        float[] stage = STAGES.take();
        for (int r = 0; r < rows; r += STAGED_ROWS) {
            int count = Math.min(STAGED_ROWS, rows - r);
            multiply(count, depth, a, aOffset + r * aStride, aStride, 1, b, pairs, bOffset, s, sOffset + r * sStride, sStride,
                    stage, Panels.START, width, NO_THRESHOLD);
            ActivationValues.apply(f, stage, Panels.START, stage, Panels.START, count * width);
            copy(count, stage, c, cOffset + r * cStride, cStride);
        }
        STAGES.giveBack(stage);
    }

    /** As {@link Tiles#multiply}, for what these {@link #take}; then 0 where a sum is below the threshold. */
    static void multiply(int rows, int depth, float[] a, int aOffset, int aRowStride, int aColumnStride, float[] b,
            int[] pairs, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride,
            float threshold) {
        // Tiles of about the same height: four rows and more but for a few small numbers.
        int r = 0;
        for (int left = Parts.quotientUp(rows, HEIGHT); left > 0; left--) {
            int height = Parts.quotientUp(rows - r, left);
            int from = aOffset + r * aRowStride;
            int start = sOffset + r * sStride;
            int to = cOffset + r * cStride;
            if (pairs != null) {
                Bfloat16Tiles.multiply(aRowStride, height, depth, a, from, pairs, bOffset, s, start, sStride, c, to, cStride,
                        threshold);
            } else if (aColumnStride != 1) {
                transposed(height, depth, a, from, aColumnStride, b, bOffset, s, start, sStride, c, to, cStride, threshold);
            } else if (aRowStride == RowLayout.STRIP_STRIDE) {
                strips(height, depth, a, from, b, bOffset, s, start, sStride, c, to, cStride, threshold);
            } else if (aRowStride == RowLayout.SHORT_STRIDE) {
                shortStrips(height, depth, a, from, b, bOffset, s, start, sStride, c, to, cStride, threshold);
            } else {
                panel(height, depth, a, from, b, bOffset, s, start, sStride, c, to, cStride, threshold);
            }
            r += height;
        }
    }

    private static void strips(int height, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
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

    private static void panel(int height, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
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
