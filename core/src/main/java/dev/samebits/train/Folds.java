package dev.samebits.train;

import dev.samebits.SplitMix64;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows dealt into k folds, of which each is held out once while the others are learned from. The rows are shuffled by a
 * {@link SplitMix64} of the seed and dealt in turn, class after class where they have classes, so that every fold has as
 * large a part of each class as whole rows allow, and folds differ by one row at most. The same seed gives the same folds on
 * every machine. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Folds {
    private final int[] fold;
    private final int count;

    private Folds(int[] fold, int count) {
        this.fold = fold;
        this.count = count;
    }

    /**
     * Folds of rows that are alike.
     *
     * @param rows how many there are
     * @param count how many folds: from 2 to as many as there are rows
     * @param seed names the order
     * @return the folds
     * @throws IllegalArgumentException if there are too few rows, or folds
     */
    public static Folds of(int rows, int count, long seed) {
        return stratified(new int[rows], count, seed);
    }

    /**
     * Folds with the same part of each class.
     *
     * @param classes of the rows, from 0
     * @param count how many folds: from 2 to as many as there are rows
     * @param seed names the order
     * @return the folds
     * @throws IllegalArgumentException if there are too few rows, or folds
     */
    public static Folds stratified(int[] classes, int count, long seed) {
        if (count < 2 || count > classes.length) {
            throw new IllegalArgumentException("folds must be 2 to " + classes.length + ", the number of rows, not "
                    + count);
        }
        int[] order = IntStream.range(0, classes.length).toArray();
        new SplitMix64(seed).shuffle(order);
        // Stable: rows of a class stay in their shuffled order.
        int[] sorted = IntStream.of(order).boxed().sorted((a, b) -> Integer.compare(classes[a], classes[b]))
                .mapToInt(Integer::intValue).toArray();
        int[] fold = new int[classes.length];
        for (int n = 0; n < sorted.length; n++) {
            fold[sorted[n]] = n % count;
        }
        return new Folds(fold, count);
    }

    /** {@return how many folds there are} */
    public int count() {
        return count;
    }

    /**
     * The rows that are held out.
     *
     * @param number of the fold, from 0
     * @return their numbers, ascending
     */
    public int[] held(int number) {
        return rows(number, true);
    }

    /**
     * The rows that are learned from while a fold is held out.
     *
     * @param number of the fold, from 0
     * @return their numbers, ascending
     */
    public int[] training(int number) {
        return rows(number, false);
    }

    private int[] rows(int number, boolean held) {
        if (number < 0 || number >= count) {
            throw new IllegalArgumentException("there is no fold " + number + ": give one from 0 to " + (count - 1));
        }
        return IntStream.range(0, fold.length).filter(row -> fold[row] == number == held).toArray();
    }

    /** How many folds of how many rows. */
    @Override
    public String toString() {
        return count + " folds of " + fold.length + " rows, " + Arrays.stream(fold).filter(f -> f == 0).count()
                + " in the first";
    }
}
