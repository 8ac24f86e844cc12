package dev.samebits.simd.tile;

import dev.samebits.parallel.Parts;
import dev.samebits.simd.vector.Lanes;

/**
 * How columns, or samples, are cut into panels as wide as a tile. Panels lie one behind the other, each dense, so a panel of
 * a matrix with {@code depth} rows starts at {@link #at}. All are {@link #FULL} vectors wide but the last: where tiles of 3
 * and of 4 vectors are equally fast, what is left over widens the last one or two; otherwise, the last is as narrow as whole
 * vectors allow.
 */
public final class Panels {
    /** Vectors of a full panel. */
    public static final int FULL = Tiles.AARCH64 ? 4 : Tiles.AVX512 ? 3 : 2;
    /** Floats across the widest panel. */
    public static final int WIDEST = (FULL == 2 ? 2 : 4) * Lanes.N;

    /**
     * Where the first panel starts. A large array's elements start 16 bytes behind a cache line: panels that begin 48 bytes
     * further on, and are whole lines wide, let no 512-bit load cross a line.
     */
    static final int START = 12;

    // Vectors of a full panel, and of which each panel has a multiple.
    private final int full;
    private final int multiple;
    private int total;
    private int vectors;
    private int count;
    // Panels at the end that are one vector wider than FULL.
    private int widened;

    public Panels() {
        this(FULL, 1);
    }

    public Panels(int total) {
        this();
        cut(total);
    }

    private Panels(int full, int multiple) {
        this.full = full;
        this.multiple = multiple;
    }

    /** Cut to an even number of vectors each, for {@link Bfloat16Panels}. */
    public static Panels ofPairs(int total) {
        Panels panels = new Panels(WIDEST / Lanes.N, 2);
        panels.cut(total);
        return panels;
    }

    /** Cuts anew. */
    public void cut(int columns) {
        total = columns;
        vectors = Parts.quotientUp(vectors(columns), multiple) * multiple;
        int rest = vectors % full;
        // Where there are strips, they end with full panels.
        widened = full == 3 && vectors >= 4 * rest && columns <= RowLayout.STRIP_STRIDE ? rest : 0;
        count = (vectors - widened + full - 1) / full;
    }

    /** Vectors that hold this many floats. */
    static int vectors(int floats) {
        return (floats + Lanes.N - 1) / Lanes.N;
    }

    /** Floats in whole vectors that hold this many. */
    public static int padded(int floats) {
        return vectors(floats) * Lanes.N;
    }

    /** Columns of a full panel. */
    public int fullWidth() {
        return full * Lanes.N;
    }

    /** Columns that were cut. */
    int total() {
        return total;
    }

    /** Floats across all panels, padding included. */
    public int padded() {
        return vectors * Lanes.N;
    }

    /** Number of panels. */
    public int count() {
        return count;
    }

    /** First column of panel p. */
    public int from(int p) {
        return (p * full + Math.max(0, p - (count - widened))) * Lanes.N;
    }

    /** The panel that one of some parts begins with: shares of whole panels, of about as many columns each. */
    public int fromPart(int part, int parts) {
        int share = Parts.from(part, parts, padded(), 1);
        int p = 0;
        while (p < count && from(p) + width(p) / 2 <= share) {
            p++;
        }
        return p;
    }

    /** Vectors across panel p. */
    public int vectorsOf(int p) {
        if (p >= count - widened) {
            return full + 1;
        }
        return p + 1 < count ? full : vectors - p * full;
    }

    /** Floats across panel p, padding included. */
    public int width(int p) {
        return vectorsOf(p) * Lanes.N;
    }

    /** Columns in panel p, without the padding. */
    public int columns(int p) {
        return Math.min(width(p), total - from(p));
    }

    /** Columns in panels without padding: all, or those in front of the last panel. */
    public int unpadded() {
        int last = count - 1;
        return columns(last) == width(last) ? total : from(last);
    }

    /** Where panel p starts in an array of panels that are {@code depth} rows deep. */
    public int offset(int p, int depth) {
        return START + from(p) * depth;
    }

    /** Length of an array of panels for this many columns, {@code depth} rows deep. */
    public static int length(int columns, int depth) {
        return Math.addExact(START, Math.multiplyExact(padded(columns), depth));
    }
}
