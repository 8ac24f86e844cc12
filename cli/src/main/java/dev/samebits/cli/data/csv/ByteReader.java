package dev.samebits.cli.data.csv;

import java.io.Reader;

/**
 * Bytes as characters of the same numbers. All that has a meaning in CSV and in numbers is ASCII, and other bytes are only
 * passed through: so there is nothing to decode.
 */
final class ByteReader extends Reader {
    private final byte[] bytes;
    private final int to;
    private int next;

    ByteReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.next = from;
        this.to = to;
    }

    @Override
    public int read(char[] into, int offset, int length) {
        int count = Math.min(length, to - next);
        for (int i = 0; i < count; i++) {
            into[offset + i] = (char) (bytes[next + i] & 0xff);
        }
        next += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
