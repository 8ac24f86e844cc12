package dev.samebits.cli.samples;

import dev.samebits.cli.text.Decimal;

/** The fields of a label column as numbers, counted, so that what is a quantity is learned as one. Not thread-safe. */
final class LabelNumbers {
    // One fraction in so many rows is no mistake in a column of whole numbers.
    private static final int ROWS_OF_A_FRACTION = 20;

    private int fractions;
    private boolean others;

    /** The number in a field; NaN if it holds none, or one that no float is near to. */
    float number(String field) {
        float value = Decimal.parse(field.toCharArray(), 0, field.length());
        if (!Float.isFinite(value)) {
            others = true;
            return Float.NaN;
        }
        fractions += value == Math.rint(value) ? 0 : 1;
        return value;
    }

    /** Whether each field so far held a number. */
    boolean areAll() {
        return !others;
    }

    /**
     * Why the column is a quantity.
     *
     * @param rows how many rows there are
     * @param different how many different labels
     * @param column its name or number
     * @return the reason, or empty if it is none
     */
    String whyQuantity(int rows, int different, String column) {
        if (others || different == 1) {
            return "";
        }
        if ((long) fractions * ROWS_OF_A_FRACTION >= rows) {
            return column + " holds numbers with fractions, so it is learned as a quantity";
        }
        return fractions == 0 && ClassLabels.areUnusual(different, rows) ? column + " holds " + different
                + " different whole numbers in " + rows + " rows, so it is learned as a quantity (--classes " + different
                + " makes each a class)" : "";
    }
}
