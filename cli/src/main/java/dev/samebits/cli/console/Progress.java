package dev.samebits.cli.console;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr with speed and time left, where that is a terminal; nothing elsewhere. */
public final class Progress implements AutoCloseable {
    /** Set by the launcher, which can ask the shell; Java cannot tell for stderr alone. */
    private static final boolean TERMINAL = Boolean.getBoolean("samebits.terminal");

    private static final int WIDTH = Integer.getInteger("samebits.columns", 80);

    // Nothing of the library is named here, so that where there is no bar none of it is loaded.
    private final Bar bar;

    /**
     * Starts a bar.
     *
     * @param of the end, or −1 if it is not known
     */
    public Progress(String task, String unit, long of) {
        bar = TERMINAL ? new Bar(task, unit, of) : null;
    }

    public void to(long done) {
        if (bar != null) {
            bar.bar.stepTo(done);
        }
    }

    /** So many, which are a part of all (0 to 1), or −1 if that is not known: the end is estimated. */
    public void to(long done, double fraction) {
        if (bar != null) {
            if (fraction > 0) {
                bar.bar.maxHint(Math.max(done, Math.round(done / fraction)));
            }
            bar.bar.stepTo(done);
        }
    }

    public void note(String text) {
        if (bar != null) {
            bar.bar.setExtraMessage(" " + text);
        }
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.bar.close();
        }
    }

    private static final class Bar {
        final ProgressBar bar;

        Bar(String task, String unit, long of) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(of)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(100)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                    .setUnit(" " + unit, 1)
                    .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                    .clearDisplayOnFinish()
                    .build();
        }
    }
}
