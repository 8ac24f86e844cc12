package dev.samebits.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr, where that is a terminal; nothing elsewhere. */
final class Progress implements AutoCloseable {
    /** Set by the launcher, which can ask the shell; Java cannot tell for stderr alone. */
    private static final boolean TERMINAL = Boolean.getBoolean("samebits.terminal");

    private static final int WIDTH = Integer.getInteger("samebits.columns", 80);

    private final ProgressBar bar;

    /**
     * Starts a bar.
     *
     * @param of the end, or −1 if it is not known
     */
    Progress(String task, String unit, long of) {
        bar = !TERMINAL ? null : new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(of)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(100)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .setUnit(" " + unit, 1)
                .clearDisplayOnFinish()
                .build();
    }

    void to(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    void note(String text) {
        if (bar != null) {
            bar.setExtraMessage(" " + text);
        }
    }

    /** Removes the bar. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
