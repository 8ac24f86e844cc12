package dev.samebits.bench.plan;

import java.util.Locale;

/**
 * One row of the goals: what is measured, what it is compared with, and what is wanted.
 *
 * @param yardstick what the speed is divided by, or null where the figure stands by itself
 * @param against the yardstick's name for people
 * @param goal null where the row only informs
 */
public record Row(String name, Trial own, Trial yardstick, String against, Unit unit, Goal goal) {
    /** How the measured values are shown, and what the figure is where there is no yardstick. */
    public enum Unit {
        GFLOPS("%.1f GFLOP/s"),
        MICROS("%.2f µs"),
        NANOS_PER_ELEMENT("%.3f ns/element"),
        BYTES("%.2f B"),
        /** Heap of an open session and its network, see {@link dev.samebits.bench.jmh.SessionMemoryBenchmark}. */
        MEGABYTES_HELD("%.2f MB"),
        /** What is allocated while one opens, and the network. */
        MEGABYTES_OPENING("%.2f MB");

        private final String format;

        Unit(String format) {
            this.format = format;
        }

        public String text(double value) {
            return String.format(Locale.ROOT, value < 100 ? format : format.replace(".2", ".0"), value);
        }
    }

    /** A bound on the figure. */
    public record Goal(double bound, boolean atLeast) {
        static Goal atLeast(double bound) {
            return new Goal(bound, true);
        }

        static Goal atMost(double bound) {
            return new Goal(bound, false);
        }

        public String text() {
            return String.format(Locale.ROOT, "%s %.4g", atLeast ? "≥" : "≤", bound).replaceFirst("\\.?0+$", "");
        }

        /** By what part of the bound the figure misses it; 0 or less where it is met. */
        public double missedBy(double figure) {
            return atLeast ? 1 - figure / bound : figure / bound - 1;
        }
    }
}
