package dev.samebits.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What stands for a number that is missing.
 *
 * @since 0.1.0
 */
public enum Filling {
    /** The mean of the training rows that have a value. */
    MEAN("mean"),
    /** Their median; of an even number the middle between the two in the middle. */
    MEDIAN("median"),
    /** Their most frequent value; of several the least. */
    FREQUENT("frequent"),
    /** Their mean, and one more number: 1 where the value is missing, else 0. */
    FLAG("flag");

    private final String label;

    Filling(String label) {
        this.label = label;
    }

    /** {@return the name in lower case, as on the command line} */
    public String label() {
        return label;
    }

    /**
     * The filling of a name.
     *
     * @param name such as {@code median}
     * @return the filling that has this {@link #label}
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static Filling named(String name) {
        List<Filling> all = Arrays.asList(values());
        return all.stream().filter(filling -> filling.label.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown filling '" + name + "': use one of "
                        + all.stream().map(Filling::label).collect(Collectors.joining(", "))));
    }

    /**
     * The value itself.
     *
     * @param statistics of the training rows
     * @return the value as the nearest float
     */
    public float value(ColumnStatistics statistics) {
        return switch (this) {
            case MEAN, FLAG -> (float) statistics.mean();
            case MEDIAN -> statistics.median();
            case FREQUENT -> statistics.frequent();
        };
    }
}
