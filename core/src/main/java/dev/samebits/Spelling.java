package dev.samebits;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a name that does not exist. */
final class Spelling {
    private Spelling() {}

    /** The known word that is nearest to this one, if it is only a few letters away; case does not count. */
    static Optional<String> nearest(String word, Collection<String> known) {
        int limit = word.length() < 4 ? 1 : word.length() < 12 ? 2 : 3;
        return known.stream()
                .filter(each -> distance(word, each) <= limit)
                .min(Comparator.comparingInt((String each) -> distance(word, each)).thenComparing(each -> each));
    }

    /** Letters to insert, remove, replace, or swap with their neighbour. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
