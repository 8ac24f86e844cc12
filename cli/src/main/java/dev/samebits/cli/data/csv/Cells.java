package dev.samebits.cli.data.csv;

import dev.samebits.cli.console.Problem;
import dev.samebits.table.Cell;
import java.nio.charset.StandardCharsets;

/** What makes numbers of the fields of some columns, for one thread. */
public interface Cells {
    /** How many numbers of a row they make. */
    int width();

    /**
     * Makes the numbers of a field.
     *
     * @param input the column's place among those columns
     * @param text bytes of the file as characters of the same numbers
     * @param row receives the numbers
     * @param at where the row begins
     */
    Cell read(int input, char[] text, int from, int length, float[] row, int at);

    /** What is wrong with a field that was bad. */
    String fault(CsvTable table, int column, int input, String field);

    /** How to mend it; the line as {@link CsvTable#mendField} counts it. */
    String mend(CsvTable table, int input, int line, String field);

    /** The text of bytes that stand in characters of the same numbers. */
    static String text(char[] text, int from, int length) {
        return new String(new String(text, from, length).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A field in a message. */
    static String shown(String field) {
        return "'" + Problem.shortened(field.strip()) + "'";
    }
}
