package dev.samebits.simd;

/**
 * How columns, or samples, are cut into panels as wide as a tile. Panels lie one behind the other, each dense, so a panel of a
 * matrix with {@code depth} rows starts at {@link #at}. The last panels are as narrow as whole vectors allow: where one vector
 * would be left of panels of three, the last two have two each.
 */
final class Panels {
    /** Vectors of a full panel. */
    static final int FULL = Lanes.N == 16 ? 3 : 2;
    /** Floats across a full panel. */
    static final int WIDEST = FULL * Lanes.N;

    private int total;
    private int vectors;
    private int count;
    private int full;

    Panels() {}

    Panels(int total) {
        cut(total);
    }

    /** Cuts anew. */
    void cut(int columns) {
        total = columns;
        vectors = vectors(columns);
        count = (vectors + FULL - 1) / FULL;
        full = vectors / FULL;
        if (FULL == 3 && vectors % 3 == 1 && full > 0) {
            full--;
        }
    }

    /** Vectors that hold this many floats. */
    static int vectors(int floats) {
        return (floats + Lanes.N - 1) / Lanes.N;
    }

    /** Floats across all panels, padding included. */
    int padded() {
        return vectors * Lanes.N;
    }

    /** Number of panels. */
    int count() {
        return count;
    }

    /** First column of panel p, which may be the one behind the last. */
    int from(int p) {
        int narrow = Math.max(0, p - full);
        return Math.min((Math.min(p, full) * FULL + narrow * 2) * Lanes.N, padded());
    }

    /** Vectors across panel p. */
    int vectorsOf(int p) {
        return (from(p + 1) - from(p)) / Lanes.N;
    }

    /** Floats across panel p, padding included. */
    int width(int p) {
        return from(p + 1) - from(p);
    }

    /** Columns in panel p, without the padding. */
    int columns(int p) {
        return Math.min(from(p + 1), total) - from(p);
    }

    /** Where panel p starts in an array of panels that are {@code depth} rows deep. */
    int at(int p, int depth) {
        return from(p) * depth;
    }

    /** Length of an array of panels for this many columns, {@code depth} rows deep. */
    static int length(int columns, int depth) {
        return Math.multiplyExact(vectors(columns) * Lanes.N, depth);
    }
}
