package dev.samebits.bench.plan;

import java.util.Locale;

/**
 * One row of the goals: what is measured, what it is compared with, and what is wanted.
 *
 * @param yardstick what the speed is divided by, or null where the figure stands by itself; of one that is a limit of the
 *     machine the best that any fork of the run reached
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
        /** Of the first thousand single rows in a JVM, see {@link dev.samebits.bench.jmh.ColdStartBenchmark}. */
        MILLIS_AT_FIRST("%.2f ms"),
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

    /** Whether the figure is a share of what the machine can do at most. */
    public boolean isShare() {
        return yardstick != null && yardstick.isLimit();
    }

    /** The figure that nothing exceeds: all of a limit; beside itself on fewer threads, as many times more threads. */
    public double most() {
        if (isShare()) {
            return 1;
        }
        return yardstick != null && yardstick.benchmark().equals(own.benchmark()) && !threads(own).equals(threads(yardstick))
                ? Double.parseDouble(threads(own)) / Double.parseDouble(threads(yardstick))
                : Double.POSITIVE_INFINITY;
    }

    private static String threads(Trial trial) {
        return trial.parameters().getOrDefault("threads", "1");
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
