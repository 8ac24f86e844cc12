package dev.samebits.bench.plan;

import java.util.Locale;

/**
 * One row of the table: what is measured, what it is compared with, and what is wanted.
 *
 * @param yardstick what the speed is divided by, or null where the figure stands by itself
 * @param against the yardstick's name for people
 * @param goal null where the row only informs
 */
public record Row(String name, Trial own, Trial yardstick, String against, Unit unit, Goal goal) {
    /** How the measured values are shown, and what the figure is where there is no yardstick. */
    public enum Unit {
        GFLOPS,
        MICROS,
        NANOS_PER_ELEMENT,
        BYTES;

        /** The value of a fork's sample in this unit. */
        double of(Sample sample, double work) {
            return switch (this) {
                case GFLOPS -> work / sample.nanos();
                case MICROS -> sample.nanos() / 1000;
                case NANOS_PER_ELEMENT -> sample.nanos() / work;
                case BYTES -> sample.bytes();
            };
        }

        String text(double value) {
            return switch (this) {
                case GFLOPS -> String.format(Locale.ROOT, "%.1f GFLOP/s", value);
                case MICROS -> String.format(Locale.ROOT, value < 100 ? "%.2f µs" : "%.0f µs", value);
                case NANOS_PER_ELEMENT -> String.format(Locale.ROOT, "%.3f ns/element", value);
                case BYTES -> String.format(Locale.ROOT, "%.2f B", value);
            };
        }
    }

    /** A bound on the figure. */
    public record Goal(double bound, boolean atLeast) {
        public static Goal atLeast(double bound) {
            return new Goal(bound, true);
        }

        public static Goal atMost(double bound) {
            return new Goal(bound, false);
        }

        boolean isMet(double figure) {
            return atLeast ? figure >= bound : figure <= bound;
        }
    }

    /** One fork's figure: the ratio of the two speeds, or without a yardstick the value itself. */
    double figure(Sample mine, Sample other) {
        if (yardstick == null) {
            return unit.of(mine, own.work());
        }
        return own.work() / mine.nanos() / (yardstick.work() / other.nanos());
    }
}
