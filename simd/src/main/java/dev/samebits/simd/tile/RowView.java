package dev.samebits.simd.tile;

/**
 * Where rows of a layer's input or output lie in an array, as {@link RowLayout} has it. Set anew for every use: nothing is
 * allocated.
 */
public final class RowView {
    public float[] data;
    /** Floats between two rows. */
    public int stride;
    /** Columns of a strip. */
    public int width;
    private int first;
    private int stripStride;

    /** So many rows of an array that begins with them. */
    public RowView set(float[] array, RowLayout layout, int rows) {
        return set(array, 0, layout.stride, layout.width, layout.stripStride(rows));
    }

    /** Whole rows, so many columns wide. */
    public RowView set(float[] array, int offset, int rowStride, int columns) {
        return set(array, offset, rowStride, columns, 0);
    }

    /** A single number for each row, side by side from the array's begin. */
    public RowView setColumn(float[] array) {
        return set(array, 0, 1, 1, 0);
    }

    private RowView set(float[] array, int offset, int rowStride, int columns, int betweenStrips) {
        data = array;
        first = offset;
        stride = rowStride;
        width = columns;
        stripStride = betweenStrips;
        return this;
    }

    /** Whether rows are as far apart as in strips, so that the tiles for them can read these. */
    public boolean inStrips() {
        return stride == RowLayout.STRIP_STRIDE || stride == RowLayout.SHORT_STRIDE && !Tiles.AVX512;
    }

    /** Whether rows are single numbers, side by side. */
    public boolean isColumn() {
        return stride == 1;
    }

    /** Where a column of the first row is. */
    public int offset(int column) {
        return column < width ? first + column : first + column / width * stripStride + column % width;
    }

    /** The first column behind the strip of a column. */
    public int stripEnd(int column) {
        return column < width ? width : column - column % width + width;
    }
}
