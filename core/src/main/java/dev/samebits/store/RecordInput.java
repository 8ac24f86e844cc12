package dev.samebits.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a record that {@link RecordOutput} wrote: to its last byte and no further. What is taken of memory grows with the
 * bytes that are there, whatever counts in the record say. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordInput {
    private static final int SHA_256 = 32;
    private static final int BLOCK = 1 << 16;
    private static final int LONGEST_TEXT = 1 << 20;

    private final InputStream in;
    private final MessageDigest digest = Sha256.digest();

    /**
     * Begins a record.
     *
     * @param in gives it; left open
     * @param magic the line in front, with its line feed
     * @throws IOException if reading fails, or another line is there
     */
    public RecordInput(InputStream in, String magic) throws IOException {
        this.in = in;
        byte[] want = magic.getBytes(StandardCharsets.US_ASCII);
        byte[] got = in.readNBytes(want.length);
        if (!Arrays.equals(got, want)) {
            throw new IOException("this is no " + magic.strip());
        }
        digest.update(got);
    }

    private ByteBuffer bytes(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it is cut off");
        }
        digest.update(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Four bytes of a count.
     *
     * @return not negative
     * @throws IOException if reading fails, or they are no count
     */
    public int number() throws IOException {
        int number = bytes(Integer.BYTES).getInt();
        if (number < 0) {
            throw new IOException("it was changed");
        }
        return number;
    }

    /**
     * Eight bytes.
     *
     * @return any number
     * @throws IOException if reading fails
     */
    public long wide() throws IOException {
        return bytes(Long.BYTES).getLong();
    }

    /**
     * A text.
     *
     * @return of at most a mebibyte
     * @throws IOException if reading fails, or it is longer
     */
    public String text() throws IOException {
        int length = number();
        if (length > LONGEST_TEXT) {
            throw new IOException("it was changed");
        }
        return new String(bytes(length).array(), StandardCharsets.UTF_8);
    }

    /**
     * Texts.
     *
     * @return of any number
     * @throws IOException if reading fails
     */
    public List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = number(); left > 0; left--) {
            texts.add(text());
        }
        return texts;
    }

    /**
     * Floats.
     *
     * @return of any number
     * @throws IOException if reading fails
     */
    public float[] floats() throws IOException {
        int length = number();
        float[] values = new float[Math.min(length, BLOCK)];
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            ByteBuffer block = bytes(count * Float.BYTES);
            if (values.length < from + count) {
                values = Arrays.copyOf(values, (int) Math.min(length, 2L * values.length));
            }
            block.asFloatBuffer().get(values, from, count);
        }
        return values;
    }

    /**
     * Ends the record.
     *
     * @throws IOException if reading fails, or the digest is not that of what was read
     */
    public void end() throws IOException {
        byte[] want = digest.digest();
        byte[] got = in.readNBytes(SHA_256);
        if (got.length < SHA_256) {
            throw new EOFException("it is cut off");
        }
        if (!Arrays.equals(got, want)) {
            throw new IOException("it was changed");
        }
    }
}
