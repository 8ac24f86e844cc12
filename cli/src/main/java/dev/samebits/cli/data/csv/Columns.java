package dev.samebits.cli.data.csv;

import dev.samebits.cli.console.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Columns of a CSV file as the user writes them: names, numbers from 1, ranges such as {@code 2-5}, or {@code last}. */
public final class Columns {
    private Columns() {}

    /** All columns but these. */
    public static int[] except(CsvTable table, int... excluded) {
        List<Integer> left = new ArrayList<>();
        for (int c = 0; c < table.columns(); c++) {
            int column = c;
            if (Arrays.stream(excluded).noneMatch(e -> e == column)) {
                left.add(c);
            }
        }
        return left.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The names of some columns of a file that has names. */
    public static List<String> names(CsvTable table, int[] columns) {
        return Arrays.stream(columns).mapToObj(column -> table.names()[column]).toList();
    }

    /**
     * The columns of these names, in the order given, wherever they stand in a file that has names.
     *
     * @param of what has those names, for messages
     */
    public static int[] named(CsvTable table, List<String> names, String of) {
        Map<String, Integer> places = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (int c = 0; c < table.columns(); c++) {
            if (places.put(table.names()[c], c) != null) {
                twice.add(table.names()[c]);
            }
        }
        List<String> missing = names.stream().filter(name -> !places.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new Problem((missing.size() == 1 ? "a column of " + of + " is missing: " : missing.size() + " columns of "
                    + of + " are missing: ") + Problem.shown(missing), table.file() + ", row 1",
                    "add or rename them, or choose the inputs by number with --columns");
        }
        names.stream().filter(twice::contains).findFirst().ifPresent(name -> {
            throw new Problem("two columns are called '" + Problem.shortened(name) + "'", table.file() + ", row 1",
                    "rename one, or choose the inputs by number with --columns");
        });
        return names.stream().mapToInt(places::get).toArray();
    }

    /** The columns of a list such as {@code 1-4,petal_width}, in the order given, from 0. */
    public static int[] parse(CsvTable table, String option, List<String> items) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (String item : items) {
            String text = item.strip();
            if (table.names() != null && Arrays.asList(table.names()).contains(text)) {
                chosen.add(one(table, option, text));
            } else if (text.matches("\\d{1,9}-\\d{1,9}")) {
                int from = number(table, option, text.substring(0, text.indexOf('-')));
                int to = number(table, option, text.substring(text.indexOf('-') + 1));
                if (to < from) {
                    throw new Problem("the range " + text + " runs backwards", option, "write the smaller number first");
                }
                for (int c = from; c <= to; c++) {
                    chosen.add(c);
                }
            } else {
                chosen.add(one(table, option, text));
            }
        }
        if (chosen.isEmpty()) {
            throw new Problem("no column is chosen", option, "give names, numbers from 1, or ranges such as 1-4");
        }
        return chosen.stream().mapToInt(Integer::intValue).toArray();
    }

    /** One column, from 0: by name where the file has names, by number from 1, or {@code last}. */
    public static int one(CsvTable table, String option, String text) {
        if (table.names() != null) {
            int index = Arrays.asList(table.names()).indexOf(text);
            if (index >= 0) {
                return index;
            }
        }
        if (text.equals("last")) {
            return table.columns() - 1;
        }
        if (text.matches("\\d{1,9}")) {
            return number(table, option, text);
        }
        throw new Problem("no column is called '" + text + "' (" + option + ")", table.file() + ", row 1",
                table.names() == null ? "the file has no header: give numbers 1 to " + table.columns()
                        : "the columns are " + Problem.shown(Arrays.asList(table.names())));
    }

    private static int number(CsvTable table, String option, String digits) {
        int number = Integer.parseInt(digits);
        if (number < 1 || number > table.columns()) {
            throw new Problem("there is no column " + number + " (" + option + ")", table.file(),
                    "give 1 to " + table.columns());
        }
        return number - 1;
    }
}
