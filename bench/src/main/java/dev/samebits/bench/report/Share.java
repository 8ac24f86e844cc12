package dev.samebits.bench.report;

import dev.samebits.bench.results.Limits;

/** A share of a limit for people. One above the limit is a fault of the measurement, and no percentage. */
final class Share {
    /** What a page says below a table that has one above. */
    static final String ABOVE = "Above the limit is a fault of the measurement: the limit was not reached when it was "
            + "measured, or more cores were at work than were asked for. Measure again on a quiet machine.";

    private Share() {}

    static boolean isAbove(double share) {
        return share > Limits.MOST;
    }

    /** As a percentage; empty where there is none. */
    static String text(double share) {
        return !Double.isFinite(share) ? "" : isAbove(share) ? Limits.ABOVE : Math.round(100 * share) + " %";
    }

    /** As a number with a bar behind it; without one where it is at fault. */
    static String html(double share) {
        String text = text(share);
        return text.isEmpty() ? "" : isAbove(share) ? "<span class=\"caution\">" + text + "</span>"
                : "<span class=\"share\" style=\"--p:" + Math.min(100, Math.round(100 * share)) + "%\">" + text + "</span>";
    }
}
