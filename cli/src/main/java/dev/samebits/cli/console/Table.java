package dev.samebits.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns; a column whose values, where it has some, all start with a digit is aligned to the right. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();

    public Table(String... heads) {
        rows.add(heads);
    }

    public void row(String... values) {
        rows.add(values);
    }

    /** Rows below the head. */
    public int rows() {
        return rows.size() - 1;
    }

    public void print(PrintStream out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = rows.stream().mapToInt(row -> row[column].codePointCount(0, row[column].length())).max().orElse(0);
            right[c] = rows.stream().skip(1).anyMatch(row -> !row[column].isEmpty())
                    && rows.stream().skip(1).allMatch(row -> row[column].matches("(\\d.*)?"));
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String gap = " ".repeat(widths[c] - row[c].codePointCount(0, row[c].length()));
                line.append(right[c] ? gap + row[c] : row[c] + gap).append("  ");
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
