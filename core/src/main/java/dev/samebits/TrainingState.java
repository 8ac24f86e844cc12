package dev.samebits;

import dev.samebits.store.RecordInput;
import dev.samebits.store.RecordOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * All that a {@link TrainingSession} has learned and remembers, by name: parameters, the optimizer's moments and how far it
 * has come, the generator of dropout. It is the same on every backend: a session of another one, or on other threads, that
 * is given it goes on to the same bits. Its arrays are {@code [neurons × inputs]}, row by row, however a backend packs them.
 *
 * <p>A session passes each piece of its state through a {@link StateExchange}, once, for saving and for restoring: what is
 * saved is what is restored. Immutable, compared by its names and bits.
 *
 * @since 0.1.0
 */
public final class TrainingState {
    private static final String MAGIC = "samebits training state 1\n";

    private final Map<String, float[]> floats;
    private final Map<String, Long> numbers;

    TrainingState(Map<String, float[]> floats, Map<String, Long> numbers) {
        this.floats = Collections.unmodifiableMap(floats);
        this.numbers = Collections.unmodifiableMap(numbers);
    }

    /** For {@link StateExchange}; not to be changed. */
    Map<String, float[]> floats() {
        return floats;
    }

    Map<String, Long> numbers() {
        return numbers;
    }

    /**
     * Refuses a state of another kind of session.
     *
     * @param present the state of the session that is to have this one
     * @throws IllegalArgumentException if this one has other names, or as many numbers of another length
     */
    public void checkFits(TrainingState present) {
        TreeSet<String> names = new TreeSet<>(lengths().keySet());
        names.addAll(present.lengths().keySet());
        for (String name : names) {
            int here = lengths().getOrDefault(name, -1);
            int there = present.lengths().getOrDefault(name, -1);
            if (here != there) {
                throw new IllegalArgumentException("restore: the state has " + shown(name, here) + ", and the session "
                        + shown(name, there) + ": give the state of a session of the same network, optimizer and options");
            }
        }
    }

    private static String shown(String name, int length) {
        return length < 0 ? "no " + name : name + " of " + length;
    }

    private Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        floats.forEach((name, values) -> lengths.put(name, values.length));
        // A number is not one float.
        numbers.forEach((name, value) -> lengths.put(name + " (a number)", 1));
        return lengths;
    }

    /**
     * Writes it: a line {@code samebits training state 1}; the number of whole numbers, and for each its name and itself;
     * the number of arrays, and for each its name, its length and its floats; the SHA-256 of all that. A count is four
     * bytes, a whole number eight, a float four, a name UTF-8 with its count of bytes in front, all little-endian.
     *
     * @param out takes it; left open
     * @throws IOException if that fails
     */
    public void write(OutputStream out) throws IOException {
        try (RecordOutput record = new RecordOutput(out, MAGIC)) {
            record.number(numbers.size());
            for (Map.Entry<String, Long> number : numbers.entrySet()) {
                record.text(number.getKey());
                record.wide(number.getValue());
            }
            record.number(floats.size());
            for (Map.Entry<String, float[]> values : floats.entrySet()) {
                record.text(values.getKey());
                record.floats(values.getValue());
            }
        }
    }

    /**
     * Reads what {@link #write} wrote, to its last byte and no further.
     *
     * @param in gives it; left open
     * @return the state
     * @throws IOException if that fails, or it is no such state, cut off or changed; the message says which
     */
    public static TrainingState read(InputStream in) throws IOException {
        RecordInput record = new RecordInput(in, MAGIC);
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int left = record.number(); left > 0; left--) {
            numbers.put(record.text(), record.wide());
        }
        Map<String, float[]> floats = new LinkedHashMap<>();
        for (int left = record.number(); left > 0; left--) {
            floats.put(record.text(), record.floats());
        }
        record.end();
        return new TrainingState(floats, numbers);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TrainingState state) || !numbers.equals(state.numbers)
                || !floats.keySet().equals(state.floats.keySet())) {
            return false;
        }
        // Bits: NaN is NaN, and zeros have signs.
        return floats.keySet().stream().allMatch(name -> Arrays.equals(floats.get(name), state.floats.get(name)));
    }

    @Override
    public int hashCode() {
        int hash = numbers.hashCode();
        for (Map.Entry<String, float[]> entry : floats.entrySet()) {
            hash += entry.getKey().hashCode() ^ Arrays.hashCode(entry.getValue());
        }
        return hash;
    }

    /** How much it is. */
    @Override
    public String toString() {
        return "training state of " + floats.size() + " arrays, " + floats.values().stream().mapToLong(v -> v.length).sum()
                + " floats, and " + numbers.size() + " numbers";
    }
}
