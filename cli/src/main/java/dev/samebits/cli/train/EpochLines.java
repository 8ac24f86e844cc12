package dev.samebits.cli.train;

import dev.samebits.cli.console.BarListener;
import dev.samebits.cli.console.Progress;
import dev.samebits.train.Epoch;
import dev.samebits.train.Sgd;
import java.util.Locale;

/** Prints a line for an epoch, of many epochs for some, with what is judged and the time that is left at most. */
final class EpochLines extends BarListener {
    // All of so many epochs have their line; of more, the first ones and then some.
    private static final int ALL = 20;
    private static final int FIRST = 5;
    private static final int MANY = 100;
    // What is over sooner needs no clock, nor does a program that has hardly begun to be compiled have one.
    private static final double LONG = 10;

    private final int epochs;
    private final long began = System.nanoTime();
    private long lineTime = began;
    private int lineEpoch;

    /**
     * For one training.
     *
     * @param done epochs that are over already
     */
    EpochLines(Progress progress, Sgd sgd, int done) {
        super(progress, 0, sgd.epochs());
        this.epochs = sgd.epochs();
        this.lineEpoch = done;
    }

    @Override
    public void epoch(Epoch epoch) {
        super.epoch(epoch);
        int number = epoch.number();
        if (epochs <= ALL || number <= FIRST || number % (number <= MANY ? 10 : 50) == 0) {
            System.out.println(line(epoch, epochs) + left(number));
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

    // By the speed since the last line: the first epochs are slow.
    private String left(int done) {
        long now = System.nanoTime();
        double seconds = (now - lineTime) / 1e9 / (done - lineEpoch) * (epochs - done);
        lineTime = now;
        lineEpoch = done;
        return now - began < LONG * 1e9 || seconds < LONG ? ""
                : seconds < 100 ? String.format(Locale.ROOT, "  at most %.0f s left", seconds)
                : String.format(Locale.ROOT, "  at most %.0f min left", Math.ceil(seconds / 60));
    }
}
