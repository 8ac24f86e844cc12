package dev.samebits.bench;

import dev.samebits.bench.plan.Result;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The results as a Markdown table in aligned columns, to be read on a terminal and pasted into a page alike. */
final class TablePrinter {
    private static final List<String> HEAD =
            List.of("row", "against", "measured", "yardstick", "figure", "all forks", "goal", "verdict");

    private TablePrinter() {}

    static void print(List<Result> results, PrintStream out) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        for (Result result : results) {
            boolean measured = result.problem() == null;
            lines.add(List.of(result.name(), result.against(), result.measured(), result.yardstick(),
                    measured ? number(result.figure()) : "",
                    measured ? number(result.low()) + " to " + number(result.high()) : "",
                    result.goalText(), result.verdict()));
        }
        int[] widths = new int[HEAD.size()];
        for (int c = 0; c < widths.length; c++) {
            int column = c;
            widths[c] = lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
        }
        out.println(line(lines.get(0), widths));
        out.println(line(HEAD.stream().map(name -> "---").toList(), widths));
        lines.stream().skip(1).forEach(line -> out.println(line(line, widths)));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int c = 0; c < widths.length; c++) {
            line.append(' ').append(cells.get(c)).append(" ".repeat(widths[c] - cells.get(c).length())).append(" |");
        }
        return line.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value);
    }
}
