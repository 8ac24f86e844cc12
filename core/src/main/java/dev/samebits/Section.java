package dev.samebits;

import java.util.Objects;

/**
 * Columns of a row that have one name: an input or an output of a {@link Network}. Immutable, compared by value.
 *
 * @param name what they are called, not blank
 * @param from the first of them, counted from 0
 * @param width how many they are
 * @since 0.1.0
 */
public record Section(String name, int from, int width) {
    /**
     * Checks what they are.
     *
     * @param name what they are called
     * @param from the first of them
     * @param width how many they are
     * @throws IllegalArgumentException if the name is blank, or the columns are none or begin before the row does
     */
    public Section {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("an input or output needs a name that is not blank");
        }
        if (from < 0 || width < 1) {
            throw new IllegalArgumentException(name + ": an input or output has at least one column, from column 0 on, not "
                    + width + " from " + from);
        }
    }

    /**
     * Its columns of whole rows.
     *
     * @param rows {@code [batch × columns]}, as the network takes or gives them
     * @return a view of them, {@code [batch × width]}, sharing the array
     * @throws IndexOutOfBoundsException if the rows do not have these columns
     */
    public Matrix of(Matrix rows) {
        return rows.columns(from, width);
    }

    /** The name and the width, as in {@code policy 5}. */
    @Override
    public String toString() {
        return name + " " + width;
    }
}
