package dev.samebits.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A CSV file read record by record: its names, its width, and its fields as floats. Every message names the line of the file
 * (from 1, the header included) and the column (from 1, and its name).
 */
final class CsvTable implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Input input;
    private final CsvRecord record;
    private final char separator;
    private final String[] names;
    private final int columns;
    private byte[] bytes = new byte[BUFFER];
    private int from;
    private int to;
    private boolean ended;
    private boolean pending;
    private long lines;
    private long line = 1;

    CsvTable(Input input, CsvOptions options) {
        this.input = input;
        this.separator = options.separator();
        this.record = new CsvRecord(separator);
        skipMark();
        if (!fetch()) {
            throw new Problem("the file has no rows", input.name(), "give a file with data");
        }
        this.columns = record.count();
        if (record.fault() != null) {
            throw new Problem(fault(record), rowPlace(line), mendRow(record));
        }
        String[] first = IntStream.range(0, columns).mapToObj(c -> record.text(c).strip()).toArray(String[]::new);
        if (isHeader(first, options.header())) {
            names = first;
        } else {
            names = null;
            pending = true;
        }
    }

    // Excel starts UTF-8 files with a byte order mark.
    private void skipMark() {
        int mark = BYTE_ORDER_MARK.length;
        while (to < mark && !ended) {
            refill();
        }
        if (Arrays.equals(bytes, 0, mark, BYTE_ORDER_MARK, 0, mark)) {
            from = mark;
        }
    }

    private boolean isHeader(String[] first, CsvOptions.Header header) {
        return switch (header) {
            case YES -> true;
            case NO -> false;
            case AUTO -> IntStream.range(0, columns)
                    .allMatch(c -> !first[c].isEmpty() && Float.isNaN(record.number(c)) && !first[c].matches("[-+]?NaN"));
        };
    }

    private boolean fetch() {
        int next = record.read(bytes, from, to, ended);
        while (next < 0) {
            refill();
            next = record.read(bytes, from, to, ended);
        }
        line = lines + record.linesBefore() + 1;
        lines += record.lines();
        from = next;
        return record.count() > 0;
    }

    private void refill() {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == bytes.length) {
            bytes = larger(bytes);
        }
        int read = read(bytes, to);
        ended = read < 0;
        to += Math.max(read, 0);
    }

    /** A copy of a buffer that one record does not fit into, with more room. */
    byte[] larger(byte[] buffer) {
        // No such record is data: it is a file without line ends, or with a quote left open.
        int most = (int) Math.min(1 << 26, Runtime.getRuntime().maxMemory() / 16);
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

    /** The names in the header, or null without one. */
    String[] names() {
        return names;
    }

    /** Line of the record that was read last. */
    long line() {
        return line;
    }

    /** Reads the next record, of the right width; false at the end. */
    boolean next() {
        if (!pending && !fetch()) {
            return false;
        }
        pending = false;
        String fault = fault(record);
        if (fault != null) {
            throw new Problem(fault, rowPlace(line), mendRow(record));
        }
        return true;
    }

    /** What is wrong with a record as a row of this table, or null. */
    String fault(CsvRecord row) {
        if (row.fault() != null) {
            return "this is no CSV (" + row.fault() + ")";
        }
        return row.count() == columns ? null
                : "found " + row.count() + " columns where " + (names == null ? "the first row has " : "the header has ")
                        + columns;
    }

    /** How to mend it. */
    static String mendRow(CsvRecord row) {
        return row.fault() == null ? "add or remove fields in that row" : "mend the quotes, or give --separator";
    }

    /** A field of the record read last as a finite float. */
    float number(int column) {
        float value = record.number(column);
        if (!Float.isFinite(value)) {
            throw new Problem(faultOf(record.text(column), value), place(line, column), mendField(line, record.text(column)));
        }
        return value;
    }

    /** What is wrong with a field that was read as a value that is not finite. */
    static String faultOf(String field, float value) {
        String text = field.strip();
        if (text.isEmpty()) {
            return "an empty field where a number should be";
        }
        boolean number = Float.isInfinite(value) || text.matches("[-+]?NaN");
        return "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                + (number ? "' is not a finite number" : "' is not a number");
    }

    /** How to mend it. */
    static String mendField(long line, String field) {
        return line == 1 && !field.isBlank() ? "mend the field, or give --header yes if this row holds names"
                : "mend the field, or choose other columns with --columns";
    }

    /** File, line and column of a field of the record read last, for messages. */
    String place(int column) {
        return place(line, column);
    }

    /** File, line and column of a field, for messages. */
    String place(long row, int column) {
        return rowPlace(row) + ", column " + (column + 1)
                + (names == null || column >= names.length ? "" : " (" + names[column] + ")");
    }

    /** File and line, for messages. */
    String rowPlace(long row) {
        return input.name() + ", row " + row;
    }

    /** The bytes that are read already and belong to records not yet given out. */
    byte[] ahead() {
        return Arrays.copyOfRange(bytes, pending ? record.start() : from, to);
    }

    /** Lines before {@link #ahead}. */
    long linesBeforeAhead() {
        return pending ? line - 1 : lines;
    }

    @Override
    public void close() {
        input.close();
    }
}
