package dev.samebits.cli.data.csv;

import dev.samebits.cli.console.Problem;
import dev.samebits.cli.text.Decimal;
import java.util.Arrays;

/** Whether the first record of a CSV file holds names, or is a row already. What may be either is told, or refused. */
final class CsvHeader {
    // Fewer numbers in turn are not so rare in data.
    private static final int IN_TURN = 3;
    private static final String MEND = "give --header yes if they are names, --header no if they are data";

    private CsvHeader() {}

    /**
     * Whether the first record holds names.
     *
     * @param place of the first record, for messages
     * @param second the record behind it, or null if that is not known
     */
    static boolean isThere(String place, String[] first, String[] second, CsvOptions.Header option) {
        if (option != CsvOptions.Header.AUTO) {
            return option == CsvOptions.Header.YES;
        }
        if (numbers(first) == 0) {
            return !Arrays.stream(first).allMatch(String::isBlank);
        }
        checkNumbers(place, first, second);
        return false;
    }

    /** Whether the first record, though it holds numbers, may rather hold names. */
    static boolean isLikely(String[] first, String[] second) {
        return second.length == first.length && numbers(second) > numbers(first)
                && Arrays.stream(first).filter(Decimal::isMeant).allMatch(field -> isCount(field.strip()));
    }

    private static int numbers(String[] fields) {
        return (int) Arrays.stream(fields).filter(Decimal::isMeant).count();
    }

    // Numbers as names: 0, 1, 2 as pandas numbers columns, years, days, wavelengths.
    private static void checkNumbers(String place, String[] first, String[] second) {
        String[] numbers = Arrays.stream(first).filter(Decimal::isMeant).map(String::strip).toArray(String[]::new);
        if (!Arrays.stream(numbers).allMatch(CsvHeader::isCount)) {
            return;
        }
        int[] values = Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray();
        boolean rising = true;
        boolean falling = true;
        boolean inTurn = values[0] <= 1;
        for (int i = 1; i < values.length; i++) {
            rising &= values[i] > values[i - 1];
            falling &= values[i] < values[i - 1];
            inTurn &= values[i] == values[i - 1] + 1;
        }
        if (inTurn && values.length >= IN_TURN) {
            throw new Problem("the numbers " + values[0] + " to " + values[values.length - 1]
                    + " in turn may be names or data", place, MEND);
        }
        if (second != null && isLikely(first, second)) {
            throw new Problem("whole numbers beside text, with numbers below the text, may be names or data", place, MEND);
        }
        boolean sorted = values.length > 1 ? rising || falling : values[0] == 0 && first.length == 1;
        boolean others = Arrays.stream(values).distinct().count() == values.length && isOther(first, second);
        if (sorted || others) {
            System.err.println("samebits: note: " + place
                    + ": its whole numbers are taken for data; give --header yes if they are names, --header no if not");
        }
    }

    // Whether fractions stand below the whole numbers.
    private static boolean isOther(String[] first, String[] second) {
        boolean other = second != null && second.length == first.length;
        for (int c = 0; other && c < first.length; c++) {
            other = !Decimal.isMeant(first[c]) || Decimal.isMeant(second[c]) && !isCount(second[c].strip());
        }
        return other;
    }

    private static boolean isCount(String text) {
        return text.matches("\\d{1,9}");
    }
}
