package dev.samebits.cli.data;

import dev.samebits.cli.text.TextBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Some rows on their way from a {@link Source} through a session to the output. Used again and again. Not thread-safe. */
public final class Block {
    /** Place among all blocks, from 0. */
    public long number;

    /** Text as it was read, {@code to} bytes of it. */
    public byte[] raw = {};
    public int to;

    /** Records as they were read from a stream, the first one's number, from 0, and how many there are. */
    ByteBuffer records;
    long firstRecord;
    int recordCount;

    /** Lines of text that were parsed. */
    public int lines;
    /** Rows that can be used. */
    public int rows;
    /** The fields passed through, row after row as they are written; {@code idEnds[n]} is where row n's end. */
    public final TextBuffer ids = new TextBuffer();
    public int[] idEnds = {};
    /** What is written for the rows. */
    public final TextBuffer text = new TextBuffer();

    /** Which records, from 0, cannot be used, the first of them, and all of them as they were. The others are the rows. */
    public final BitSet badRecords = new BitSet();
    public BadRow bad;
    public final TextBuffer rejected = new TextBuffer();
    /** Rows that were parsed, and have an id that no table has, or no class: they count among the bad ones. */
    public final BitSet leftOut = new BitSet();
    /** The outputs of all rows that were predicted, row after row, where somebody wants them. */
    public float[] outputs = {};
    /** How many rows were predicted with NaN among the outputs. */
    public int nanRows;

    /** Why the block cannot be used at all, or null. */
    public Throwable failure;

    /**
     * A record that cannot be used.
     *
     * @param record its number in the block, from 0
     * @param line its line in the block, from 0
     * @param column its column, from 0, or −1 for the whole row
     */
    public record BadRow(int record, int line, int column, String what, String mend) {}

    public void clear() {
        lines = 0;
        rows = 0;
        badRecords.clear();
        bad = null;
        leftOut.clear();
        nanRows = 0;
        failure = null;
        ids.clear();
        text.clear();
        rejected.clear();
    }

    /** Notes a record that cannot be used. */
    public void reject(BadRow row) {
        if (bad == null || row.record() < bad.record()) {
            bad = row;
        }
        badRecords.set(row.record());
    }

    /** The record that a row, from 0, is. */
    public int recordOf(int row) {
        int record = badRecords.nextClearBit(0);
        for (int n = 0; n < row; n++) {
            record = badRecords.nextClearBit(record + 1);
        }
        return record;
    }

    /** Notes where the fields passed through with a row end. */
    public void endIds(int row) {
        if (row == idEnds.length) {
            idEnds = Arrays.copyOf(idEnds, Math.max(64, 2 * row));
        }
        idEnds[row] = ids.length();
    }
}
