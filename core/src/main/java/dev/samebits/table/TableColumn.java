package dev.samebits.table;

import java.util.List;

/**
 * A raw column of a table, and how its fields become numbers of a network's row. Immutable and thread-safe, compared by
 * value.
 *
 * @since 0.1.0
 */
public sealed interface TableColumn permits NumberColumn, CategoryColumn, TruthColumn {
    /** {@return what the column is called; not blank} */
    String name();

    /** {@return how many numbers of the row it makes} */
    int width();

    /** {@return what these numbers are called, such as {@code job=clerk}; as many as the {@link #width}} */
    List<String> rowNames();

    /** {@return whether its fields are text for an ONNX file; else they are floats} */
    boolean isText();

    /**
     * Makes the numbers of a field.
     *
     * @param field as it stands in the table; blanks at its ends do not count
     * @param row receives {@link #width} numbers
     * @param at index of the first of them
     * @return what was found
     * @throws IndexOutOfBoundsException if the row has no room for them
     */
    Cell put(String field, float[] row, int at);

    /**
     * Whether a field, without blanks at its ends, is one of the words that stand for a missing number: nothing, {@code ?},
     * {@code NA}, {@code N/A}, {@code #N/A}, {@code NaN}, {@code null} or {@code none}.
     *
     * @param text a field
     * @return whether it is missing
     */
    static boolean isMissing(String text) {
        return Words.MISSING.contains(text);
    }

    /**
     * Whether a field, without blanks at its ends, is one of the words that {@link TruthColumn} takes.
     *
     * @param text a field
     * @return whether it is true or false
     */
    static boolean isTruth(String text) {
        return Words.TRUE.contains(text) || Words.FALSE.contains(text);
    }
}
