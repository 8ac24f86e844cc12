package dev.samebits;

import dev.samebits.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One number over all rows that a job has scored: the sum, modulo 2²⁵⁶, of a SHA-256 of each row's id and of the bits of its
 * outputs. A sum knows no order, so that it is the same however the rows were cut into batches, threads, partitions and
 * machines; any row that is lost, doubled or has another bit changes it. docs/arithmetic.md defines it.
 *
 * <p>It finds what went wrong by accident. Whoever chooses outputs by the million can make two jobs agree. Not thread-safe:
 * each thread sums its own rows, and one adds the sums.
 *
 * @since 0.1.0
 */
public final class ScoreFingerprint {
    private static final int BYTES = 32;

    private final MessageDigest digest;
    private final byte[] hash = new byte[BYTES];
    private byte[] message = new byte[128];
    // The sum in words of 64 bits, the lowest first.
    private final long[] sum = new long[BYTES / Long.BYTES];
    private long rows;

    /** The fingerprint of no rows: 64 zeros. */
    public ScoreFingerprint() {
        digest = Sha256.digest();
    }

    /**
     * The sum that another has told.
     *
     * @param bytes as {@link #toBytes} gives them
     * @return an equal fingerprint
     * @throws IllegalArgumentException if these are no such bytes
     */
    public static ScoreFingerprint of(byte[] bytes) {
        if (bytes.length != BYTES + Long.BYTES) {
            throw new IllegalArgumentException("a fingerprint has " + (BYTES + Long.BYTES) + " bytes, not " + bytes.length);
        }
        ScoreFingerprint read = new ScoreFingerprint();
        for (int i = 0; i < read.sum.length; i++) {
            read.sum[i] = word(bytes, i);
        }
        read.rows = word(bytes, read.sum.length);
        return read;
    }

    /**
     * Adds a row with a number for its id: that of its digits.
     *
     * @param id the number of the row
     * @param outputs holds the row's outputs; those of a row that was refused and kept all the same are none
     * @param offset where they begin
     * @param count how many there are
     */
    public void add(long id, float[] outputs, int offset, int count) {
        add(Long.toString(id), outputs, offset, count);
    }

    /**
     * Adds a row.
     *
     * @param id any text
     * @param outputs holds the row's outputs; those of a row that was refused and kept all the same are none
     * @param offset where they begin
     * @param count how many there are
     */
    public void add(String id, float[] outputs, int offset, int count) {
        byte[] text = id.getBytes(StandardCharsets.UTF_8);
        add(text, 0, text.length, outputs, offset, count);
    }

    /**
     * Adds a row whose id lies in a buffer.
     *
     * @param id holds the text of the id, in UTF-8
     * @param from where it begins
     * @param length how many bytes it has
     * @param outputs holds the row's outputs; those of a row that was refused and kept all the same are none
     * @param offset where they begin
     * @param count how many there are
     */
    public void add(byte[] id, int from, int length, float[] outputs, int offset, int count) {
        int size = Math.addExact(Math.addExact(Integer.BYTES, length), Math.multiplyExact(Float.BYTES, count));
        if (message.length < size) {
            message = new byte[(int) Math.min(2L * size, Integer.MAX_VALUE - 8)];
        }
        putInt(0, length);
        System.arraycopy(id, from, message, Integer.BYTES, length);
        int at = Integer.BYTES + length;
        for (int j = 0; j < count; j++, at += Float.BYTES) {
            putInt(at, Float.floatToIntBits(outputs[offset + j]));
        }
        digest.update(message, 0, size);
        try {
            digest.digest(hash, 0, BYTES);
        } catch (DigestException e) {
            throw new AssertionError("SHA-256 has 32 bytes", e);
        }
        long carry = 0;
        for (int i = 0; i < sum.length; i++) {
            carry = add(i, word(hash, i), carry);
        }
        rows++;
    }

    /**
     * Adds all rows of another one.
     *
     * @param other the sum of other rows; it stays as it is
     */
    public void add(ScoreFingerprint other) {
        long[] words = other.sum.clone();
        long carry = 0;
        for (int i = 0; i < sum.length; i++) {
            carry = add(i, words[i], carry);
        }
        rows += other.rows;
    }

    // Gives the carry to the next word.
    private long add(int word, long value, long carry) {
        long part = sum[word] + value;
        long whole = part + carry;
        sum[word] = whole;
        return Long.compareUnsigned(part, value) < 0 || Long.compareUnsigned(whole, part) < 0 ? 1 : 0;
    }

    /** {@return how many rows were added} */
    public long rows() {
        return rows;
    }

    /** {@return the sum and the number of rows, for {@link #of}: 40 bytes} */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES + Long.BYTES];
        for (int i = 0; i < sum.length; i++) {
            putWord(bytes, i, sum[i]);
        }
        putWord(bytes, sum.length, rows);
        return bytes;
    }

    private void putInt(int at, int value) {
        for (int b = 0; b < Integer.BYTES; b++) {
            message[at + b] = (byte) (value >>> 8 * b);
        }
    }

    private static void putWord(byte[] bytes, int word, long value) {
        for (int b = 0; b < Long.BYTES; b++) {
            bytes[word * Long.BYTES + b] = (byte) (value >>> 8 * b);
        }
    }

    private static long word(byte[] bytes, int word) {
        long value = 0;
        for (int b = Long.BYTES - 1; b >= 0; b--) {
            value = value << 8 | bytes[word * Long.BYTES + b] & 0xff;
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreFingerprint o && rows == o.rows && Arrays.equals(sum, o.sum);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sum) + Long.hashCode(rows);
    }

    /** {@return the sum as 64 hex digits, in lower case, the highest first} */
    @Override
    public String toString() {
        byte[] highestFirst = new byte[BYTES];
        for (int i = 0; i < sum.length; i++) {
            for (int b = 0; b < Long.BYTES; b++) {
                highestFirst[BYTES - 1 - i * Long.BYTES - b] = (byte) (sum[i] >>> 8 * b);
            }
        }
        return HexFormat.of().formatHex(highestFirst);
    }
}
