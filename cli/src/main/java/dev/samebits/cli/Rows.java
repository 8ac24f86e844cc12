package dev.samebits.cli;

import dev.samebits.Matrix;

/** Rows of numbers read one after the other in constant memory. Not thread-safe. */
interface Rows extends AutoCloseable {
    /** Width of a row. */
    int columns();

    /** Number of rows, or −1 if only reading tells. */
    long size();

    /**
     * Reads the next rows.
     *
     * @return how many: as many as the matrix has, fewer at the end, 0 behind it
     */
    int read(Matrix into);

    /** Where row {@code number} of the rows read, from 0, stands in the file, for messages. */
    String place(long number);

    /** The names of the columns, or null if the file has none. */
    String[] names();

    @Override
    void close();
}
