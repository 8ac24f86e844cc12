package dev.samebits.onnx;

import java.io.IOException;
import java.util.regex.Pattern;

/**
 * A file that is not an ONNX model Samebits can take, or a network an ONNX file cannot hold. The message is one line: where
 * (file, node, field or byte), what is wrong, and what to do about it. Nothing was read or written then.
 */
public final class OnnxFormatException extends IOException {
    private static final long serialVersionUID = 1;
    /** Names from a file are cut off here in messages. */
    private static final int QUOTED = 80;
    // Control and format characters could forge lines or turn the text around in a log.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");

    OnnxFormatException(String where, String what) {
        this(where, what, null);
    }

    OnnxFormatException(String where, String what, Throwable cause) {
        super(where + ": " + what, cause);
    }

    /** The same, with the name of the file in front. */
    OnnxFormatException in(Object file) {
        return new OnnxFormatException(oneLine(file.toString(), Integer.MAX_VALUE), getMessage(), this);
    }

    /** Text out of a file in quotes, on one line, whatever it holds. */
    static String quote(String text) {
        return "'" + clean(text) + "'";
    }

    /** Text out of a file on one line, whatever it holds. */
    static String clean(String text) {
        return oneLine(text, QUOTED);
    }

    /** A name out of a file on one line, whatever it holds; longer than in a message. */
    static String name(String text) {
        return oneLine(text, Limits.NAME_BYTES);
    }

    private static String oneLine(String text, int length) {
        String line = UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
        return line.length() <= length ? line : line.substring(0, length) + "…";
    }
}
