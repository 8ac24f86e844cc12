package dev.samebits.cli.text;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.util.regex.Pattern;

/**
 * The numbers of a text file: blanks, a sign or none, digits with or without a point, an exponent ({@code e} or {@code E}, a
 * sign or none, digits) or none, blanks. Nothing else that Java's literals allow, such as {@code 30d}, {@code 1f} or
 * {@code 0x1p3}.
 */
public final class Decimal {
    /** What is wrong with a number that no float is near to. */
    public static final String BEYOND = "' is beyond the range of floats, ±3.4e38";

    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?(?:nan|inf|infinity)", Pattern.CASE_INSENSITIVE);

    private static final Pattern WITH_COMMAS = Pattern.compile("[-+]?\\d{1,20}(?:,\\d{1,20})+(?:\\.\\d{0,20})?");

    private Decimal() {}

    /** The float nearest to the number, infinite if it is beyond all; NaN if the text is no number. */
    public static float parse(char[] text, int from, int length) {
        try {
            float value = JavaFloatParser.parseFloat(text, from, length);
            return isDecimal(text, from, from + length - 1) ? value : Float.NaN;
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    // Of a text that Java reads: what is not decimal is a name, which ends in a letter, or ends in a type's letter, or is
    // hexadecimal.
    private static boolean isDecimal(char[] text, int first, int last) {
        int end = last;
        while (text[end] <= ' ') {
            end--;
        }
        if (text[end] > '9') {
            return false;
        }
        int start = first;
        while (text[start] <= ' ') {
            start++;
        }
        start += text[start] == '-' || text[start] == '+' ? 1 : 0;
        return start + 1 >= end || (text[start + 1] | 0x20) != 'x';
    }

    /** Whether a text stands where a number should: it is one, or what other programs write for one. */
    public static boolean isMeant(String text) {
        // A name mostly shows itself at once; an exception takes longer.
        String stripped = text.strip();
        if (stripped.isEmpty() || Character.isLetter(stripped.charAt(0))) {
            return isNotFinite(text);
        }
        return !Float.isNaN(parse(text.toCharArray(), 0, text.length())) || isNotFinite(text) || hasCommas(text);
    }

    /** Whether a text is a name of what is no number, such as {@code NaN} or {@code -inf}. */
    public static boolean isNotFinite(String text) {
        return NOT_FINITE.matcher(text.strip()).matches();
    }

    /** Whether a text is a number with commas in it, before its fraction or between its thousands. */
    public static boolean hasCommas(String text) {
        return WITH_COMMAS.matcher(text.strip()).matches();
    }
}
