package dev.samebits.spark.score;

import org.jspecify.annotations.Nullable;

/** What messages say of values that are no features. */
final class Faults {
    private static final int SHOWN = 40;

    private Faults() {}

    static boolean isFinite(float value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    /** Whether all of some values are finite, in few cycles: 0 times any other is NaN, and so are all sums with it. */
    static boolean areFinite(float[] x, int at, int count) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int j = at;
        for (; j < at + count - 3; j += 4) {
            a += 0 * x[j];
            b += 0 * x[j + 1];
            c += 0 * x[j + 2];
            d += 0 * x[j + 3];
        }
        for (; j < at + count; j++) {
            a += 0 * x[j];
        }
        return !Float.isNaN(a + b + c + d);
    }

    /** Value j of a part as a float, which was given as another number: null if it is finite. */
    static @Nullable String finite(Part part, float value, int j, Number given) {
        if (isFinite(value)) {
            return null;
        }
        double was = given.doubleValue();
        return name(part, j) + (Double.isNaN(was) ? " is NaN" : Double.isInfinite(was) ? " is infinite"
                : " is " + given + ", beyond the range of floats");
    }

    static String isNull(Part part) {
        return "column " + part.column() + " is null";
    }

    static String length(Part part, int found) {
        return "column " + part.column() + " has " + found + " values where the model takes " + part.width();
    }

    /** What a feature is called. */
    static String name(Part part, int j) {
        return part.width() == 1 ? "column " + part.column() : "value " + (j + 1) + " of column " + part.column();
    }

    /** A text on one line, and not too long. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line) + "'";
    }
}
