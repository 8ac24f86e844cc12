package dev.samebits.table;

import java.util.Arrays;

/**
 * What a column of numbers is like over the training rows. All sums are taken in double, value by value in the order given,
 * so that the same rows give the same bits everywhere. Immutable.
 *
 * @param count values that are there
 * @param missing values that are not: NaN
 * @param mean {@code m = (Σ x) / count}
 * @param deviation {@code √((Σ (x − m)²) / count)}
 * @param least the least value; −0 counts as less than 0
 * @param largest the largest value
 * @param median of the sorted values the one in the middle, or the middle between two, taken in double, as the nearest float
 * @param frequent the value that most rows have, of several the least
 * @since 0.1.0
 */
public record ColumnStatistics(int count, int missing, double mean, double deviation, float least, float largest,
        float median, float frequent) {
    /**
     * Takes the statistics of some values.
     *
     * @param values in the order of the rows; NaN where one is missing
     * @return what they are like
     * @throws IllegalArgumentException if none is there, or one is infinite
     */
    public static ColumnStatistics of(float[] values) {
        float[] sorted = new float[values.length];
        int count = 0;
        double sum = 0;
        for (int n = 0; n < values.length; n++) {
            float value = values[n];
            if (Float.isInfinite(value)) {
                throw new IllegalArgumentException("the value of row " + n + " is " + value + ": give finite ones, or NaN");
            }
            if (!Float.isNaN(value)) {
                sum += value;
                sorted[count++] = value;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("no value is there: of " + values.length + " all are NaN");
        }
        double mean = sum / count;
        double squares = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                double difference = value - mean;
                squares += difference * difference;
            }
        }
        Arrays.sort(sorted, 0, count);
        return new ColumnStatistics(count, values.length - count, mean, Math.sqrt(squares / count), sorted[0],
                sorted[count - 1], median(sorted, count), frequent(sorted, count));
    }

    private static float median(float[] sorted, int count) {
        float upper = sorted[count / 2];
        return count % 2 == 1 ? upper : (float) (((double) sorted[count / 2 - 1] + upper) / 2);
    }

    private static float frequent(float[] sorted, int count) {
        float best = sorted[0];
        int most = 0;
        int from = 0;
        for (int n = 1; n <= count; n++) {
            // −0 and 0 are one value.
            if (n == count || sorted[n] != sorted[from]) {
                if (n - from > most) {
                    most = n - from;
                    best = sorted[from];
                }
                from = n;
            }
        }
        return best;
    }
}
