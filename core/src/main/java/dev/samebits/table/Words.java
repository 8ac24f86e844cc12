package dev.samebits.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that tables give a meaning: numbers, what is missing, what is true or false. */
final class Words {
    /** Spellings of yes, and of no. */
    static final List<String> TRUE = spellings("true", "yes", "t", "y");
    static final List<String> FALSE = spellings("false", "no", "f", "n");
    /** What stands where a value is missing. */
    static final List<String> MISSING = Stream.concat(Stream.of("", "?", "N/A", "n/a", "#N/A", "NaN"),
            spellings("na", "nan", "null", "none").stream()).distinct().toList();

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private Words() {}

    // In lower case, with a capital, in capitals.
    private static List<String> spellings(String... words) {
        return Arrays.stream(words)
                .flatMap(word -> Stream.of(word, word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1),
                        word.toUpperCase(Locale.ROOT)))
                .distinct().toList();
    }

    /** The float nearest to a decimal number, infinite if it is beyond all; NaN if the text, without blanks, is none. */
    static float number(String text) {
        return NUMBER.matcher(text).matches() ? Float.parseFloat(text) : Float.NaN;
    }
}
