package dev.samebits.train;

import dev.samebits.TrainingState;
import dev.samebits.store.RecordInput;
import dev.samebits.store.RecordOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a training stands after an epoch: all that {@link Sgd#fit} needs to go on to the same bits as if it had never
 * stopped, on any backend and number of threads. {@link TrainingRequest#withCheckpoints} gives them,
 * {@link TrainingRequest#withResumed} takes one. It knows of which training it is, by digests of the network that it began
 * with, of the samples, of the settings and the number of the arithmetic: another training refuses it. Immutable.
 *
 * @since 0.1.0
 */
public final class Checkpoint {
    private static final String MAGIC = "samebits checkpoint 1\n";

    private final Map<String, String> training;
    private final List<Epoch> epochs;
    private final TrainingState present;
    // Null where none was better than another, for want of validation.
    private final @Nullable TrainingState best;

    Checkpoint(Map<String, String> training, List<Epoch> epochs, TrainingState present, @Nullable TrainingState best) {
        this.training = training;
        this.epochs = List.copyOf(epochs);
        this.present = present;
        this.best = best;
    }

    /** {@return what the epochs gave that are over; at least one; unmodifiable} */
    public List<Epoch> epochs() {
        return epochs;
    }

    TrainingState present() {
        return present;
    }

    @Nullable TrainingState best() {
        return best;
    }

    /** Refuses to be one of another training. */
    void check(Map<String, String> other) {
        TreeSet<String> names = new TreeSet<>(training.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            String here = training.getOrDefault(name, "none");
            String there = other.getOrDefault(name, "none");
            if (!here.equals(there)) {
                boolean digests = here.length() == there.length() && here.matches("[0-9a-f]{64}");
                throw new IllegalArgumentException("the checkpoint is of a training with "
                        + (digests ? "another " + name
                                : name + " " + apart(here, there) + ", and this one has " + apart(there, here))
                        + ": give what it was made with, or begin anew");
            }
        }
    }

    /** The words of a text, up to its commas, in which it differs from another; the whole if it lacks only some. */
    private static String apart(String text, String other) {
        int shorter = Math.min(text.length(), other.length());
        int from = 0;
        while (from < shorter && text.charAt(from) == other.charAt(from)) {
            from++;
        }
        int behind = 0;
        while (behind < shorter - from
                && text.charAt(text.length() - 1 - behind) == other.charAt(other.length() - 1 - behind)) {
            behind++;
        }
        while (from > 0 && !isBetweenWords(text.charAt(from - 1))) {
            from--;
        }
        int to = text.length() - behind;
        while (to < text.length() && !isBetweenWords(text.charAt(to))) {
            to++;
        }
        String words = text.substring(from, to).strip();
        return words.isEmpty() ? text : words;
    }

    private static boolean isBetweenWords(char c) {
        return c == ',' || c == '[' || c == ']';
    }

    /**
     * Writes it: a line {@code samebits checkpoint 1}; how many facts tell of which training it is, and each fact's name
     * and text; how many epochs there were, and of each its loss, wrong decisions, decisions, validation loss and measure;
     * whether the best parameters are none (0), the present ones (1) or others (2); the SHA-256 of all that; and, as
     * {@link TrainingState#write} has them, the present state, and the best one if it is another.
     *
     * @param out takes it; left open
     * @throws IOException if that fails
     */
    public void write(OutputStream out) throws IOException {
        boolean other = best != null && best != present;
        try (RecordOutput record = new RecordOutput(out, MAGIC)) {
            record.number(training.size());
            for (Map.Entry<String, String> fact : training.entrySet()) {
                record.text(fact.getKey());
                record.text(fact.getValue());
            }
            record.number(epochs.size());
            for (Epoch epoch : epochs) {
                record.wide(Double.doubleToRawLongBits(epoch.loss()));
                record.wide(epoch.validationErrors());
                record.wide(epoch.validationDecisions());
                record.wide(Double.doubleToRawLongBits(epoch.validationLoss()));
                record.text(epoch.measure().name());
            }
            record.number(best == null ? 0 : other ? 2 : 1);
        }
        present.write(out);
        if (other) {
            best.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote, to its last byte and no further.
     *
     * @param in gives it; left open
     * @return the checkpoint
     * @throws IOException if that fails, or it is no checkpoint, cut off or changed; the message says which
     */
    public static Checkpoint read(InputStream in) throws IOException {
        RecordInput record = new RecordInput(in, MAGIC);
        Map<String, String> training = new LinkedHashMap<>();
        for (int left = record.number(); left > 0; left--) {
            training.put(record.text(), record.text());
        }
        List<Epoch> epochs = new ArrayList<>();
        for (int left = record.number(); left > 0; left--) {
            epochs.add(new Epoch(epochs.size() + 1, Double.longBitsToDouble(record.wide()), record.wide(), record.wide(),
                    Double.longBitsToDouble(record.wide()), measure(record.text())));
        }
        int which = record.number();
        record.end();
        TrainingState present = TrainingState.read(in);
        return new Checkpoint(training, epochs, present, which == 0 ? null : which == 1 ? present : TrainingState.read(in));
    }

    private static Measure measure(String name) throws IOException {
        for (Measure measure : Measure.values()) {
            if (measure.name().equals(name)) {
                return measure;
            }
        }
        throw new IOException("it was changed");
    }

    /** After which epoch it stands. */
    @Override
    public String toString() {
        return "checkpoint after epoch " + epochs.size();
    }
}
