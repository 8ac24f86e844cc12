package dev.samebits.cli.samples;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How many rows of each class make up a part of all rows. */
final class Quotas {
    private Quotas() {}

    /**
     * Whole parts first, then one row more for the classes of the largest remainders, those with fewer rows left out last.
     *
     * @param rows of each class
     * @param part how many rows the quotas have together, at most as many as there are
     */
    static int[] of(int[] rows, int part) {
        long all = IntStream.of(rows).asLongStream().sum();
        int[] quotas = new int[rows.length];
        int left = part;
        for (int c = 0; c < rows.length; c++) {
            quotas[c] = (int) ((long) rows[c] * part / all);
            left -= quotas[c];
        }
        // The only row of a class is one to learn from.
        List<Integer> order = IntStream.range(0, rows.length).boxed()
                .sorted(Comparator.<Integer, Boolean>comparing(c -> rows[c] < 2)
                        .thenComparing(c -> -((long) rows[c] * part % all)))
                .toList();
        while (left > 0) {
            for (int c : order) {
                if (left > 0 && quotas[c] < rows[c]) {
                    quotas[c]++;
                    left--;
                }
            }
        }
        return quotas;
    }
}
