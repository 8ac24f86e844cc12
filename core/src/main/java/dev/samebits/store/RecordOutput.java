package dev.samebits.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Writes a record of numbers, texts and floats, little-endian, with a line in front that names its kind and the SHA-256 of
 * all of it behind. {@link RecordInput} reads it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordOutput implements Closeable {
    private static final int FLOATS = 1 << 13;

    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private final ByteBuffer buffer = ByteBuffer.allocate(FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Begins a record.
     *
     * @param out takes it; left open
     * @param magic the line in front, with its line feed
     * @throws IOException if writing fails
     */
    public RecordOutput(OutputStream out, String magic) throws IOException {
        this.out = out;
        put(magic.getBytes(StandardCharsets.US_ASCII));
    }

    private void put(byte[] bytes) throws IOException {
        digest.update(bytes);
        out.write(bytes);
    }

    private void flush() throws IOException {
        digest.update(buffer.array(), 0, buffer.position());
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /**
     * Four bytes.
     *
     * @param value of them
     * @throws IOException if writing fails
     */
    public void number(int value) throws IOException {
        buffer.putInt(value);
        flush();
    }

    /**
     * Eight bytes.
     *
     * @param value of them
     * @throws IOException if writing fails
     */
    public void wide(long value) throws IOException {
        buffer.putLong(value);
        flush();
    }

    /**
     * Bytes of UTF-8, their number in front.
     *
     * @param text of any length
     * @throws IOException if writing fails
     */
    public void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        put(bytes);
    }

    /**
     * Texts, their number in front.
     *
     * @param texts of any number
     * @throws IOException if writing fails
     */
    public void texts(List<String> texts) throws IOException {
        number(texts.size());
        for (String text : texts) {
            text(text);
        }
    }

    /**
     * Floats, their number in front.
     *
     * @param values of any number
     * @throws IOException if writing fails
     */
    public void floats(float[] values) throws IOException {
        number(values.length);
        for (float value : values) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.putFloat(value);
        }
        flush();
    }

    /** Ends the record. */
    @Override
    public void close() throws IOException {
        out.write(digest.digest());
    }
}
