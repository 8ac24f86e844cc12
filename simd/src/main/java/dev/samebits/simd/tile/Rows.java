package dev.samebits.simd.tile;

/**
 * Where rows of a layer's input or output lie in an array, as {@link Strips} has it. Set anew for every use: nothing is
 * allocated.
 */
public final class Rows {
    public float[] data;
    /** Floats between two rows. */
    public int row;
    /** Columns of a strip. */
    public int width;
    private int at;
    private int strip;

    /** So many rows of an array that begins with them. */
    public Rows set(float[] array, Strips strips, int rows) {
        return set(array, 0, strips.row, strips.width, strips.distance(rows));
    }

    /** Rows in one piece, so many columns wide, any distance apart. */
    public Rows set(float[] array, int first, int distance, int columns) {
        return set(array, first, distance, columns, 0);
    }

    private Rows set(float[] array, int first, int distance, int columns, int stripDistance) {
        data = array;
        at = first;
        row = distance;
        width = columns;
        strip = stripDistance;
        return this;
    }

    /** Where a column begins. */
    public int column(int c) {
        return c < width ? at + c : at + c / width * strip + c % width;
    }

    /** Where the strip of a column ends. */
    public int stripEnd(int c) {
        return c < width ? width : c - c % width + width;
    }
}
