package dev.samebits.cli.samples;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.csv.Cells;
import dev.samebits.cli.data.csv.CsvTable;
import dev.samebits.cli.data.csv.NumberCells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What each raw column holds, by all of its fields; those that tell nothing are left out, with a warning on stderr. */
final class ColumnChoice {
    /** What a column holds. */
    enum Kind {
        NUMBER,
        CATEGORY,
        TRUTH,
        LEFT_OUT
    }

    // Of fewer rows each may well have a text of its own.
    private static final int LEAST_ROWS = 20;

    private final CsvTable table;
    private final int[] places;
    private final RawCells cells;
    private final int rows;
    private final Set<Integer> asked;

    /**
     * For columns that have been read.
     *
     * @param places where they stand in the file
     * @param asked which of them, counted from 0, the user calls columns of categories
     */
    ColumnChoice(CsvTable table, int[] places, RawCells cells, int rows, Set<Integer> asked) {
        this.table = table;
        this.places = places;
        this.cells = cells;
        this.rows = rows;
        this.asked = asked;
    }

    /** Warns on stderr of columns of numbers that count the rows: new rows have others, from which nothing follows. */
    void warnOfIds() {
        for (int c = 0; c < places.length && places.length > 1 && rows > LEAST_ROWS; c++) {
            if (cells.column(c).isRising() && !asked.contains(c)) {
                System.err.println("samebits: warning: " + Problem.oneLine(table.column(places[c]) + " holds whole numbers "
                        + "that rise from row to row, as an id or a time does, and new rows have others: " + table.file()
                        + ": leave it out with --columns unless it tells something"));
            }
        }
    }

    /** Whether all of them are numbers, in every row. */
    boolean areNumbers() {
        for (int c = 0; c < places.length; c++) {
            if (asked.contains(c) || cells.column(c).numbers() < rows) {
                return false;
            }
        }
        return true;
    }

    /** Decides on each. */
    List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (int c = 0; c < places.length; c++) {
            kinds.add(kind(c));
        }
        if (kinds.stream().allMatch(kind -> kind == Kind.LEFT_OUT)) {
            throw new Problem("no column is left for the inputs", table.file(), "check --label and --separator");
        }
        return kinds;
    }

    /** What the columns are called; different names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int place : places) {
            String name = table.names() == null ? "column_" + (place + 1) : table.names()[place];
            if (!seen.add(name)) {
                throw new Problem("two columns are called '" + Problem.shortened(name) + "'", table.file() + ", row 1",
                        "rename one, for predict to find the columns by name");
            }
            names.add(name);
        }
        return names;
    }

    private Kind kind(int c) {
        RawColumn column = cells.column(c);
        String where = table.column(places[c]);
        if (column.numbers() + column.words() == 0) {
            return leftOut(where + " has no value in any row");
        }
        if (!asked.contains(c)) {
            if (column.words() == 0) {
                return Kind.NUMBER;
            }
            if (column.holdsDates()) {
                throw new Problem("dates such as '" + Problem.shortened(column.firstWord()) + "', which are not read",
                        column.firstWordPlace(), "make columns of numbers of them, such as year, month and days since then,"
                                + " or choose the others with --columns");
            }
            if (column.holdsTruths()) {
                return Kind.TRUTH;
            }
            if (column.words() < column.numbers()) {
                throw bad(c, column);
            }
        }
        int different = column.texts().size();
        if (different == 1) {
            return leftOut(where + " has one value in every row");
        }
        if (rows > LEAST_ROWS && (different == rows || column.isOverflown() && !asked.contains(c))) {
            return leftOut(where + (column.isOverflown() ? " has more than " + RawColumn.MOST_TEXTS + " different texts"
                    : " has another text in every row") + ", as a name or an id does");
        }
        return Kind.CATEGORY;
    }

    // A field that is no number, where most are.
    private Problem bad(int c, RawColumn column) {
        String word = column.firstWord();
        Cells numbers = new NumberCells(1);
        String mend = numbers.mend(table, 0, column.isInFirstRow() ? 0 : -1, word);
        boolean usual = mend.contains("--columns");
        return new Problem(numbers.fault(table, places[c], 0, word), column.firstWordPlace(), usual
                ? "mend the field, or give --categories " + name(c) + " if the column holds no quantity" : mend);
    }

    private String name(int c) {
        return table.names() == null ? String.valueOf(places[c] + 1) : table.names()[places[c]];
    }

    private Kind leftOut(String why) {
        System.err.println("samebits: warning: " + Problem.oneLine(why + ", and is left out: " + table.file()
                + ": choose the others with --columns"));
        return Kind.LEFT_OUT;
    }
}
