package dev.samebits.gpu;

/**
 * Rows of numbers in a program's work array.
 *
 * @param offset where the first row starts
 * @param stride from the start of a row to the start of the next
 * @param columns numbers that count in each row; what lies between them and the next row is padding
 */
record Rows(int offset, int stride, int columns) {
    /** The first columns of rows that lie where these do, as far apart as tiles write so many. */
    Rows of(int fewer) {
        return new Rows(offset, Panels.padded(fewer), fewer);
    }
}
