package dev.samebits.simd.tile;

/**
 * How the rows of a layer's input or output lie: each in one piece, or, in a large network, in strips of columns whose rows
 * are {@link #ROW} apart, one strip behind the other. A constant distance lets C2 put it into the addresses of a tile's rows
 * and check their indices together ({@link Tile8x3Strip}); a strip is also as much as such a tile sums in one go.
 */
public final class Strips {
    /**
     * Floats between two rows of a strip: 65 cache lines, so that neighbouring rows lie in neighbouring sets of the caches.
     */
    public static final int ROW = 1040;

    /** Floats between two rows. */
    final int row;
    /** Columns of every strip but the last, which has what is left. */
    final int width;

    private final int count;

    private Strips(int row, int width, int count) {
        this.row = row;
        this.width = width;
        this.count = count;
    }

    /** Rows in one piece. */
    public static Strips dense(int row) {
        return new Strips(row, row, 1);
    }

    /** Strips, each a whole number of units wide. */
    public static Strips apart(int columns, int unit) {
        int width = even(columns, unit);
        return new Strips(ROW, width, (columns + width - 1) / width);
    }

    // Columns of each of the fewest strips that are whole units and no wider than a row, about as many in each.
    private static int even(int columns, int unit) {
        if (columns <= ROW) {
            return columns;
        }
        int most = ROW / unit * unit;
        int parts = (columns + most - 1) / most;
        return (columns + parts * unit - 1) / (parts * unit) * unit;
    }

    /** Floats between the starts of two strips of so many rows. A single row is in one piece. */
    int distance(int rows) {
        return rows == 1 ? width : Math.multiplyExact(rows, row);
    }

    /** Floats for each row, gaps included. */
    public int length() {
        return Math.multiplyExact(row, count);
    }
}
