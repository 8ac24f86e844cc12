package dev.samebits.table;

/**
 * What a {@link TableColumn} found in a field.
 *
 * @since 0.1.0
 */
public enum Cell {
    /** A value that the column knows. */
    VALUE,
    /** Nothing, in place of which the column has put what it fills with. */
    MISSING,
    /** A category that no training row had: {@link CategoryColumn} says what stands for it. */
    UNKNOWN,
    /** What the column does not take: text for a number, or nothing where it has nothing to fill with. NaN stands for it. */
    BAD
}
