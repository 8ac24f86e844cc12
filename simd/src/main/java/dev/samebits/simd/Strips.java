package dev.samebits.simd;

/**
 * How the rows of a layer's input or output lie: side by side at any distance, or, in a large network, in strips of columns whose
 * rows are {@link #ROW} apart, one strip behind the other. A constant distance lets C2 put it into the addresses of a tile's rows
 * and check their indices together ({@link Tile8x3Strip}); the depth of one strip is also as much as a tile sums in one go.
 */
final class Strips {
    /** Floats between two rows of a strip: 65 cache lines, so that neighbouring rows lie in neighbouring sets of the caches. */
    static final int ROW = 1040;

    // 21 KiB of a panel: they stay in the first-level cache while the rows of a batch go past, even where another thread of the same
    // core uses half of it.
    private static final int DENSE_DEPTH = 5_376 / (Panels.FULL * Lanes.N);

    /** Floats between two rows. */
    final int row;
    // Columns of every strip but the last, which has what is left.
    private final int width;

    private final int columns;
    // Not to be told from the distance of the rows: those of a dense matrix may lie as far apart.
    private final boolean apart;

    private Strips(int columns, int row, int width, boolean apart) {
        this.columns = columns;
        this.row = row;
        this.width = width;
        this.apart = apart;
    }

    /** Rows side by side. */
    static Strips dense(int columns, int row) {
        return new Strips(columns, row, depth(columns), false);
    }

    /** Strips, each a whole number of units wide. */
    static Strips apart(int columns, int unit) {
        return new Strips(columns, ROW, even(columns, unit, ROW), true);
    }

    /** How many columns of rows side by side a tile sums in one go, where there are more rows than one tile has. */
    static int depth(int columns) {
        return even(columns, 1, DENSE_DEPTH);
    }

    // The columns of each of the fewest parts, about as many of them in each.
    private static int even(int columns, int unit, int limit) {
        if (columns <= limit) {
            return columns;
        }
        int most = limit / unit * unit;
        int count = (columns + most - 1) / most;
        return (columns + count * unit - 1) / (count * unit) * unit;
    }

    /** Columns of a strip of so many rows. */
    int width(int rows) {
        return apart || rows > Tiles.ROWS ? width : columns;
    }

    /** Floats between the starts of two strips of so many rows. A single row has its columns side by side. */
    int distance(int rows) {
        return apart && rows > 1 ? Math.multiplyExact(rows, ROW) : width(rows);
    }

    /** Floats for each row, gaps included. */
    int length() {
        return apart ? Math.multiplyExact(ROW, (columns + width - 1) / width) : row;
    }
}
