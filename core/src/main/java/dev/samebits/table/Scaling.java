package dev.samebits.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a column of numbers is brought to about the size of 1: {@code (x − offset) · factor}, two float operations, with an
 * offset and a factor from the {@link ColumnStatistics} of the training rows.
 *
 * @since 0.1.0
 */
public enum Scaling {
    /** The mean becomes 0 and the standard deviation 1. */
    STANDARD("standard"),
    /** The least value becomes 0 and the largest 1. */
    MIN_MAX("minmax"),
    /** Numbers stay as they are. */
    NONE("none");

    private final String label;

    Scaling(String label) {
        this.label = label;
    }

    /** {@return the name in lower case, as on the command line} */
    public String label() {
        return label;
    }

    /**
     * The scaling of a name.
     *
     * @param name such as {@code minmax}
     * @return the scaling that has this {@link #label}
     * @throws IllegalArgumentException if there is none; the message lists them
     */
    public static Scaling named(String name) {
        List<Scaling> all = Arrays.asList(values());
        return all.stream().filter(scaling -> scaling.label.equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown scaling '" + name + "': use one of "
                        + all.stream().map(Scaling::label).collect(Collectors.joining(", "))));
    }

    /**
     * What is subtracted.
     *
     * @param statistics of the training rows
     * @return the mean or the least value as the nearest float, or 0
     */
    public float offset(ColumnStatistics statistics) {
        return switch (this) {
            case STANDARD -> (float) statistics.mean();
            case MIN_MAX -> statistics.least();
            case NONE -> 0;
        };
    }

    /**
     * What is multiplied with.
     *
     * @param statistics of the training rows
     * @return the float nearest to {@code 1 / deviation} or to {@code 1 / (largest − least)}, taken in double. For a column
     *     of one value, or where that is no float above 0, it is 0, so that the column stays 0 whatever comes
     */
    public float factor(ColumnStatistics statistics) {
        double width = switch (this) {
            case STANDARD -> statistics.deviation();
            case MIN_MAX -> (double) statistics.largest() - statistics.least();
            case NONE -> 1;
        };
        float factor = (float) (1 / width);
        boolean varies = this == NONE || statistics.least() != statistics.largest();
        return varies && Float.isFinite(factor) ? factor : 0;
    }
}
