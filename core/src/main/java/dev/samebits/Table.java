package dev.samebits;

/**
 * The rows that an embedding looks up: entry k is row k. Immutable and thread-safe; held in two bytes a number where all are
 * bfloat16 numbers, else in four. Sessions read it where it is, without a copy of their own.
 *
 * @since 0.1.0
 */
public final class Table {
    /** A float holds every whole number up to this, so that every entry has an id. */
    public static final int MOST_ENTRIES = 1 << 24;

    private final StoredWeights rows;

    private Table(StoredWeights rows) {
        this.rows = rows;
    }

    /**
     * A table. The numbers are copied.
     *
     * @param rows {@code [entries × width]}
     * @return the table
     * @throws IllegalArgumentException if there is no entry, or more than {@link #MOST_ENTRIES}
     */
    public static Table of(Matrix rows) {
        check(rows.rows(), rows.columns());
        return new Table(StoredWeights.of(rows));
    }

    static void check(int entries, int width) {
        if (entries < 1 || entries > MOST_ENTRIES || width < 1) {
            throw new IllegalArgumentException("a table has 1 to " + MOST_ENTRIES + " entries of at least one number, not "
                    + entries + " of " + width);
        }
        if ((long) entries * width > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a table of " + entries + " × " + width + " has " + (long) entries * width
                    + " numbers, more than a Java array holds: use fewer entries, or narrower ones");
        }
    }

    /** {@return how many entries it has; their ids are 0 to this − 1} */
    public int entries() {
        return rows.rows();
    }

    /** {@return the numbers of an entry} */
    public int width() {
        return rows.columns();
    }

    /** {@return how many numbers it has} */
    public long parameters() {
        return rows.count();
    }

    /**
     * One number.
     *
     * @param entry 0 to {@link #entries} − 1
     * @param column 0 to {@link #width} − 1
     * @return its value
     * @throws IndexOutOfBoundsException if there is no such number
     */
    public float get(int entry, int column) {
        return rows.get(entry, column);
    }

    /**
     * Whether a number is the id of an entry: whole, not negative, below {@link #entries}. −0 is 0, NaN is none.
     *
     * @param id any float
     * @return whether {@code (int) id} is an entry
     */
    public boolean has(float id) {
        return isId(id, entries());
    }

    static boolean isId(float id, int entries) {
        int entry = (int) id;
        return entry == id && entry >= 0 && entry < entries;
    }

    /**
     * Copies one entry.
     *
     * @param entry 0 to {@link #entries} − 1
     * @param target receives {@link #width} numbers
     * @param offset index of the first of them
     * @throws IndexOutOfBoundsException if there is no such entry, or the target has no room
     */
    public void copy(int entry, float[] target, int offset) {
        rows.copyRow(entry, target, offset);
    }

    /**
     * Copies one entry for each row.
     *
     * @param ids rows with an id of this table in a column
     * @param column which
     * @param target receives {@link #width} numbers a row
     * @param first the column of the target where they begin
     * @throws IndexOutOfBoundsException if there is no such entry or column
     */
    public void gather(Matrix ids, int column, Matrix target, int first) {
        rows.gather(ids, column, target.data(), target.offset() + first, target.stride());
    }

    /** {@return a fresh copy, {@code [entries × width]}} */
    public Matrix toMatrix() {
        return rows.toMatrix();
    }

    StoredWeights shared() {
        return rows;
    }

    /** The shape, as in {@code table of 1000 × 8}. */
    @Override
    public String toString() {
        return "table of " + entries() + " × " + width();
    }
}
