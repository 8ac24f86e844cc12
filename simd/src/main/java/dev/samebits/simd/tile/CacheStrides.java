package dev.samebits.simd.tile;

/** Distances between rows that caches like. */
public final class CacheStrides {
    /** Rows whose starts differ by a multiple of this share so few cache sets that a tile's rows evict one another. */
    private static final int CROWDED = 256;
    /** A cache line of floats. */
    private static final int LINE = 16;

    private CacheStrides() {}

    /** A stride of at least this many floats, a multiple of a cache line, that does not crowd a few cache sets. */
    public static int of(int floats) {
        int stride = (floats + LINE - 1) / LINE * LINE;
        return isCrowded(stride) ? stride + LINE : stride;
    }

    /** Whether rows this far apart crowd a few cache sets. */
    public static boolean isCrowded(int stride) {
        return stride % CROWDED == 0;
    }
}
