package dev.samebits.cli.data.csv;

import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import dev.samebits.cli.console.Problem;
import dev.samebits.cli.file.Input;
import dev.samebits.cli.file.OtherFormats;
import dev.samebits.cli.text.Decimal;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the first record of a CSV file says: its width, and its names if it is a header. And the words for what is wrong with
 * others: every message names the line of the file (from 1, the header included) and the column (from 1, and its name).
 */
public final class CsvTable implements AutoCloseable {
    // Excel's first line, where lists are not separated by commas.
    private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?[sS][eE][pP]=([ -~&&[^\"]]|\t)\"?");
    // Of a column in memory: its name as text, and its places.
    private static final long COLUMN_BYTES = 128;
    // Wider records are looked at one at a time.
    private static final int WIDE = 1 << 16;
    /** What a record starts with that may be a comment. */
    static final char COMMENT = '#';

    private final Input input;
    private final char separator;
    private final String header;
    private final String[] names;
    private final int columns;
    private final byte[] ahead;
    private final long linesBefore;
    // Whether the row that was taken for the first one looks more like names.
    private final boolean namesLikely;
    // Of the first record.
    private final String firstPlace;

    public CsvTable(Input input, CsvOptions options) {
        this.input = input;
        CsvStart start = new CsvStart(input);
        boolean found = start.next(options.separator());
        Matcher told = SEPARATOR_LINE.matcher(found ? start.text() : "");
        this.separator = told.matches() ? options.separator(told.group(1).charAt(0), rowPlace(start.line()))
                : options.separator();
        if (told.matches()) {
            found = start.next(separator);
        }
        if (!found) {
            throw new Problem("the file has no rows", input.name(), "give a file with data");
        }
        this.firstPlace = rowPlace(start.line());
        int from = start.from();
        int behind = start.behind();
        String text = start.text();
        checkMemory(text);
        String[] first = start.fields(separator);
        this.columns = first.length;
        OtherFormats.refuseText(firstPlace, start.allText(), text, columns);
        if (columns == 1 && !told.matches() && !options.isSeparatorGiven()) {
            refuseOtherSeparator(text);
        }
        String[] second = columns > WIDE ? null : second(start, text);
        boolean named = CsvHeader.isThere(firstPlace, first, second, options.header());
        this.names = named ? Arrays.stream(first).map(String::strip).toArray(String[]::new) : null;
        this.header = Stream.of(told.matches() ? told.group() : "", named ? text : "").filter(line -> !line.isEmpty())
                .collect(Collectors.collectingAndThen(Collectors.joining("\n"), lines -> lines.isEmpty() ? null : lines));
        this.namesLikely = second != null && CsvHeader.isLikely(first, second);
        this.ahead = start.rest(named ? behind : from);
        this.linesBefore = start.linesBefore(named ? behind : from);
    }

    // Before they are taken apart.
    private void checkMemory(String text) {
        long fields = 1 + text.chars().filter(c -> c == separator).count();
        long heap = Runtime.getRuntime().maxMemory();
        if (fields * COLUMN_BYTES > heap / 2) {
            throw new Problem("found " + fields + " columns, too many for a Java heap of " + (heap >> 20) + " MiB",
                    firstPlace,
                    "allow more with SAMEBITS_JAVA_OPTS=-Xmx" + ((4 * fields * COLUMN_BYTES >> 30) + 1) + "g");
        }
    }

    // Lists of numbers that blanks separate, too; names may hold blanks.
    private void refuseOtherSeparator(String text) {
        String others = text.replaceAll("\"[^\"]*+\"|[^;\t|]", "");
        String[] words = text.split(" ");
        boolean blanks = words.length > 1 && Arrays.stream(words).allMatch(Decimal::isMeant);
        if (!others.isEmpty() || blanks) {
            String other = others.startsWith("\t") ? "tab" : others.isEmpty() ? "' '" : "'" + others.charAt(0) + "'";
            throw new Problem("found 1 column, and " + other + " may separate others", firstPlace,
                    "give --separator " + other + ", or --separator ',' if there is but one column");
        }
    }

    // The record behind the first, if it has been read already. For a first one that may be a comment it is waited for.
    private String[] second(CsvStart start, String first) {
        if (first.charAt(0) != COMMENT) {
            return start.nextOfThese(separator) ? start.fieldsOrNull(separator) : null;
        }
        boolean found = start.next(separator);
        while (found && start.text().charAt(0) == COMMENT) {
            found = start.next(separator);
        }
        String[] fields = found ? start.fieldsOrNull(separator) : null;
        if (fields != null && fields.length != columns) {
            throw new Problem("found " + columns + " columns behind a #, and " + fields.length + " in row " + start.line(),
                    firstPlace,
                    "remove the line if it is a comment");
        }
        return fields;
    }

    /** How the records are read. */
    CsvReaderBuilder reader() {
        return CsvStart.reader(separator);
    }

    public String file() {
        return input.name();
    }

    Input input() {
        return input;
    }

    char separator() {
        return separator;
    }

    public int columns() {
        return columns;
    }

    /** The lines before the rows as they were, or null if there are none. */
    String header() {
        return header;
    }

    /** The names in the header, or null without one. */
    public String[] names() {
        return names;
    }

    /** The bytes that have been read and belong to rows. */
    byte[] ahead() {
        return ahead;
    }

    /** Lines before {@link #ahead}. */
    long linesBefore() {
        return linesBefore;
    }

    /** Refuses an input without a name where others have one: it is no column, or an index. */
    void checkNamed(int column) {
        if (names != null && names[column].isEmpty()) {
            throw new Problem("the header has an empty name" + (column == 0 ? " (as pandas writes its index)"
                    : column == columns - 1 ? " (it ends in a separator)" : ""), firstPlace + ", column " + (column + 1),
                    "leave the column out with --columns, or name it");
        }
    }

    /**
     * What is wrong with a row of another width, and how to mend it.
     *
     * @param endsEmpty whether its last field is empty
     * @param isFirst whether it is the first row
     */
    String[] widthFault(int fields, boolean endsEmpty, boolean isFirst) {
        String what = "found " + fields + " columns where " + (names == null ? "the first row has " : "the header has ")
                + columns;
        if (fields == columns + 1 && endsEmpty) {
            return new String[] {what + ", and a separator at the row's end", "take that separator off"};
        }
        if (fields == columns - 1 && names != null && names[fields].isEmpty()) {
            return new String[] {what + ", the last without a name", "take the separator at the header's end off"};
        }
        if (fields == columns + 1 && names != null && isFirst) {
            return new String[] {what,
                    "name each column in the header (R leaves row names out), or remove fields in that row"};
        }
        return new String[] {what, "add or remove fields in that row"};
    }

    /** What is wrong with a field that was read as a value that is not finite. */
    String fieldFault(int column, String field, float value) {
        String text = field.strip();
        if (text.isEmpty()) {
            return "an empty field where a number should be"
                    + (column > 0 && column == columns - 1 ? ", behind the last separator" : "");
        }
        return "'" + Problem.shortened(text) + (Float.isInfinite(value) ? Decimal.BEYOND
                : Decimal.isNotFinite(text) ? "' is not a finite number" : "' is not a number");
    }

    /** How to mend it; the line is counted from 0 and from {@link #ahead} on, −1 for one that lies anywhere. */
    String mendField(int line, String field) {
        return mendField(line, field, "--columns");
    }

    /** The same of a column that another option chose. */
    String mendField(int line, String field, String option) {
        if (Decimal.hasCommas(field)) {
            return "write numbers without commas, with a decimal point";
        }
        return names == null && line == 0 && namesLikely && !field.isBlank()
                ? "mend the field, or give --header yes if this row holds names"
                : "mend the field, or choose other columns with " + option;
    }

    /** File, line and column of a field, for messages. */
    String place(long row, int column) {
        return rowPlace(row) + ", " + column(column);
    }

    /** A column by its number and its name, if it has one, for messages. */
    public String column(int column) {
        return "column " + (column + 1)
                + (names == null || column >= names.length || names[column].isEmpty() ? "" : " (" + names[column] + ")");
    }

    /** File and line, for messages. */
    String rowPlace(long row) {
        return input.name() + ", row " + row;
    }

    @Override
    public void close() {
        input.close();
    }
}
