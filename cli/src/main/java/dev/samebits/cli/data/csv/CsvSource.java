package dev.samebits.cli.data.csv;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.data.Block;
import dev.samebits.cli.data.Block.BadRow;
import dev.samebits.cli.data.Parser;
import dev.samebits.cli.data.Source;
import dev.samebits.cli.text.TextBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rows of a CSV file. The text is cut at line ends into blocks that any thread may parse; only where quotes may hide a
 * line's end is it gone through twice.
 */
public final class CsvSource implements Source {
    private static final int LEAST_BUFFER = 1 << 16;
    private static final int MOST_BYTES = 1 << 19;
    private static final long QUOTES = 0x2222222222222222L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final CsvTable table;
    private final InputStream stream;
    private final int[] columns;
    private final Cells cells;
    private final int[] ids;
    private final boolean skip;
    private final int target;
    private final CsvCutter cutter;
    // What was read and belongs behind the last block.
    private byte[] rest;
    private int restLength;
    private boolean ended;

    /**
     * The rows that a table has not given out.
     *
     * @param columns of the inputs
     * @param ids columns that are passed through
     * @param batch most rows of a block
     * @param skip whether bad rows are kept for a file, rather than parsing ends at the first
     */
    public CsvSource(CsvTable table, int[] columns, int[] ids, int batch, boolean skip) {
        this(table, columns, new NumberCells(columns.length), ids, batch, skip);
    }

    /**
     * The rows that a table has not given out.
     *
     * @param columns of the inputs
     * @param cells what makes numbers of them
     * @param ids columns that are passed through
     * @param batch most rows of a block
     * @param skip whether bad rows are kept for a file, rather than parsing ends at the first
     */
    public CsvSource(CsvTable table, int[] columns, Cells cells, int[] ids, int batch, boolean skip) {
        for (int column : columns) {
            table.checkNamed(column);
        }
        this.table = table;
        this.stream = table.input().stream();
        this.columns = columns.clone();
        this.cells = cells;
        this.ids = ids.clone();
        this.skip = skip;
        // A field takes a digit and a separator at least, so that this many bytes hold a batch of rows at most.
        this.target = (int) Math.min(MOST_BYTES, 2L * table.columns() * batch);
        this.cutter = new CsvCutter(table.separator());
        this.rest = table.ahead();
        this.restLength = rest.length;
    }

    @Override
    public int columns() {
        return cells.width();
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public String[] idNames() {
        String[] names = new String[ids.length];
        Arrays.setAll(names, i -> table.names() == null ? "" : TextBuffer.quoted(table.names()[ids[i]]));
        return names;
    }

    @Override
    public boolean hasHeader() {
        return table.names() != null;
    }

    @Override
    public boolean take(Block block) {
        byte[] raw = block.raw;
        if (raw.length < Math.max(LEAST_BUFFER, restLength)) {
            raw = new byte[Math.max(LEAST_BUFFER, restLength)];
        }
        System.arraycopy(rest, 0, raw, 0, restLength);
        int length = restLength;
        int cut = 0;
        while (true) {
            // A block that is not full goes on its way when nothing else waits to be read: whoever feeds a pipe row by row
            // is answered row by row.
            if (length >= target || ended || !waits()) {
                cut = cut(raw, length);
                if (cut > 0 || ended) {
                    break;
                }
            }
            if (length == raw.length) {
                raw = length < target ? Arrays.copyOf(raw, Math.min(target, 2 * length))
                        : CsvStart.larger(raw, table.file());
            }
            int read = table.input().read(raw, length);
            ended = read < 0;
            length += Math.max(read, 0);
        }
        restLength = length - cut;
        if (rest.length < restLength) {
            rest = new byte[raw.length];
        }
        System.arraycopy(raw, cut, rest, 0, restLength);
        block.raw = raw;
        block.to = cut;
        // The first block may be empty: it carries the header.
        return cut > 0 || block.number == 0;
    }

    private boolean waits() {
        try {
            return stream.available() > 0;
        } catch (IOException e) {
            throw Problem.reading(table.file(), e);
        }
    }

    // The end of the last whole record that a block may hold, or 0.
    private int cut(byte[] raw, int length) {
        if (ended && length <= target) {
            return length;
        }
        int end = lastEnd(raw, Math.min(length, target));
        // Or of the first, if it is longer than a block should be.
        return end > 0 || length <= target ? end : Math.max(0, cutter.next(raw, 0, length, ended));
    }

    private int lastEnd(byte[] raw, int length) {
        if (!hasQuote(raw, length)) {
            for (int p = length; p > 0; p--) {
                if (raw[p - 1] == '\n') {
                    return p;
                }
            }
        }
        int end = 0;
        for (int next = 0; next >= 0; next = cutter.next(raw, end, length, false)) {
            end = next;
        }
        return end;
    }

    // Eight bytes at a time: a byte that is equal to the quote is the lowest of them to become zero.
    private static boolean hasQuote(byte[] raw, int length) {
        ByteBuffer eights = ByteBuffer.wrap(raw);
        long found = 0;
        int p = 0;
        for (; p + 8 <= length; p += 8) {
            long zeros = eights.getLong(p) ^ QUOTES;
            found |= zeros - LOW_BITS & ~zeros & HIGH_BITS;
        }
        boolean quote = found != 0;
        for (; p < length; p++) {
            quote |= raw[p] == '"';
        }
        return quote;
    }

    @Override
    public Parser parser() {
        return new CsvRows(table, cells, columns, ids, skip);
    }

    @Override
    public Problem problem(Block block, long lines) {
        BadRow bad = block.bad;
        long row = table.linesBefore() + lines + bad.line() + 1;
        return new Problem(bad.what(), bad.column() < 0 ? table.rowPlace(row) : table.place(row, bad.column()), bad.mend());
    }

    @Override
    public String firstUnknown(Block block, long lines) {
        Block.Unknown first = block.firstUnknown;
        long row = table.linesBefore() + lines + first.line() + 1;
        return table.place(row, first.column()) + ": " + Cells.shown(first.field());
    }

    @Override
    public String place(long number) {
        return table.rowPlace(number + 1);
    }

    /** Where a field of a good row stands, in a block that has no bad ones; see {@link #problem}. */
    public String place(Block block, long lines, int row, int column) {
        int next = 0;
        for (int n = 0; n <= row; n++) {
            next = cutter.next(block.raw, next, block.to, true);
        }
        return table.place(table.linesBefore() + lines + CsvCutter.lines(block.raw, 0, cutter.start()) + 1, column);
    }

    @Override
    public String badHeader() {
        return table.header();
    }

    @Override
    public double fraction() {
        return table.input().fraction();
    }

    @Override
    public void close() {
        table.close();
    }
}
