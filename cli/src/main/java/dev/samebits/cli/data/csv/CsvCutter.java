package dev.samebits.cli.data.csv;

/**
 * Finds where records of CSV text end: at LF, CRLF or CR that no quotes hide (RFC 4180). Text can so be cut into blocks that
 * are parsed each by itself. Not thread-safe.
 */
final class CsvCutter {
    /** What {@link #next} gives when the bytes end inside the record. */
    static final int INCOMPLETE = -1;

    private static final byte QUOTE = '"';

    private final byte separator;
    private int start;
    private int end;
    private boolean open;

    CsvCutter(char separator) {
        this.separator = (byte) separator;
    }

    /**
     * Passes empty lines and then a record.
     *
     * @param last whether the input ends at {@code to}, so that the record there is complete
     * @return the place behind the record's line, or {@link #INCOMPLETE}
     */
    int next(byte[] text, int from, int to, boolean last) {
        int p = from;
        while (p < to && isLineEnd(text[p])) {
            p++;
        }
        start = p;
        open = false;
        // At a field's start, and behind a quote that closed: there a second one makes both of them text.
        boolean opens = true;
        for (; p < to && (open || !isLineEnd(text[p])); p++) {
            if (open) {
                open = text[p] != QUOTE;
                opens = !open;
            } else if (text[p] == QUOTE && opens) {
                open = true;
            } else {
                opens = text[p] == separator;
            }
        }
        end = p;
        boolean halfEnd = p + 1 == to && text[p] == '\r';
        if (!last && (p == to || halfEnd)) {
            return INCOMPLETE;
        }
        if (p + 1 < to && text[p] == '\r' && text[p + 1] == '\n') {
            return p + 2;
        }
        return Math.min(p + 1, to);
    }

    /** Whether there was a record, and not only empty lines. */
    boolean found() {
        return end > start;
    }

    /** Where the record starts. */
    int start() {
        return start;
    }

    /** Where it ends, without the line's end. */
    int end() {
        return end;
    }

    /** What is wrong with a record that is no CSV. */
    String fault() {
        return open ? "a quote is not closed" : "text stands behind a closing quote";
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** Line ends in a text, CRLF being one. */
    static int lines(byte[] text, int from, int to) {
        int lines = 0;
        for (int p = from; p < to; p++) {
            lines += text[p] == '\n' || text[p] == '\r' && (p + 1 == to || text[p + 1] != '\n') ? 1 : 0;
        }
        return lines;
    }
}
