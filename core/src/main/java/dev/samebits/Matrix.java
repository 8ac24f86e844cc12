package dev.samebits;

import java.util.Objects;

/**
 * A row-major view of a float array: element (r, c) is {@code data[offset + r * stride + c]}.
 *
 * <p>The view is immutable, the elements are not: a {@code Matrix} is how callers lend their own buffers to a kernel
 * without copying. Two views may share one array. Thread-safe as far as the array is not written meanwhile.
 *
 * @since 0.1.0
 */
public final class Matrix {
    private final float[] data;
    private final int offset;
    private final int rows;
    private final int columns;
    private final int stride;

    private Matrix(float[] data, int offset, int rows, int columns, int stride) {
        this.data = data;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
    }

    /**
     * A new matrix of zeros, {@code [rows × columns]}.
     *
     * @param rows may be 0
     * @param columns at least 1
     * @return a view of a whole new array
     * @throws IllegalArgumentException if rows is negative, columns is not positive, or the product exceeds an array
     */
    public static Matrix zeros(int rows, int columns) {
        checkShape(rows, columns);
        long elements = (long) rows * columns;
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a matrix of " + rows + " × " + columns + " has " + elements
                    + " elements, more than a Java array holds: split its rows");
        }
        return new Matrix(new float[(int) elements], 0, rows, columns, columns);
    }

    /**
     * A view of a whole array as {@code [rows × columns]}.
     *
     * @param rows may be 0
     * @param columns at least 1
     * @param data the array, row by row, not copied
     * @return a view of it
     * @throws IllegalArgumentException if the array's length is not rows · columns
     */
    public static Matrix of(int rows, int columns, float... data) {
        checkShape(rows, columns);
        if (data.length != (long) rows * columns) {
            throw new IllegalArgumentException("a matrix of " + rows + " × " + columns + " needs " + (long) rows * columns
                    + " elements, but the array has " + data.length);
        }
        return new Matrix(data, 0, rows, columns, columns);
    }

    /**
     * A view of a whole array as one row, {@code [1 × data.length]}.
     *
     * @param data the array, not copied
     * @return a view of it
     * @throws IllegalArgumentException if the array is empty
     */
    public static Matrix row(float... data) {
        return of(1, data.length, data);
    }

    /**
     * A view of a part of an array.
     *
     * @param data the array, not copied
     * @param offset index of element (0, 0)
     * @param rows may be 0
     * @param columns at least 1
     * @param stride elements from one row to the next, at least {@code columns}
     * @return a view of that part
     * @throws IllegalArgumentException if the view would leave the array
     */
    public static Matrix view(float[] data, int offset, int rows, int columns, int stride) {
        Objects.requireNonNull(data, "data");
        checkShape(rows, columns);
        long end = rows == 0 ? offset : offset + (rows - 1L) * stride + columns;
        if (offset < 0 || stride < columns || end > data.length) {
            throw new IllegalArgumentException("a view of " + rows + " × " + columns + " at offset " + offset
                    + " with stride " + stride + " needs elements 0 to " + end + ", but the array has " + data.length
                    + " (and a stride must be at least the columns)");
        }
        return new Matrix(data, offset, rows, columns, stride);
    }

    private static void checkShape(int rows, int columns) {
        if (rows < 0 || columns < 1) {
            throw new IllegalArgumentException(
                    "a matrix needs at least 0 rows and 1 column, not " + rows + " × " + columns);
        }
    }

    /** {@return the array this is a view of, not a copy} */
    public float[] data() {
        return data;
    }

    /** {@return the index in {@link #data()} of element (0, 0)} */
    public int offset() {
        return offset;
    }

    /** {@return the number of rows, perhaps 0} */
    public int rows() {
        return rows;
    }

    /** {@return the number of columns, at least 1} */
    public int columns() {
        return columns;
    }

    /** {@return the elements from one row to the next} */
    public int stride() {
        return stride;
    }

    /**
     * Where a row begins.
     *
     * @param r the row, not checked
     * @return the index in {@link #data()} of its first element
     */
    public int rowOffset(int r) {
        return offset + r * stride;
    }

    /**
     * One element.
     *
     * @param r its row
     * @param c its column
     * @return its value
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public float get(int r, int c) {
        return data[offset + Objects.checkIndex(r, rows) * stride + Objects.checkIndex(c, columns)];
    }

    /**
     * Changes one element.
     *
     * @param r its row
     * @param c its column
     * @param value its new value
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public void set(int r, int c, float value) {
        data[offset + Objects.checkIndex(r, rows) * stride + Objects.checkIndex(c, columns)] = value;
    }

    /**
     * The rows {@code from} to {@code from + count - 1} of this view, sharing its array.
     *
     * @param from the first
     * @param count how many; 0 is allowed
     * @return a view of them
     * @throws IndexOutOfBoundsException if they are not all rows of this view
     */
    public Matrix rows(int from, int count) {
        Objects.checkFromIndexSize(from, count, rows);
        // An empty view may start behind the last row, where the array may already have ended.
        return new Matrix(data, count == 0 ? offset : rowOffset(from), count, columns, stride);
    }

    /**
     * The columns {@code from} to {@code from + count - 1} of this view, sharing its array.
     *
     * @param from the first
     * @param count how many, at least 1
     * @return a view of them
     * @throws IndexOutOfBoundsException if they are not all columns of this view, or there is none
     */
    public Matrix columns(int from, int count) {
        if (count < 1) {
            throw new IndexOutOfBoundsException("a view needs at least 1 column, not " + count);
        }
        Objects.checkFromIndexSize(from, count, columns);
        return new Matrix(data, offset + from, rows, count, stride);
    }

    /**
     * Whether any element of this view is an element of the other one, in the same array. Views of other columns of the same
     * rows do not overlap.
     *
     * @param other the other view
     * @return whether they share an element
     */
    public boolean overlaps(Matrix other) {
        if (data != other.data) {
            return false;
        }
        // Rows ascend in both: of two that do not meet, the first is done with.
        int r = 0;
        int s = 0;
        while (r < rows && s < other.rows) {
            int mine = rowOffset(r);
            int its = other.rowOffset(s);
            if (mine + columns <= its) {
                r++;
            } else if (its + other.columns <= mine) {
                s++;
            } else {
                return true;
            }
        }
        return false;
    }

    /** {@return a dense copy with an array of its own} */
    public Matrix copy() {
        Matrix copy = zeros(rows, columns);
        copyTo(copy);
        return copy;
    }

    /**
     * Copies the elements into another matrix of the same shape.
     *
     * @param target where they go
     * @throws IllegalArgumentException if the shapes differ
     */
    public void copyTo(Matrix target) {
        if (target.rows != rows || target.columns != columns) {
            throw new IllegalArgumentException("cannot copy " + this + " into " + target + ": the shapes differ");
        }
        for (int r = 0; r < rows; r++) {
            System.arraycopy(data, rowOffset(r), target.data, target.rowOffset(r), columns);
        }
    }

    /** The shape, as in {@code 3 × 4}. */
    @Override
    public String toString() {
        return rows + " × " + columns;
    }
}
