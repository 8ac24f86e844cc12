package dev.samebits.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A table in aligned columns, to be read on a terminal and in a page alike. */
final class MarkdownTable {
    private final List<List<String>> lines = new ArrayList<>();

    /** @param head the names of the columns; one that ends in a colon has numbers, on the right */
    MarkdownTable(String... head) {
        lines.add(List.of(head));
    }

    void row(String... cells) {
        lines.add(List.of(cells).stream().map(cell -> cell.replace("|", "\\|")).toList());
    }

    boolean isEmpty() {
        return lines.size() == 1;
    }

    String text() {
        int columns = lines.get(0).size();
        StringBuilder out = new StringBuilder();
        List<String> head = lines.get(0).stream().map(name -> name.replace(":", "")).toList();
        int[] widths = new int[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = Math.max(4, lines.stream().mapToInt(line -> length(line.get(column))).max().orElse(0));
        }
        line(head, widths, out);
        List<String> rule = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            rule.add("-".repeat(widths[c] - 1) + (isNumber(c) ? ":" : "-"));
        }
        line(rule, widths, out);
        lines.stream().skip(1).forEach(cells -> line(cells, widths, out));
        return out.toString();
    }

    private boolean isNumber(int column) {
        return lines.get(0).get(column).endsWith(":");
    }

    private void line(List<String> cells, int[] widths, StringBuilder out) {
        out.append('|');
        for (int c = 0; c < widths.length; c++) {
            String gap = " ".repeat(widths[c] - length(cells.get(c)));
            out.append(' ').append(isNumber(c) ? gap + cells.get(c) : cells.get(c) + gap).append(" |");
        }
        out.append('\n');
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
