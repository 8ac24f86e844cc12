package dev.samebits.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic scale from values to places in a picture.
 *
 * @param from the least value, at place {@code start}
 * @param to the greatest, at place {@code end}
 */
record LogAxis(double from, double to, double start, double end) {
    /** An axis that holds the values with some air at both ends. */
    static LogAxis around(double least, double greatest, double start, double end) {
        return new LogAxis(least / 1.4, greatest * 1.4, start, end);
    }

    double at(double value) {
        double share = Math.log(value / from) / Math.log(to / from);
        return start + share * (end - start);
    }

    /** Powers of ten, and where these are few 2 and 5 times them. */
    List<Double> ticks() {
        double decades = Math.log10(to / from);
        double[] steps = decades > 3 ? new double[] {1} : decades > 1.5 ? new double[] {1, 3} : new double[] {1, 2, 5};
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
            for (double step : steps) {
                double tick = step * Math.pow(10, power);
                if (tick >= from && tick <= to) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** A tick's number, with the field's abbreviations. */
    static String label(double value) {
        if (value >= 1e9) {
            return trimmed(value / 1e9) + "G";
        }
        if (value >= 1e6) {
            return trimmed(value / 1e6) + "M";
        }
        return value >= 1e4 ? trimmed(value / 1e3) + "k" : trimmed(value);
    }

    private static String trimmed(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }
}
