package dev.samebits.bench.run;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a run is and how much time is left: one line that is written over on a terminal, elsewhere a line now and then.
 */
public final class RunProgress {
    private static final boolean TERMINAL = Boolean.getBoolean("samebits.terminal");
    private static final int WIDTH = Integer.getInteger("samebits.columns", 80);
    private static final double LINE_EVERY_SECONDS = 15;

    private final int forks;
    private final double secondsPerFork;
    private final PrintWriter err;
    private final long began = System.nanoTime();
    private int done;
    private int measured;
    private double lastLine = Double.NEGATIVE_INFINITY;

    public RunProgress(int forks, double secondsPerFork, PrintWriter err) {
        this.forks = forks;
        this.secondsPerFork = secondsPerFork;
        this.err = err;
    }

    /** The next fork begins. */
    void next(String what) {
        double elapsed = (System.nanoTime() - began) / 1e9;
        double left = (forks - done) * (measured < 5 ? secondsPerFork : elapsed / measured);
        String line = String.format(Locale.ROOT, "[%d/%d] %s left  %s", done + 1, forks, clock(left), what);
        if (TERMINAL) {
            err.print("\r\033[K" + (line.length() < WIDTH ? line : line.substring(0, WIDTH - 1)));
            err.flush();
        } else if (elapsed - lastLine >= LINE_EVERY_SECONDS) {
            err.println(line);
            lastLine = elapsed;
        }
        done++;
        measured++;
    }

    /** A fork that is not run after all. */
    void skip() {
        done++;
    }

    /** Ends the line. */
    public void close() {
        if (TERMINAL) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    /** Minutes and seconds. */
    public static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
