package dev.samebits.bench.report;

import dev.samebits.bench.results.Entry;
import dev.samebits.bench.results.Results;
import dev.samebits.bench.results.RowResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The rows of the goals that were measured, each with its figure, its forks, and whether the goal is met. */
public final class GoalTable {
    private final List<RowResult> rows;

    public GoalTable(Results results) {
        rows = RowResult.of(results);
    }

    /** Whether no row of the goals was measured. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The table in Markdown. */
    public String text() {
        MarkdownTable table = new MarkdownTable("row", "JDK", "against", "measured:", "yardstick:", "figure:", "forks:",
                "undisturbed:", "goal", "verdict");
        for (RowResult row : rows) {
            double[] figures = row.figures();
            table.row(row.row().name(), row.jdk(), row.row().against(), value(row, row.own()), value(row, row.yardstick()),
                    number(row.figure()), number(Arrays.stream(figures).min().orElseThrow()) + "–"
                    + number(Arrays.stream(figures).max().orElseThrow()),
                    Double.isNaN(row.undisturbed()) ? "" : number(row.undisturbed()),
                    row.row().goal() == null ? "" : row.row().goal().text(),
                    (row.verdict() + (row.isSteady() ? "" : " ◆")).strip());
        }
        return table.text();
    }

    /** How many goals there are, how many are met, and how many figures are at fault. */
    public String summary() {
        long faults = rows.stream().filter(RowResult::isAboveLimit).count();
        return rows.stream().filter(RowResult::isMet).count() + " of "
                + rows.stream().filter(row -> row.row().goal() != null).count() + " goals are met."
                + (faults == 0 ? "" : " Of " + faults + (faults == 1 ? " row the figure is" : " rows the figures are")
                        + " above the limit, which is a fault of the measurement: measure again on a quiet machine.");
    }

    private static String value(RowResult row, double[] values) {
        return values.length == 0 ? "" : row.row().unit().text(Entry.median(values));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    }
}
