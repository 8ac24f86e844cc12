package dev.samebits.cli;

import java.nio.ByteBuffer;
import java.util.Arrays;

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

    /** How many rows cannot be used, the first of them, and all of them as they were. */
    int badCount;
    BadRow bad;
    final TextBuffer rejected = new TextBuffer();

    /** Why the block cannot be used at all, or null. */
    Throwable failure;

    /**
     * A row that cannot be used.
     *
     * @param line its line in the block, from 0
     * @param column its column, from 0, or −1 for the whole row
     */
    record BadRow(int line, int column, String what, String mend) {}

    void clear() {
        lines = 0;
        rows = 0;
        badCount = 0;
        bad = null;
        failure = null;
        ids.clear();
        text.clear();
        rejected.clear();
    }

    /** Notes a row that cannot be used. */
    void reject(BadRow row) {
        if (bad == null) {
            bad = row;
        }
        badCount++;
    }

    /** Notes where the fields passed through with a row end. */
    void endIds(int row) {
        if (row == idEnds.length) {
            idEnds = Arrays.copyOf(idEnds, Math.max(64, 2 * row));
        }
        idEnds[row] = ids.length();
    }
}
