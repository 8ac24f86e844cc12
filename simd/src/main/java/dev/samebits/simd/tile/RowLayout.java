package dev.samebits.simd.tile;

/**
 * How the rows of a layer's input or output lie: each whole, or, in a large network, in strips of columns whose rows are
 * {@link #STRIP_STRIDE} apart, one strip behind the other. A constant distance lets C2 put it into the addresses of a tile's
 * rows and check their indices together ({@link Tile8x3Strip}); a strip is also as much as such a tile sums in one go.
 */
public final class RowLayout {
    /**
     * Floats between two rows of a strip: 65 cache lines, so that neighbouring rows lie in neighbouring sets of the caches.
     */
    public static final int STRIP_STRIDE = 1040;

    /** The same for rows of at most as many columns, where there are tiles for it: nine cache lines. */
    static final int SHORT_STRIDE = 144;

    /** Floats between two rows. */
    final int stride;
    /** Columns of every strip but the last, which has what is left. */
    final int width;

    private final int strips;

    private RowLayout(int stride, int width, int strips) {
        this.stride = stride;
        this.width = width;
        this.strips = strips;
    }

    /** Whole rows. */
    public static RowLayout dense(int stride) {
        return new RowLayout(stride, stride, 1);
    }

    /** Strips, each a whole number of units wide. */
    public static RowLayout strips(int columns, int unit) {
        if (columns <= SHORT_STRIDE && !Tiles.AVX512) {
            return new RowLayout(SHORT_STRIDE, columns, 1);
        }
        int width = even(columns, unit);
        return new RowLayout(STRIP_STRIDE, width, (columns + width - 1) / width);
    }

    // Columns of each of the fewest strips that are whole units and no wider than a row, about as many in each.
    private static int even(int columns, int unit) {
        if (columns <= STRIP_STRIDE) {
            return columns;
        }
        int most = STRIP_STRIDE / unit * unit;
        int parts = (columns + most - 1) / most;
        return (columns + parts * unit - 1) / (parts * unit) * unit;
    }

    /**
     * Floats between the starts of two strips of so many rows. The strips of a single row follow one another without a gap.
     */
    int stripStride(int rows) {
        return rows == 1 ? width : Math.multiplyExact(rows, stride);
    }

    /** Floats for each row, gaps included. */
    public int length() {
        return Math.multiplyExact(stride, strips);
    }
}
