package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tiles} for rows of A that lie in strips ({@link RowLayout}), each tile finished by the activation while it is in
 * the nearest cache. These are the tiles for AVX-512; {@link DirectTiles} has the others.
 */
public final class StripTiles {
    private static final Pool<float[]> SUMS = new Pool<>(64, () -> new float[Panels.START + Tiles.ROWS * Panels.WIDEST]);

    private StripTiles() {}

    /**
     * {@code C = f(S + A B)}.
     *
     * @param f the activation, or null for none
     * @param vectors width of the panel, 1 to 4 vectors
     * @param rows of A and C, any number
     * @param a {@code [rows × depth]}, element (r, k) at {@code aOffset + r * aStride + k}
     * @param aStride any distance; what these tiles are for is one of strips, see {@link RowView#inStrips}
     * @param b the panel {@code [depth × vectors]}, dense, from {@code bOffset}
     * @param s what the sums start from, {@code [rows × vectors]}, rows {@code sStride} apart: c itself, or one row for all,
     *     0 apart
     * @param c {@code [rows × vectors]}, rows {@code cStride} apart
     */
    public static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aOffset, int aStride,
            float[] b, int bOffset, float[] s, int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        if (!Tiles.AVX512) {
            DirectTiles.multiply(f, vectors, rows, depth, a, aOffset, aStride, b, bOffset, s, sOffset, sStride, c, cOffset,
                    cStride);
            return;
        }
        float[] sums = SUMS.take();
        int height = Tiles.height(vectors);
        int width = vectors * Lanes.N;
        int whole = vectors < 3 || aStride != RowLayout.STRIP_STRIDE ? 0 : rows / height * height;
        for (int r = 0; r < whole; r += height) {
            copy(height, vectors, s, sOffset + r * sStride, sStride, sums, Panels.START, width);
            if (vectors == 3) {
                Tile8x3Strip.multiply(depth, a, aOffset + r * RowLayout.STRIP_STRIDE, b, bOffset, sums);
            } else {
                Tile6x4Strip.multiply(depth, a, aOffset + r * RowLayout.STRIP_STRIDE, b, bOffset, sums);
            }
            if (f != null) {
                ActivationValues.apply(f, sums, Panels.START, sums, Panels.START, height * width);
            }
            copy(height, vectors, sums, Panels.START, width, c, cOffset + r * cStride, cStride);
        }
        SUMS.giveBack(sums);
        if (whole < rows) {
            Tiles.multiply(vectors, rows - whole, depth, a, aOffset + whole * aStride, aStride, 1, b, bOffset, s,
                    sOffset + whole * sStride, sStride, c, cOffset + whole * cStride, cStride);
            for (int r = whole; f != null && r < rows; r++) {
                ActivationValues.apply(f, c, cOffset + r * cStride, c, cOffset + r * cStride, width);
            }
        }
    }

    private static void copy(int rows, int vectors, float[] from, int fromOffset, int fromStride, float[] to, int toOffset,
            int toStride) {
        int source = fromOffset;
        int target = toOffset;
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(Lanes.F, from, source).intoArray(to, target);
            FloatVector.fromArray(Lanes.F, from, source + Lanes.N).intoArray(to, target + Lanes.N);
            FloatVector.fromArray(Lanes.F, from, source + 2 * Lanes.N).intoArray(to, target + 2 * Lanes.N);
            if (vectors == 4) {
                FloatVector.fromArray(Lanes.F, from, source + 3 * Lanes.N).intoArray(to, target + 3 * Lanes.N);
            }
            source += fromStride;
            target += toStride;
        }
    }
}
