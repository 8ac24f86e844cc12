package dev.samebits.table;

import dev.samebits.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How the raw fields of a table's row become the row of floats that a network takes: column by column, in their order. It is
 * kept in the model's file beside the network. Immutable and thread-safe, compared by value.
 *
 * @since 0.1.0
 */
public final class Preparation {
    private final List<TableColumn> columns;
    private final int[] starts;
    private final int width;

    /**
     * A preparation.
     *
     * @param columns in the order of the row; copied
     * @throws IllegalArgumentException if there is none, two have one name, or they make more numbers than a Java array
     *     holds
     */
    public Preparation(List<TableColumn> columns) {
        this.columns = List.copyOf(columns);
        this.starts = new int[columns.size()];
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("a preparation needs at least one column");
        }
        Map<String, TableColumn> names = new HashMap<>();
        long end = 0;
        for (int c = 0; c < starts.length; c++) {
            TableColumn column = this.columns.get(c);
            if (names.put(column.name(), column) != null) {
                throw new IllegalArgumentException("two columns are called " + column.name() + ": rename one");
            }
            starts[c] = (int) end;
            end += column.width();
            if (end > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("the columns make " + end
                        + " numbers or more, which no Java array holds: keep fewer categories");
            }
        }
        this.width = (int) end;
    }

    static String checkedName(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a column needs a name that is not blank");
        }
        return name;
    }

    /** {@return the columns, in the order of the row; unmodifiable} */
    public List<TableColumn> columns() {
        return columns;
    }

    /** {@return what the raw columns are called, in their order; unmodifiable} */
    public List<String> names() {
        return columns.stream().map(TableColumn::name).toList();
    }

    /** {@return how many numbers a row has: as many as the network has inputs} */
    public int width() {
        return width;
    }

    /** {@return what the numbers of the row are called; unmodifiable} */
    public List<String> rowNames() {
        return columns.stream().flatMap(column -> column.rowNames().stream()).toList();
    }

    /**
     * Where in the row a column's numbers begin.
     *
     * @param column its place among the {@link #columns}, from 0
     * @return the index of the first
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public int start(int column) {
        return starts[column];
    }

    /**
     * Makes the row of some fields.
     *
     * @param fields one for each of the {@link #columns}, in their order
     * @param row receives {@link #width} numbers
     * @param offset index of the first of them
     * @return how many fields hold a category that no training row had
     * @throws IllegalArgumentException if they are not as many, or a field is none that its column takes; the message names
     *     both
     * @throws IndexOutOfBoundsException if the row has no room
     */
    public int prepare(List<String> fields, float[] row, int offset) {
        if (fields.size() != starts.length) {
            throw new IllegalArgumentException("found " + fields.size() + " fields for " + starts.length + " columns: "
                    + String.join(", ", names()));
        }
        int unknown = 0;
        for (int c = 0; c < starts.length; c++) {
            Cell cell = columns.get(c).put(fields.get(c), row, offset + starts[c]);
            if (cell == Cell.BAD) {
                throw new IllegalArgumentException(refusal(c, fields.get(c)));
            }
            unknown += cell == Cell.UNKNOWN ? 1 : 0;
        }
        return unknown;
    }

    /**
     * Makes the row of fields by the names of their columns, whatever others there are.
     *
     * @param fields a field for the name of each of the {@link #columns}
     * @return a fresh row of {@link #width} numbers
     * @throws IllegalArgumentException if a column has no field, or one that it does not take; the message names it
     */
    public float[] row(Map<String, String> fields) {
        List<String> missing = names().stream().filter(name -> !fields.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no field is given for " + String.join(", ", missing)
                    + ": give an empty one where there is no value");
        }
        float[] row = new float[width];
        prepare(names().stream().map(fields::get).toList(), row, 0);
        return row;
    }

    /**
     * What is wrong with a field that its column {@linkplain Cell#BAD does not take}.
     *
     * @param column its place among the {@link #columns}, from 0
     * @param field that field
     * @return one line with the field, the column and what it takes
     */
    public String refusal(int column, String field) {
        TableColumn of = columns.get(column);
        String text = field.strip();
        String takes = of.isText() ? "true or false" : "a finite number";
        return "column " + of.name() + ": " + (TableColumn.isMissing(text) ? "a missing value where " + takes + " should be"
                : "'" + text + "' is not " + takes);
    }

    /**
     * SHA-256 over all that it is made of, as 64 hex digits; docs/arithmetic.md says how. The same training rows give the
     * same on every machine.
     *
     * @return the digits, in lower case
     */
    public String fingerprint() {
        MessageDigest digest = Sha256.digest();
        for (TableColumn column : columns) {
            digest.update(canonical(column).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    // Floats stand by their bits, texts behind their length.
    private static String canonical(TableColumn column) {
        String name = text(column.name());
        if (column instanceof NumberColumn number) {
            return "number " + name + bits(number.fill()) + number.flagged() + " " + bits(number.offset())
                    + bits(number.factor()) + "\n";
        }
        if (column instanceof TruthColumn truth) {
            return "truth " + name + bits(truth.fill()) + truth.flagged() + "\n";
        }
        CategoryColumn category = (CategoryColumn) column;
        return category.categories().stream().map(Preparation::text)
                .collect(Collectors.joining("", "category " + name + category.hasOther() + " ", "\n"));
    }

    private static String text(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text + " ";
    }

    private static String bits(float value) {
        return String.format("%08x ", Float.floatToIntBits(value));
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof Preparation preparation && preparation.columns.equals(columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    /** A line for each column. */
    @Override
    public String toString() {
        return columns.stream().map(column -> column + "\n").collect(Collectors.joining());
    }
}
