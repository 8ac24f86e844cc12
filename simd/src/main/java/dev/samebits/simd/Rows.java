package dev.samebits.simd;

/** Where rows of a layer's input or output lie in an array, as {@link Strips} has it. Set anew for every use: nothing is allocated. */
final class Rows {
    float[] data;
    int row;
    int width;
    private int at;
    private int strip;

    /** So many rows of an array that begin at {@code first}. */
    Rows set(float[] array, int first, Strips strips, int rows) {
        return set(array, first, strips.row, strips.width(rows), strips.distance(rows));
    }

    /** Rows side by side, any distance apart, to be summed {@code depth} columns in one go. */
    Rows set(float[] array, int first, int distance, int depth) {
        return set(array, first, distance, depth, depth);
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
    int column(int c) {
        return c < width ? at + c : at + c / width * strip + c % width;
    }

    /** Where the strip of a column ends. */
    int stripEnd(int c) {
        return c < width ? width : c - c % width + width;
    }
}
