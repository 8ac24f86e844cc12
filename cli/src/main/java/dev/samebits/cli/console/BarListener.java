package dev.samebits.cli.console;

import dev.samebits.train.Epoch;
import dev.samebits.train.TrainingListener;
import java.util.Locale;

/** Moves a progress bar while a network is trained. */
public class BarListener implements TrainingListener {
    private final Progress progress;
    private final int before;
    private final int epochs;
    private String loss = "";

    /**
     * For one run of several.
     *
     * @param before epochs of earlier runs
     * @param epochs of all runs
     */
    public BarListener(Progress progress, int before, int epochs) {
        this.progress = progress;
        this.before = before;
        this.epochs = epochs;
    }

    @Override
    public void batch(int epoch, int samples, int of) {
        progress.to((before + epoch - 1L) * of + samples);
        if (samples == of || samples * 8L / of != (samples - 1L) * 8 / of) {
            progress.note("epoch " + (before + epoch) + "/" + epochs + loss);
        }
    }

    @Override
    public void epoch(Epoch epoch) {
        loss = String.format(Locale.ROOT, ", loss %.4f", epoch.loss());
    }
}
