package dev.samebits.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the fields of one CSV record in a buffer of bytes, without copying them: RFC 4180, with any separator, lines that end
 * in LF, CRLF or CR, and empty lines left out. Read again and again with the same object. Not thread-safe.
 */
final class CsvRecord {
    /** What {@link #read} gives when the bytes end inside the record. */
    static final int INCOMPLETE = -1;

    private static final byte QUOTE = '"';

    private final boolean[] stops = new boolean[256];
    private final byte separator;
    private byte[] bytes = {};
    private int[] bounds = new int[128];
    private int count;
    private int start;
    private int end;
    private int linesBefore;
    private int lines;
    private String fault;

    CsvRecord(char separator) {
        this.separator = (byte) separator;
        stops[separator] = true;
        stops['\n'] = true;
        stops['\r'] = true;
    }

    /**
     * Reads a record.
     *
     * @param last whether the input ends at {@code to}, so that the record there is complete
     * @return where the next record starts, or {@link #INCOMPLETE}; with a count of 0 if there are only empty lines
     */
    int read(byte[] text, int from, int to, boolean last) {
        bytes = text;
        count = 0;
        lines = 0;
        fault = null;
        int p = from;
        while (p < to && (text[p] == '\n' || text[p] == '\r')) {
            p = lineEnd(p, to, last);
            if (p < 0) {
                return INCOMPLETE;
            }
        }
        linesBefore = lines;
        start = p;
        if (p == to) {
            return last ? to : INCOMPLETE;
        }
        while (true) {
            int field = p;
            p = p < to && text[p] == QUOTE ? quoted(p, to) : p;
            while (p < to && !stops[text[p] & 0xff]) {
                p++;
            }
            if (p == to && !last) {
                return INCOMPLETE;
            }
            add(field, p);
            if (p == to || text[p] != separator) {
                end = p;
                return p == to ? to : lineEnd(p, to, last);
            }
            p++;
        }
    }

    // From an opening quote to behind the closing one, where a separator or the line's end should be.
    private int quoted(int from, int to) {
        int p = from + 1;
        while (p < to) {
            if (bytes[p] == QUOTE) {
                if (p + 1 < to && bytes[p + 1] == QUOTE) {
                    p++;
                } else {
                    if (p + 1 < to && !stops[bytes[p + 1] & 0xff]) {
                        fault = "text stands behind a closing quote";
                    }
                    return p + 1;
                }
            } else if (bytes[p] == '\n') {
                lines++;
            }
            p++;
        }
        fault = "a quote is not closed";
        return to;
    }

    // From a line's end to behind it.
    private int lineEnd(int at, int to, boolean last) {
        if (bytes[at] == '\r') {
            if (at + 1 == to && !last) {
                return INCOMPLETE;
            }
            if (at + 1 < to && bytes[at + 1] == '\n') {
                lines++;
                return at + 2;
            }
        }
        lines++;
        return at + 1;
    }

    private void add(int from, int to) {
        if (2 * count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[2 * count] = from;
        bounds[2 * count + 1] = to;
        count++;
    }

    /** Fields. */
    int count() {
        return count;
    }

    /** What is wrong with the record as CSV, or null. */
    String fault() {
        return fault;
    }

    /** Line ends before the record, since the place where reading started. */
    int linesBefore() {
        return linesBefore;
    }

    /** Line ends that were read, the record's own among them. */
    int lines() {
        return lines;
    }

    /** Where the record starts. */
    int start() {
        return start;
    }

    /** Where it ends, without the line's end. */
    int end() {
        return end;
    }

    private boolean isQuoted(int field) {
        int from = bounds[2 * field];
        int to = bounds[2 * field + 1];
        return to - from >= 2 && bytes[from] == QUOTE && bytes[to - 1] == QUOTE;
    }

    /** A field as a float; NaN also if it is no number. */
    float number(int field) {
        int inside = isQuoted(field) ? 1 : 0;
        return FloatParser.parse(bytes, bounds[2 * field] + inside, bounds[2 * field + 1] - inside);
    }

    /** A field's text, without its quotes. */
    String text(int field) {
        int inside = isQuoted(field) ? 1 : 0;
        int from = bounds[2 * field] + inside;
        String text = new String(bytes, from, bounds[2 * field + 1] - inside - from, StandardCharsets.UTF_8);
        return inside == 0 ? text : text.replace("\"\"", "\"");
    }

    /** Appends a field as a field of comma-separated text. */
    void copy(int field, TextBuffer into) {
        if (isQuoted(field)) {
            into.append(bytes, bounds[2 * field], bounds[2 * field + 1] - bounds[2 * field]);
        } else {
            copy(bytes, bounds[2 * field], bounds[2 * field + 1], into);
        }
    }

    /** Appends a field without quotes around it as a field of comma-separated text. */
    static void copy(byte[] text, int from, int to, TextBuffer into) {
        boolean plain = true;
        for (int p = from; p < to; p++) {
            plain &= text[p] != ',' && text[p] != QUOTE;
        }
        if (plain) {
            into.append(text, from, to - from);
        } else {
            into.append(quote(new String(text, from, to - from, StandardCharsets.UTF_8)));
        }
    }

    /** A text as a field of comma-separated text. */
    static String quote(String text) {
        return text.matches("(?s).*[,\"\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
