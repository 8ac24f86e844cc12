package dev.samebits.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the first record of a CSV file says: its width, and its names if it is a header. And the words for what is wrong with
 * others: every message names the line of the file (from 1, the header included) and the column (from 1, and its name).
 */
final class CsvTable implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    // Of a record, in bytes.
    private static final int LONGEST = 1 << 26;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Input input;
    private final char separator;
    private final String header;
    private final String[] names;
    private final int columns;
    private final byte[] ahead;
    private final long linesBefore;

    CsvTable(Input input, CsvOptions options) {
        this.input = input;
        this.separator = options.separator();
        CsvCutter cutter = new CsvCutter(separator);
        byte[] bytes = new byte[BUFFER];
        int to = 0;
        int next;
        boolean ended;
        do {
            if (to == bytes.length) {
                bytes = larger(bytes);
            }
            int read = read(bytes, to);
            ended = read < 0;
            to += Math.max(read, 0);
            next = cutter.next(bytes, marked(bytes), to, ended);
        } while (next < 0);
        if (!cutter.found()) {
            throw new Problem("the file has no rows", input.name(), "give a file with data");
        }
        String text = new String(bytes, cutter.start(), cutter.end() - cutter.start(), StandardCharsets.UTF_8);
        String[] first;
        try {
            first = reader().ofSingleCsvRecord(StringArrayHandler.of(handler -> handler.maxFields(LONGEST)
                    .maxFieldSize(LONGEST).maxRecordSize(LONGEST)), text);
        } catch (CsvParseException e) {
            throw new Problem("this is no CSV (" + cutter.fault() + ")",
                    rowPlace(CsvCutter.lines(bytes, 0, cutter.start()) + 1L), "mend the quotes, or give --separator");
        }
        this.columns = first.length;
        boolean named = isHeader(first, options.header());
        this.header = named ? text : null;
        this.names = named ? Arrays.stream(first).map(String::strip).toArray(String[]::new) : null;
        int rows = named ? next : cutter.start();
        this.ahead = Arrays.copyOfRange(bytes, rows, to);
        this.linesBefore = CsvCutter.lines(bytes, 0, rows);
    }

    // Excel starts UTF-8 files with a byte order mark.
    private static int marked(byte[] bytes) {
        int mark = BYTE_ORDER_MARK.length;
        return Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark) ? mark : 0;
    }

    private static boolean isHeader(String[] first, CsvOptions.Header header) {
        return switch (header) {
            case YES -> true;
            case NO -> false;
            case AUTO -> Arrays.stream(first).map(String::strip).noneMatch(field -> field.isEmpty() || isNumber(field));
        };
    }

    private static boolean isNumber(String field) {
        return !Float.isNaN(CsvRows.number(field.toCharArray(), 0, field.length())) || field.matches("[-+]?NaN");
    }

    /** How the records are read. */
    CsvReaderBuilder reader() {
        return CsvReader.builder().fieldSeparator(separator).maxBufferSize(2 * LONGEST).allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    /** A copy of a buffer that one record does not fit into, with more room. */
    byte[] larger(byte[] buffer) {
        // No such record is data: it is a file without line ends, or with a quote left open.
        int most = (int) Math.min(LONGEST, Runtime.getRuntime().maxMemory() / 16);
        if (buffer.length >= most) {
            throw new Problem("no end of a row within " + (buffer.length >> 10) + " KiB", input.name(),
                    "look for a quote that is not closed, or give --separator");
        }
        return Arrays.copyOf(buffer, Math.min(most, 2 * buffer.length));
    }

    /** Reads what is there into the free end of a buffer; −1 at the input's end. */
    int read(byte[] into, int at) {
        try {
            return input.stream().read(into, at, into.length - at);
        } catch (IOException e) {
            throw Problem.reading(input.name(), e);
        }
    }

    String file() {
        return input.name();
    }

    Input input() {
        return input;
    }

    char separator() {
        return separator;
    }

    int columns() {
        return columns;
    }

    /** The header as it was, or null without one. */
    String header() {
        return header;
    }

    /** The names in the header, or null without one. */
    String[] names() {
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

    /** What is wrong with a row of another width. */
    String widthFault(int fields) {
        return "found " + fields + " columns where " + (names == null ? "the first row has " : "the header has ") + columns;
    }

    /** What is wrong with a field that was read as a value that is not finite. */
    static String faultOf(String field, float value) {
        String text = field.strip();
        if (text.isEmpty()) {
            return "an empty field where a number should be";
        }
        boolean number = Float.isInfinite(value) || text.matches("[-+]?NaN");
        return "'" + Problem.shortened(text)
                + (number ? "' is not a finite number" : "' is not a number");
    }

    /** How to mend it; the line is counted from 0 and from {@link #ahead} on, −1 for one that lies anywhere. */
    String mendField(int line, String field) {
        return linesBefore == 0 && line == 0 && !field.isBlank() ? "mend the field, or give --header yes if this row holds names"
                : "mend the field, or choose other columns with --columns";
    }

    /** File, line and column of a field, for messages. */
    String place(long row, int column) {
        return rowPlace(row) + ", " + column(column);
    }

    /** A column by its number and its name, if it has one, for messages. */
    String column(int column) {
        return "column " + (column + 1) + (names == null || column >= names.length ? "" : " (" + names[column] + ")");
    }

    /** File and line, for messages. */
    String rowPlace(long row) {
        return input.name() + ", row " + row;
    }

    /** Appends a field to comma-separated text, quoted if it was or if it must be. */
    static void appendField(TextBuffer into, char[] text, int from, int length, boolean quoted) {
        boolean quotes = quoted;
        for (int p = from; p < from + length; p++) {
            quotes |= text[p] == ',' || text[p] == '"';
        }
        if (quotes) {
            into.append('"');
        }
        for (int p = from; p < from + length; p++) {
            if (text[p] == '"') {
                into.append('"');
            }
            into.append(text[p]);
        }
        if (quotes) {
            into.append('"');
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
