package dev.samebits.cli.samples;

import dev.samebits.cli.data.csv.Cells;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.table.Cell;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * Fields of columns that nobody knows yet: a row holds the number in each, or NaN, and behind these the number of each one's
 * text. Not thread-safe.
 */
final class RawCells implements Cells {
    private final RawColumn[] columns;
    // Of each column the row of a block in which its first text stood.
    private final int[] firstRow;
    private boolean unplaced;
    private long rows;

    /** @param asked the places of those that the user calls columns of categories */
    RawCells(int columns, Set<Integer> asked) {
        this.columns = new RawColumn[columns];
        this.firstRow = new int[columns];
        for (int c = 0; c < columns; c++) {
            this.columns[c] = new RawColumn(asked.contains(c));
        }
    }

    RawColumn column(int index) {
        return columns[index];
    }

    @Override
    public int width() {
        return 2 * columns.length;
    }

    @Override
    public Cell read(int input, char[] text, int from, int length, float[] row, int at) {
        RawColumn column = columns[input];
        float value = RawColumn.number(text, from, length);
        rows += input == 0 ? 1 : 0;
        boolean had = column.firstWord() != null;
        row[at + input] = value;
        row[at + columns.length + input] = column.take(text, from, length, value, rows <= 1);
        if (!had && column.lacksPlace()) {
            firstRow[input] = at;
            unplaced = true;
        }
        return Cell.VALUE;
    }

    /**
     * Notes where first texts stand.
     *
     * @param at where the row begins that is taken from the block
     * @param place tells where a column's field of that row stands
     */
    void place(int at, IntFunction<String> place) {
        if (!unplaced) {
            return;
        }
        boolean left = false;
        for (int c = 0; c < columns.length; c++) {
            if (columns[c].lacksPlace() && firstRow[c] == at) {
                columns[c].firstWordAt(place.apply(c));
            }
            left |= columns[c].lacksPlace();
        }
        unplaced = left;
    }

    @Override
    public String fault(CsvTable table, int column, int input, String field) {
        throw new AssertionError("any field is taken");
    }

    @Override
    public String mend(CsvTable table, int input, int line, String field) {
        throw new AssertionError("any field is taken");
    }
}
