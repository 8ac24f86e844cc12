package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Tiles} for rows of A that lie in {@link Strips}, each tile finished by the activation while it is in the nearest
 * cache.
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
     * @param a {@code [rows × depth]}, element (r, k) at {@code aAt + r * Strips.ROW + k}
     * @param b the panel {@code [depth × vectors]}, dense, from {@code bAt}
     * @param s what the sums start from, {@code [rows × vectors]}, rows {@code sRow} apart: c itself, or one row for all, 0
     *     apart
     * @param c {@code [rows × vectors]}, rows {@code cRow} apart
     */
    public static void multiply(Activation f, int vectors, int rows, int depth, float[] a, int aAt, float[] b, int bAt, float[] s, int sAt,
            int sRow, float[] c, int cAt, int cRow) {
        float[] sums = SUMS.take();
        int height = Tiles.height(vectors);
        int width = vectors * Lanes.N;
        int whole = vectors < 3 ? 0 : rows / height * height;
        for (int r = 0; r < whole; r += height) {
            copy(height, vectors, s, sAt + r * sRow, sRow, sums, Panels.START, width);
            if (vectors == 3) {
                Tile8x3Strip.multiply(depth, a, aAt + r * Strips.ROW, b, bAt, sums);
            } else {
                Tile6x4Strip.multiply(depth, a, aAt + r * Strips.ROW, b, bAt, sums);
            }
            if (f != null) {
                ActivationValues.apply(f, sums, Panels.START, sums, Panels.START, height * width);
            }
            copy(height, vectors, sums, Panels.START, width, c, cAt + r * cRow, cRow);
        }
        SUMS.giveBack(sums);
        if (whole < rows) {
            Tiles.multiply(vectors, rows - whole, depth, a, aAt + whole * Strips.ROW, Strips.ROW, 1, b, bAt, s, sAt + whole * sRow,
                    sRow, c, cAt + whole * cRow, cRow);
            for (int r = whole; f != null && r < rows; r++) {
                ActivationValues.apply(f, c, cAt + r * cRow, c, cAt + r * cRow, width);
            }
        }
    }

    private static void copy(int rows, int vectors, float[] from, int fromAt, int fromRow, float[] to, int toAt, int toRow) {
        int source = fromAt;
        int target = toAt;
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(Lanes.F, from, source).intoArray(to, target);
            FloatVector.fromArray(Lanes.F, from, source + Lanes.N).intoArray(to, target + Lanes.N);
            FloatVector.fromArray(Lanes.F, from, source + 2 * Lanes.N).intoArray(to, target + 2 * Lanes.N);
            if (vectors == 4) {
                FloatVector.fromArray(Lanes.F, from, source + 3 * Lanes.N).intoArray(to, target + 3 * Lanes.N);
            }
            source += fromRow;
            target += toRow;
        }
    }
}
