package dev.samebits.spi;

/**
 * Where a value's rows lie while a block of them goes through the steps: in which buffer, from which of its columns on, how
 * many columns, and how far one row is from the next.
 */
record Place(int buffer, int from, int width, int stride) {
    /** Some columns of it. */
    Place columns(int first, int count) {
        return new Place(buffer, from + first, count, stride);
    }
}
