package dev.samebits.cli;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/** Some rows on their way from a {@link Source} through a session to the output. Used again and again. Not thread-safe. */
final class Block {
    /** Place among all blocks, from 0. */
    long number;

    /** Text as it was read, {@code to} bytes of it. */
    byte[] raw = {};
    int to;

    /** Records as they were read from a stream, the first one's number, from 0, and how many there are. */
    ByteBuffer records;
    long firstRecord;
    int recordCount;

    /** Lines of text that were parsed. */
    int lines;
    /** Rows that can be used. */
    int rows;
    /** The fields passed through, row after row as they are written; {@code idEnds[n]} is where row n's end. */
    final TextBuffer ids = new TextBuffer();
    int[] idEnds = {};
    /** What is written for the rows. */
    final TextBuffer text = new TextBuffer();

    /** Which records, from 0, cannot be used, the first of them, and all of them as they were. The others are the rows. */
    final BitSet badRecords = new BitSet();
    BadRow bad;
    final TextBuffer rejected = new TextBuffer();
    /** How many rows were predicted with NaN among the outputs. */
    int nanRows;

    /** Why the block cannot be used at all, or null. */
    Throwable failure;

    /**
     * A record that cannot be used.
     *
     * @param record its number in the block, from 0
     * @param line its line in the block, from 0
     * @param column its column, from 0, or −1 for the whole row
     */
    record BadRow(int record, int line, int column, String what, String mend) {}

    void clear() {
        lines = 0;
        rows = 0;
        badRecords.clear();
        bad = null;
        nanRows = 0;
        failure = null;
        ids.clear();
        text.clear();
        rejected.clear();
    }

    /** Notes a record that cannot be used. */
    void reject(BadRow row) {
        if (bad == null || row.record() < bad.record()) {
            bad = row;
        }
        badRecords.set(row.record());
    }

    /** The record that a row, from 0, is. */
    int recordOf(int row) {
        int record = badRecords.nextClearBit(0);
        for (int n = 0; n < row; n++) {
            record = badRecords.nextClearBit(record + 1);
        }
        return record;
    }

    /** Notes where the fields passed through with a row end. */
    void endIds(int row) {
        if (row == idEnds.length) {
            idEnds = Arrays.copyOf(idEnds, Math.max(64, 2 * row));
        }
        idEnds[row] = ids.length();
    }
}
