package dev.samebits.cli.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text as bytes, growing as needed and kept when emptied. Not thread-safe. */
public final class TextBuffer {
    private byte[] bytes = new byte[1 << 10];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), (int) Math.min(2L * bytes.length, 1 << 30)));
        }
    }

    public void append(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    public void append(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        append(encoded, 0, encoded.length);
    }

    public void append(byte[] from, int offset, int count) {
        ensure(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /** A field of comma-separated text, quoted if it was or if it must be. */
    public void appendField(char[] text, int from, int count, boolean quoted) {
        boolean quotes = quoted;
        for (int p = from; p < from + count; p++) {
            quotes |= text[p] == ',' || text[p] == '"';
        }
        if (quotes) {
            append('"');
        }
        for (int p = from; p < from + count; p++) {
            if (text[p] == '"') {
                append('"');
            }
            append(text[p]);
        }
        if (quotes) {
            append('"');
        }
    }

    /** A text as a field of comma-separated text, by RFC 4180. */
    public static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** A number that is not negative. */
    public void append(int number) {
        ensure(10);
        length = FloatText.digits(number, bytes, length);
    }

    /** See {@link FloatText}. */
    public void append(float number) {
        ensure(FloatText.MOST_BYTES);
        length = FloatText.write(number, bytes, length);
    }
}
