package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The tiles for 16 registers, of 6, 5, 4, 3 and 2 rows and 2 vectors, and those of up to 5 rows and 4 vectors for AArch64. Any
 * number of rows is made of them: for rows of A that lie a constant distance apart, see {@link #take}. ReLU is done in the
 * tile; another activation runs over some tiles' sums at a time, which are then copied to C.
 */
final class DirectTiles {
    // Rows of the tallest tile of 2 vectors: what C2 has registers for. It is not known where between 17 and 25 that became
    // less on x86-64.
    private static final int HEIGHT = Tiles.AARCH64 || Runtime.version().feature() < 21 ? 6 : 5;
    static final float NO_THRESHOLD = Float.NEGATIVE_INFINITY;
    /** Rows that an activation takes at a time: their sums stay in the nearest cache. */
    private static final int STAGED_ROWS = 60;
    private static final Pool<float[]> STAGES =
            new Pool<>(64, () -> new float[Panels.START + STAGED_ROWS * Panels.WIDEST]);

    private DirectTiles() {}

    /** Whether there is a tile for such rows of A and such a panel of B; for what they mean see {@link Tiles#multiply}. */
    static boolean take(int vectors, int rows, int aRowStride, int aColumnStride) {
        return !Tiles.AVX512 && (vectors == 2 || isFour(vectors)) && rows > 1
                && (aColumnStride == 1 ? isConstant(aRowStride, vectors) : aRowStride == 1);
    }

    /** Whether there is a tile for {@link Bfloat16Panels} and rows of A so far apart. */
    static boolean take(int vectors, int rows, int aStride) {
        return aStride != vectors * Lanes.N && take(vectors, rows, aStride, 1);
    }

    private static boolean isConstant(int aRowStride, int vectors) {
        return aRowStride == RowLayout.STRIP_STRIDE || aRowStride == RowLayout.SHORT_STRIDE || aRowStride == vectors * Lanes.N;
    }

    private static boolean isFour(int vectors) {
        return Tiles.AARCH64 && vectors == 4;
    }

    /** Rows of the tallest tile. */
    static int height(int vectors) {
        return isFour(vectors) ? 5 : HEIGHT;
    }

    /** As {@link StripTiles#multiply}. */
    static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aOffset, int aStride, float[] b,
            int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (take(vectors, rows, aStride, 1)) {
            multiply(f, vectors, rows, depth, a, aOffset, aStride, b, null, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride);
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
    static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aOffset, int aStride, float[] b,
            int[] pairs, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (f == null || f.kind() == Activation.Kind.RELU) {
            multiply(vectors, rows, depth, a, aOffset, aStride, 1, b, pairs, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, f == null ? NO_THRESHOLD : 0);
            return;
        }
        int width = vectors * Lanes.N;
        float[] stage = STAGES.take();
        for (int r = 0; r < rows; r += STAGED_ROWS) {
            int count = Math.min(STAGED_ROWS, rows - r);
            multiply(vectors, count, depth, a, aOffset + r * aStride, aStride, 1, b, pairs, bOffset, s,
                    sOffset + r * sStride, sStride, stage, Panels.START, width, NO_THRESHOLD);
            ActivationValues.apply(f, stage, Panels.START, stage, Panels.START, count * width);
            copy(vectors, count, stage, c, cOffset + r * cStride, cStride);
        }
        STAGES.giveBack(stage);
    }

    /** As {@link Tiles#multiply}, for what these {@link #take}; then 0 where a sum is below the threshold. */
    static void multiply(int vectors, int rows, int depth, float[] a, int aOffset, int aRowStride, int aColumnStride,
            float[] b, int[] pairs, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride,
            float threshold) {
        // Tiles of about the same height: four rows and more but for a few small numbers.
        int r = 0;
        for (int left = Parts.quotientUp(rows, height(vectors)); left > 0; left--) {
            int height = Parts.quotientUp(rows - r, left);
            int from = aOffset + r * aRowStride;
            int start = sOffset + r * sStride;
            int to = cOffset + r * cStride;
            if (pairs == null) {
                floats(vectors, height, depth, a, from, aRowStride, aColumnStride, b, bOffset, s, start, sStride, c, to,
                        cStride, threshold);
            } else {
                halves(vectors, height, depth, a, from, aRowStride, pairs, bOffset, s, start, sStride, c, to, cStride,
                        threshold);
            }
            r += height;
        }
    }

    private static void floats(int vectors, int height, int depth, float[] a, int aOffset, int aRowStride, int aColumnStride,
            float[] b, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride,
            float threshold) {
        if (isFour(vectors)) {
            FourVectorTiles.multiply(height, depth, a, aOffset, aRowStride, aColumnStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
        } else {
            TwoVectorTiles.multiply(height, depth, a, aOffset, aRowStride, aColumnStride, b, bOffset, s, sOffset, sStride, c,
                    cOffset, cStride, threshold);
        }
    }

    private static void halves(int vectors, int height, int depth, float[] a, int aOffset, int aStride, int[] b, int bOffset,
            float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride, float threshold) {
        if (isFour(vectors)) {
            FourVectorBfloat16Tiles.multiply(height, depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        } else {
            TwoVectorBfloat16Tiles.multiply(height, depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride, threshold);
        }
    }

    private static void copy(int vectors, int rows, float[] stage, float[] c, int cOffset, int cStride) {
        int source = Panels.START;
        int target = cOffset;
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(Lanes.F, stage, source).intoArray(c, target);
            FloatVector.fromArray(Lanes.F, stage, source + Lanes.N).intoArray(c, target + Lanes.N);
            if (isFour(vectors)) {
                FloatVector.fromArray(Lanes.F, stage, source + 2 * Lanes.N).intoArray(c, target + 2 * Lanes.N);
                FloatVector.fromArray(Lanes.F, stage, source + 3 * Lanes.N).intoArray(c, target + 3 * Lanes.N);
            }
            source += vectors * Lanes.N;
            target += cStride;
        }
    }
}
