package dev.samebits.cli.train;

import dev.samebits.cli.console.Problem;
import dev.samebits.train.Epoch;
import dev.samebits.train.Schedule;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingResult;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/**
 * Whether {@code train}, when the rows held out have said how many epochs are best, learns anew from all rows for as many:
 * the option {@code --refit}. Where rows are few, a fifth more of them is worth more than anything else.
 */
final class Refit {
    // With more, a fifth more of them changes little, and takes long.
    private static final int MANY_ROWS = 20_000;

    @Option(
            names = "--refit",
            paramLabel = "auto|yes|no",
            defaultValue = "auto",
            description = "Whether to learn anew from all rows, those held out among them, for as many epochs as were best; "
                    + "the measures are those from before. auto: yes where rows were held out without being asked for, and "
                    + "there are less than 20,000.")
    private String given;

    /** Refuses what makes no sense, before any data is read. */
    void check(Holdout holdout) {
        if (!List.of("auto", "yes", "no").contains(given)) {
            throw new Problem("'" + given + "' is neither auto, yes nor no", "--refit", "use one of them");
        }
        if (given.equals("yes") && (!holdout.isPossible() || holdout.file() != null)) {
            throw new Problem("no rows of --data are held out, so all are learned from at once", "--refit",
                    "leave it out, or give --validation a part such as 0.2");
        }
    }

    /**
     * Whether to do it.
     *
     * @param rows of the data, those held out among them
     * @param held whether some are held out
     */
    boolean isWanted(Holdout holdout, int rows, boolean held) {
        return held && (given.equals("yes") || given.equals("auto") && holdout.isChosen() && rows < MANY_ROWS);
    }

    /** What will be done, for the user. */
    static String plan(int rows) {
        return String.format(Locale.ROOT, "then anew from all %,d rows, for as many epochs as were best; the measures "
                + "are from before (--refit)", rows);
    }

    /** Descent for as many epochs as were best, with the rates that they had. */
    static Sgd like(Sgd sgd, TrainingResult first) {
        int epochs = Outcome.best(first).number();
        Schedule rates = sgd.schedule();
        List<Epoch> history = first.epochs();
        // The rows held out judge no more, but a plateau of theirs stays where it was.
        Schedule same = rates.equals(Schedule.CONSTANT) ? rates : (step, steps, done) ->
                rates.factor(step, steps / epochs * sgd.epochs(), history.subList(0, done.size()));
        return new Sgd(sgd.learningRate(), sgd.weightDecay(), sgd.batch(), epochs, epochs, sgd.seed(), sgd.optimizer(), same,
                sgd.clipNorm(), sgd.dropout(), sgd.batchNorm());
    }

    /** What was done. */
    static String done(int rows, int learned) {
        return String.format(Locale.ROOT, "saved is what has learned anew from all %,d rows; the measures above are of what "
                + "learned from %,d of them", rows, learned);
    }
}
