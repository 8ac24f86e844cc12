package dev.samebits.table;

import java.util.List;

/**
 * A column of true and false: 1 for {@code true}, {@code yes}, {@code t} and {@code y}, 0 for {@code false}, {@code no},
 * {@code f} and {@code n}, each in lower case, with a capital or in capitals. Immutable, compared by value.
 *
 * @param name what the column is called
 * @param fill what stands for a missing field, as by {@link TableColumn#isMissing}; NaN if none may be missing
 * @param flagged whether a second number follows: 1 where the first is missing, else 0
 * @since 0.1.0
 */
public record TruthColumn(String name, float fill, boolean flagged) implements TableColumn {
    /**
     * Checks the number.
     *
     * @param name what the column is called
     * @param fill what stands for a missing field
     * @param flagged whether a second number tells where
     * @throws IllegalArgumentException if the name is blank, or the fill is infinite
     */
    public TruthColumn {
        name = Preparation.checkedName(name);
        if (Float.isInfinite(fill)) {
            throw new IllegalArgumentException("the column " + name + " has " + fill
                    + " for what is missing: give a finite number");
        }
        fill = Float.isNaN(fill) ? Float.NaN : fill;
    }

    /**
     * A column as its training rows are.
     *
     * @param name what the column is called
     * @param statistics of the training rows, as 1 and 0
     * @param filling what stands for a missing field; with {@link Filling#FLAG} a second number says where, if a
     *     training row lacks one
     * @return the column
     */
    public static TruthColumn of(String name, ColumnStatistics statistics, Filling filling) {
        return new TruthColumn(name, filling.value(statistics), filling == Filling.FLAG && statistics.missing() > 0);
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
        return true;
    }

    @Override
    public Cell put(String field, float[] row, int at) {
        String text = field.strip();
        boolean missing = TableColumn.isMissing(text);
        row[at] = valueOf(text);
        if (flagged) {
            row[at + 1] = missing ? 1 : 0;
        }
        return Float.isNaN(row[at]) ? Cell.BAD : missing ? Cell.MISSING : Cell.VALUE;
    }

    private float valueOf(String text) {
        if (Words.TRUE.contains(text)) {
            return 1;
        }
        return Words.FALSE.contains(text) ? 0 : TableColumn.isMissing(text) ? fill : Float.NaN;
    }

    /** {@return the words that are 1} */
    public static List<String> trueWords() {
        return Words.TRUE;
    }

    /** {@return the words that are 0} */
    public static List<String> falseWords() {
        return Words.FALSE;
    }

    /** {@return the words that are missing} */
    public static List<String> missingWords() {
        return Words.MISSING;
    }

    /** One line, as in {@code member: true or false, 0.25 where it is missing}. */
    @Override
    public String toString() {
        return name + ": true or false"
                + (Float.isNaN(fill) ? ", none may be missing" : ", " + fill + " where it is missing")
                + (flagged ? ", and a flag there" : "");
    }
}
