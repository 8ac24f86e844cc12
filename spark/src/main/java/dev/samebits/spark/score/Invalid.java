package dev.samebits.spark.score;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a row that is not a row of finite floats, or whose outputs name no class. */
public enum Invalid {
    /** The job fails, and says which row. */
    ERROR,
    /** The row is left out. */
    SKIP,
    /** The row stays, with nulls for its outputs and prediction. */
    KEEP;

    /** {@return as Spark ML writes it} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return all words} */
    public static List<String> words() {
        return Arrays.stream(values()).map(Invalid::word).toList();
    }

    /**
     * The one that a word stands for.
     *
     * @param word one of {@link #words}
     * @return what it means
     */
    public static Invalid of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
