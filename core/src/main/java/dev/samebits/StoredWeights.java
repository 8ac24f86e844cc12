package dev.samebits;

import java.util.Objects;

/**
 * The weights of a layer, {@code [rows × columns]}, immutable: two bytes each where all are bfloat16 numbers, else floats.
 */
final class StoredWeights {
    private static final int LOW = 0xffff;

    private final int rows;
    private final int columns;
    // One of the two is null.
    private final float[] floats;
    private final short[] halves;

    private StoredWeights(int rows, int columns, float[] floats, short[] halves) {
        this.rows = rows;
        this.columns = columns;
        this.floats = floats;
        this.halves = halves;
    }

    /** A copy of a matrix. */
    static StoredWeights of(Matrix matrix) {
        int rows = matrix.rows();
        int columns = matrix.columns();
        if (!fitHalves(matrix)) {
            return new StoredWeights(rows, columns, matrix.copy().data(), null);
        }
        short[] halves = new short[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                halves[i * columns + j] = (short) (Float.floatToRawIntBits(matrix.get(i, j)) >>> Short.SIZE);
            }
        }
        return new StoredWeights(rows, columns, null, halves);
    }

    // Bit for bit, so of any NaN too.
    private static boolean fitHalves(Matrix matrix) {
        float[] data = matrix.data();
        for (int i = 0; i < matrix.rows(); i++) {
            int row = matrix.rowOffset(i);
            for (int j = row; j < row + matrix.columns(); j++) {
                if ((Float.floatToRawIntBits(data[j]) & LOW) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** How many they are. */
    int count() {
        return rows * columns;
    }

    /** The weights row by row, from 0 on. */
    float at(int index) {
        return halves == null ? floats[index] : Bfloat16.value(halves[index]);
    }

    float get(int row, int column) {
        return at(Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns));
    }

    /** Copies one row to where an array has room for it. */
    void copyRow(int row, float[] target, int offset) {
        int from = Objects.checkIndex(row, rows) * columns;
        if (halves == null) {
            System.arraycopy(floats, from, target, offset, columns);
            return;
        }
        Objects.checkFromIndexSize(offset, columns, target.length);
        for (int j = 0; j < columns; j++) {
            target[offset + j] = Bfloat16.value(halves[from + j]);
        }
    }

    /**
     * Copies rows by their numbers, which are floats in a column, each one stride further on than the one before it. To copy
     * an array of one number takes longer than to assign it.
     */
    void gather(Matrix numbers, int column, float[] target, int offset, int stride) {
        float[] ids = numbers.data();
        int from = numbers.offset() + column;
        if (halves != null || columns > 1) {
            for (int n = 0; n < numbers.rows(); n++) {
                copyRow((int) ids[from + n * numbers.stride()], target, offset + n * stride);
            }
            return;
        }
        for (int n = 0; n < numbers.rows(); n++) {
            target[offset + n * stride] = floats[(int) ids[from + n * numbers.stride()]];
        }
    }

    /** Whether all are bfloat16 numbers. */
    boolean areBfloat16() {
        if (halves == null) {
            for (float w : floats) {
                if (!Bfloat16.holds(w)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A fresh copy. */
    Matrix toMatrix() {
        Matrix matrix = Matrix.zeros(rows, columns);
        float[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = at(i);
        }
        return matrix;
    }
}
