package dev.samebits.cli.data;

import dev.samebits.Matrix;
import java.util.Arrays;

/**
 * What one thread needs to get from the bytes of a block to its text: the rows of floats, which so stay in its core's cache.
 * Grows as needed. Not thread-safe.
 */
public final class WorkSpace {
    /** Inputs {@code [rows × columns]}. */
    public float[] x = {};
    private float[] y = {};

    /** Makes room for inputs of at least this many rows. */
    public void ensureInputs(int count, int columns) {
        if (x.length < (long) count * columns) {
            // Twice as many, so that a block that grows row by row is copied a few times only.
            x = Arrays.copyOf(x, Math.multiplyExact(count < 64 ? count : 2 * count, columns));
        }
    }

    public Matrix inputs(int rows, int columns) {
        return Matrix.view(x, 0, rows, columns, columns);
    }

    /** The outputs, with what they held before. */
    public Matrix outputs(int rows, int columns) {
        if (y.length < (long) rows * columns) {
            y = new float[Math.multiplyExact(rows, columns)];
        }
        return Matrix.view(y, 0, rows, columns, columns);
    }
}
