package dev.samebits.spark.score;

import dev.samebits.table.CategoryColumn;
import dev.samebits.table.Cell;
import dev.samebits.table.NumberColumn;
import dev.samebits.table.Preparation;
import dev.samebits.table.TableColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Raw columns of a table, prepared as the model says: text is read as from a file of text, a null is an empty field, NaN is
 * a missing number, and a number or a truth value stands for its text where the model takes text.
 */
final class TableFeatures implements Features {
    private final TableColumn[] columns;
    private final Part[] parts;
    private final int[] starts;
    private @Nullable StructType schema;
    private int[] places;
    private int unknown = -1;
    private @Nullable Object unknownValue;

    /** With a part for each column of the preparation, in their order. */
    TableFeatures(Preparation preparation, List<Part> parts) {
        this.columns = preparation.columns().toArray(TableColumn[]::new);
        this.parts = parts.toArray(Part[]::new);
        this.starts = IntStream.range(0, columns.length).map(preparation::start).toArray();
        this.places = IntStream.range(0, columns.length).toArray();
    }

    /** The value is a struct: of fields by the names of the columns, or in their order. */
    @Override
    public @Nullable String read(@Nullable Object value, float[] x, int at) {
        unknown = -1;
        if (!(value instanceof Row row) || !finds(row)) {
            return (value == null ? "the struct of columns is null" : "the columns are a " + (value instanceof Row row
                    ? "struct of " + row.length() + " fields" : value.getClass().getSimpleName()))
                    + " where the model takes a struct of " + String.join(", ", names());
        }
        for (int c = 0; c < columns.length; c++) {
            String fault = put(c, row.get(places[c]), x, at);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private List<String> names() {
        return Arrays.stream(parts).map(Part::column).toList();
    }

    // Where the columns are in a struct: the same in all of a job.
    private boolean finds(Row row) {
        if (row.schema() != null && row.schema() != schema) {
            schema = row.schema();
            List<String> there = Arrays.asList(schema.fieldNames());
            boolean named = there.containsAll(names());
            places = IntStream.range(0, columns.length).map(c -> named ? there.indexOf(parts[c].column()) : c).toArray();
        }
        return row.length() > Arrays.stream(places).max().getAsInt();
    }

    @Override
    public @Nullable String read(InternalRow row, int[] at, DataType[] types, float[] x, int to) {
        unknown = -1;
        for (int c = 0; c < columns.length; c++) {
            String fault;
            if (columns[c] instanceof NumberColumn number && types[c] instanceof NumericType && !row.isNullAt(at[c])) {
                float value = SparkValues.number(row, at[c], types[c]);
                fault = number.put(value, x, to + starts[c]) == Cell.BAD ? fault(c, value(row, at[c], types[c])) : null;
            } else {
                fault = put(c, value(row, at[c], types[c]), x, to);
            }
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    // As a function would get it.
    private static @Nullable Object value(InternalRow row, int column, DataType type) {
        if (row.isNullAt(column)) {
            return null;
        } else if (type instanceof StringType) {
            return row.getUTF8String(column).toString();
        } else if (type instanceof BooleanType) {
            return row.getBoolean(column);
        } else if (type instanceof DecimalType decimal) {
            return SparkValues.decimal(row, column, decimal).toJavaBigDecimal();
        }
        return row.get(column, type);
    }

    private @Nullable String put(int c, @Nullable Object value, float[] x, int at) {
        TableColumn column = columns[c];
        Cell cell;
        if (column instanceof NumberColumn numbers && value instanceof Number number) {
            cell = numbers.put(GivenValues.rounded(number), x, at + starts[c]);
        } else {
            cell = takes(column, value) ? column.put(value == null ? "" : value.toString(), x, at + starts[c]) : Cell.BAD;
        }
        if (cell == Cell.UNKNOWN && unknown < 0) {
            unknown = c;
            unknownValue = value;
        }
        return cell == Cell.BAD ? fault(c, value) : null;
    }

    private static boolean takes(TableColumn column, @Nullable Object value) {
        return value == null || value instanceof String || value instanceof Boolean && column.isText()
                || value instanceof Number && column instanceof CategoryColumn;
    }

    private String fault(int c, @Nullable Object value) {
        String where = "column " + parts[c].column();
        boolean number = columns[c] instanceof NumberColumn;
        if (value == null || value instanceof String text && TableColumn.isMissing(text.strip())
                || number && value instanceof Number n && Double.isNaN(n.doubleValue())) {
            return where + " is " + (value instanceof String text ? Faults.shown(text) : value)
                    + ", and the model has nothing to put in place of what is missing";
        } else if (number && value instanceof Number n) {
            return Faults.finite(new Part(parts[c].column(), 1), Float.POSITIVE_INFINITY, 0, n);
        }
        return where + " is " + Faults.shown(value.toString()) + " where "
                + (number ? "a finite number" : columns[c] instanceof CategoryColumn ? "text" : "true or false")
                + " should be";
    }

    @Override
    public boolean hasUnknown() {
        return unknown >= 0;
    }

    @Override
    public String unknown() {
        return "column " + parts[unknown].column() + " is "
                + (unknownValue == null ? "null" : Faults.shown(unknownValue.toString()));
    }
}
