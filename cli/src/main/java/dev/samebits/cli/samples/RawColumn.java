package dev.samebits.cli.samples;

import dev.samebits.cli.data.csv.Cells;
import dev.samebits.cli.text.Decimal;
import dev.samebits.table.TableColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A column of a CSV file before it is known what it holds: its fields are counted, and each different text gets a number.
 * Not thread-safe.
 */
final class RawColumn {
    /** Different texts that get a number; those met later share the last one. */
    static final int MOST_TEXTS = 1 << 16;
    // Different numbers that get one, of a column that nobody called one of categories: with more it is none.
    private static final int MOST_NUMBERS = 1 << 10;
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");
    private static final Pattern DATE = Pattern.compile("\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}([T ].*)?"
            + "|\\d{1,2}[-/.]\\d{1,2}[-/.](\\d{2}|\\d{4})([T ].*)?");

    private final int mostNumbers;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Float, Integer> numberIds = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final Set<String> truths = new HashSet<>();
    private int numbers;
    private int missing;
    private int words;
    private int dates;
    private boolean overflown;
    private String firstWord;
    private String firstWordPlace;
    private boolean inFirstRow;
    // Whether each field so far is a whole number above the one before.
    private boolean rising = true;
    private long highest = -1;

    /** @param asked whether the user calls it one of categories */
    RawColumn(boolean asked) {
        this.mostNumbers = asked ? MOST_TEXTS : MOST_NUMBERS;
    }

    /** Takes a field, and gives the number of its text. */
    int take(char[] text, int from, int length, float value, boolean firstRow) {
        rising = rising && rises(Cells.text(text, from, length).strip());
        if (Float.isFinite(value)) {
            numbers++;
            Integer id = numberIds.get(value);
            return id != null ? id : numberIds.size() < mostNumbers ? add(Cells.text(text, from, length).strip(), value)
                    : overflow();
        }
        String word = Cells.text(text, from, length).strip();
        if (TableColumn.isMissing(word)) {
            missing++;
        } else {
            words++;
            dates += DATE.matcher(word).matches() ? 1 : 0;
            if (TableColumn.isTruth(word)) {
                truths.add(word.toLowerCase(Locale.ROOT));
            } else if (truths.size() < 3) {
                truths.add(word);
            }
            if (firstWord == null) {
                firstWord = word;
                inFirstRow = firstRow;
            }
        }
        return add(word, Float.NaN);
    }

    private boolean rises(String text) {
        long number = WHOLE.matcher(text).matches() ? Long.parseLong(text) : -1;
        boolean above = number > highest;
        highest = number;
        return above;
    }

    private int add(String text, float value) {
        Integer known = ids.get(text);
        if (known == null && texts.size() == MOST_TEXTS) {
            return overflow();
        }
        int id = known != null ? known : texts.size();
        if (known == null) {
            ids.put(text, id);
            texts.add(text);
        }
        if (!Float.isNaN(value)) {
            numberIds.put(value, id);
        }
        return id;
    }

    private int overflow() {
        overflown = true;
        return MOST_TEXTS;
    }

    /** Whether the place of the first text that is no number is not known yet. */
    boolean lacksPlace() {
        return firstWord != null && firstWordPlace == null;
    }

    void firstWordAt(String place) {
        firstWordPlace = place;
    }

    String firstWord() {
        return firstWord;
    }

    String firstWordPlace() {
        return firstWordPlace;
    }

    /** Whether the first text that is no number stands in the first row. */
    boolean isInFirstRow() {
        return inFirstRow;
    }

    /** Fields that are numbers. */
    int numbers() {
        return numbers;
    }

    /** Fields that hold nothing, or a word for it. */
    int missing() {
        return missing;
    }

    /** Other fields. */
    int words() {
        return words;
    }

    /** Whether every field is a whole number above that of the row before, as those of rows are. */
    boolean isRising() {
        return rising;
    }

    /** Whether nearly all fields that are no numbers are dates. */
    boolean holdsDates() {
        return words > 0 && 10L * dates >= 9L * words;
    }

    /** Whether all fields say true or false, in two words. */
    boolean holdsTruths() {
        return words > 0 && numbers == 0 && truths.size() == 2 && truths.stream().allMatch(TableColumn::isTruth);
    }

    /** The texts, by their numbers. */
    List<String> texts() {
        return texts;
    }

    /** Whether there were more of them than get a number. */
    boolean isOverflown() {
        return overflown;
    }

    /** The float of a field, NaN if it holds none. */
    static float number(char[] text, int from, int length) {
        float value = Decimal.parse(text, from, length);
        return Float.isFinite(value) ? value : Float.NaN;
    }
}
