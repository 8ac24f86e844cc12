package dev.samebits.onnx.limits;

import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import java.util.regex.Pattern;

/**
 * Why a file or a network is not taken, on one line: where (node, field or byte), what is wrong, and what to do about it.
 * {@link Onnx} makes an {@link OnnxFormatException} of it; it is no {@link java.io.IOException}, so that none is forgotten.
 */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    /** Names from a file are cut off here in messages. */
    private static final int QUOTED = 80;
    // Control and format characters could forge lines or turn the text around in a log.
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\u2028\\u2029]");

    private final String where;
    private boolean formula;

    public Refusal(String where, String what) {
        this(where, what, null);
    }

    public Refusal(String where, String what, Throwable cause) {
        super(where + ": " + what, cause);
        this.where = where;
    }

    /** The same, for a formula that is none that is known: who tries to read its operators one by one has less to say. */
    public Refusal ofFormula() {
        formula = true;
        return this;
    }

    /** Whether it is of a formula. */
    public boolean isOfFormula() {
        return formula;
    }

    /** Whether another one is of the same place. */
    public boolean isAt(Refusal other) {
        return where.equals(other.where);
    }

    /** Text out of a file in quotes, on one line, whatever it holds. */
    public static String quote(String text) {
        return "'" + clean(text) + "'";
    }

    /** Text out of a file on one line, whatever it holds. */
    public static String clean(String text) {
        return oneLine(text, QUOTED);
    }

    /** A name out of a file on one line, whatever it holds; longer than in a message. */
    public static String name(String text) {
        return oneLine(text, Limits.NAME_BYTES);
    }

    /** Text on one line, cut off behind this many characters. */
    public static String oneLine(String text, int length) {
        String line = UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
        return line.length() <= length ? line : line.substring(0, length) + "…";
    }
}
