package dev.samebits.simd;

/**
 * How columns, or samples, are cut into panels as wide as a tile. Panels lie one behind the other, each dense, so a panel of a
 * matrix with {@code depth} rows starts at {@link #at}. The last panel is as narrow as whole vectors allow.
 */
final class Panels {
    /** Vectors of a full panel, and the one width above it: what is left when four vectors remain goes into one panel. */
    static final int FULL = Lanes.N == 16 ? 3 : 2;
    /** Floats across the widest panel. */
    static final int WIDEST = (Lanes.N == 16 ? 4 : 2) * Lanes.N;

    private int total;
    private int vectors;
    private int count;

    Panels() {}

    Panels(int total) {
        cut(total);
    }

    /** Cuts anew. */
    void cut(int columns) {
        total = columns;
        vectors = vectors(columns);
        // Full panels, and one for the rest; a rest of one vector goes into the panel before it where that may be wider.
        count = (vectors + FULL - 1) / FULL;
        if (FULL == 3 && vectors % 3 == 1 && vectors > 1) {
            count--;
        }
    }

    /** Vectors that hold this many floats. */
    static int vectors(int floats) {
        return (floats + Lanes.N - 1) / Lanes.N;
    }

    /** Floats in whole vectors that hold this many. */
    static int padded(int floats) {
        return vectors(floats) * Lanes.N;
    }

    /** Columns that were cut. */
    int total() {
        return total;
    }

    /** Floats across all panels, padding included. */
    int padded() {
        return vectors * Lanes.N;
    }

    /** Number of panels. */
    int count() {
        return count;
    }

    /** First column of panel p. */
    int from(int p) {
        return p * FULL * Lanes.N;
    }

    /** Vectors across panel p. */
    int vectorsOf(int p) {
        return p + 1 < count ? FULL : vectors - p * FULL;
    }

    /** Floats across panel p, padding included. */
    int width(int p) {
        return vectorsOf(p) * Lanes.N;
    }

    /** Columns in panel p, without the padding. */
    int columns(int p) {
        return Math.min(width(p), total - from(p));
    }

    /** Where panel p starts in an array of panels that are {@code depth} rows deep. */
    int at(int p, int depth) {
        return from(p) * depth;
    }

    /** Length of an array of panels for this many columns, {@code depth} rows deep. */
    static int length(int columns, int depth) {
        return Math.multiplyExact(padded(columns), depth);
    }
}
