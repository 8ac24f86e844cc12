package dev.samebits.cli.train;

import dev.samebits.cli.console.BarListener;
import dev.samebits.cli.console.Progress;
import dev.samebits.train.Epoch;
import dev.samebits.train.Sgd;
import java.util.Locale;

/** Prints a line for an epoch, of many epochs for some, with what is judged and the time that is left at most. */
final class EpochLines extends BarListener {
    // All of so many epochs have their line; of more, the first ones and then every tenth.
    private static final int ALL = 20;
    private static final int FIRST = 5;
    private static final int EACH = 10;
    // What is over sooner needs no clock.
    private static final double LONG = 10;

    private final int epochs;
    private final long began = System.nanoTime();

    EpochLines(Progress progress, Sgd sgd) {
        super(progress, 0, sgd.epochs());
        this.epochs = sgd.epochs();
    }

    @Override
    public void epoch(Epoch epoch) {
        super.epoch(epoch);
        if (epochs <= ALL || epoch.number() <= FIRST || epoch.number() % EACH == 0) {
            System.out.println(line(epoch, epochs) + left(epoch.number()));
        }
    }

    /** What an epoch gave. */
    static String line(Epoch epoch, int epochs) {
        String line = String.format(Locale.ROOT, "epoch %d/%d  loss %.6f", epoch.number(), epochs, epoch.loss());
        if (!Double.isNaN(epoch.validationLoss())) {
            line += String.format(Locale.ROOT, "  validation loss %.6f", epoch.validationLoss());
        }
        return epoch.validationDecisions() > 0
                ? line + String.format(Locale.ROOT, "  validation error %.2f %%", 100 * epoch.errorRate()) : line;
    }

    private String left(int done) {
        double seconds = (System.nanoTime() - began) / 1e9 / done * (epochs - done);
        return seconds < LONG ? "" : seconds < 100 ? String.format(Locale.ROOT, "  at most %.0f s left", seconds)
                : String.format(Locale.ROOT, "  at most %.0f min left", Math.ceil(seconds / 60));
    }
}
