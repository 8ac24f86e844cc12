package dev.samebits.table;

import java.util.List;

/**
 * A column of numbers: {@code (x − offset) · factor}, two float operations, each rounded once. Where a number is missing,
 * {@code fill} stands for x. Immutable, compared by value.
 *
 * @param name what the column is called
 * @param fill what stands for a missing number; NaN if none may be missing
 * @param flagged whether a second number follows: 1 where the first is missing, else 0
 * @param offset what is subtracted, finite
 * @param factor what is multiplied with, finite
 * @since 0.1.0
 */
public record NumberColumn(String name, float fill, boolean flagged, float offset, float factor) implements TableColumn {
    /**
     * Checks the numbers.
     *
     * @param name what the column is called
     * @param fill what stands for a missing number
     * @param flagged whether a second number tells where
     * @param offset what is subtracted
     * @param factor what is multiplied with
     * @throws IllegalArgumentException if the name is blank, the fill is infinite, or offset or factor are not finite
     */
    public NumberColumn {
        name = Preparation.checkedName(name);
        if (!Float.isFinite(offset) || !Float.isFinite(factor) || Float.isInfinite(fill)) {
            throw new IllegalArgumentException("the column " + name + " has the offset " + offset + ", the factor " + factor
                    + " and " + fill + " for what is missing: give finite ones");
        }
        // NaN is no number to fill with, whatever its bits.
        fill = Float.isNaN(fill) ? Float.NaN : fill;
        // Nothing is subtracted in one way only.
        offset = offset == 0 ? 0 : offset;
    }

    /**
     * A column as its training rows are.
     *
     * @param name what the column is called
     * @param statistics of the training rows
     * @param scaling how the numbers are brought to about the size of 1
     * @param filling what stands for a missing number; with {@link Filling#FLAG} a second number says where, if a
     *     training row lacks one
     * @return the column
     */
    public static NumberColumn of(String name, ColumnStatistics statistics, Scaling scaling, Filling filling) {
        return new NumberColumn(name, filling.value(statistics), filling == Filling.FLAG && statistics.missing() > 0,
                scaling.offset(statistics), scaling.factor(statistics));
    }

    @Override
    public int width() {
        return flagged ? 2 : 1;
    }

    @Override
    public List<String> rowNames() {
        return flagged ? List.of(name, name + " missing") : List.of(name);
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public Cell put(String field, float[] row, int at) {
        String text = field.strip();
        float value = Words.number(text);
        if (Float.isNaN(value) && !TableColumn.isMissing(text)) {
            put(Float.NaN, row, at);
            row[at] = Float.NaN;
            return Cell.BAD;
        }
        return put(value, row, at);
    }

    /**
     * Makes the numbers of a number.
     *
     * @param value the number, NaN if it is missing
     * @param row receives {@link #width} numbers
     * @param at index of the first of them
     * @return {@link Cell#VALUE}, {@link Cell#MISSING}, or {@link Cell#BAD} for an infinite one and for a missing one that
     *     nothing stands for
     * @throws IndexOutOfBoundsException if the row has no room for them
     */
    public Cell put(float value, float[] row, int at) {
        boolean missing = Float.isNaN(value);
        row[at] = ((missing ? fill : value) - offset) * factor;
        if (flagged) {
            row[at + 1] = missing ? 1 : 0;
        }
        if (Float.isInfinite(value) || missing && Float.isNaN(fill)) {
            row[at] = Float.NaN;
            return Cell.BAD;
        }
        return missing ? Cell.MISSING : Cell.VALUE;
    }

    /** One line, as in {@code age: number, (x − 38.5) · 0.073, 38.5 where it is missing}. */
    @Override
    public String toString() {
        String scaled = offset == 0 && factor == 1 ? "" : ", (x − " + offset + ") · " + factor;
        return name + ": number" + scaled
                + (Float.isNaN(fill) ? ", none may be missing" : ", " + fill + " where it is missing")
                + (flagged ? ", and a flag there" : "");
    }
}
