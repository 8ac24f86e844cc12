package dev.samebits.spark.score;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * Reads the features of a row into floats, from the values that a function gets or from Spark's own rows. What is no row of
 * finite floats is told as a fault, or null where there is none. Doubles are rounded to the nearest float.
 */
public final class Features {
    private final int inputs;
    private final List<String> columns;
    private final boolean each;

    /**
     * For rows of a model.
     *
     * @param inputs of the model
     * @param columns what messages call the features
     * @param each whether they are a column each
     */
    Features(int inputs, List<String> columns, boolean each) {
        this.inputs = inputs;
        this.columns = columns;
        this.each = each;
    }

    /**
     * Whether a column of this type can hold all features of a row.
     *
     * @param type of a column
     * @return whether it is an array of floats or doubles, or a vector
     */
    public static boolean holdsRow(DataType type) {
        return type.equals(SQLDataTypes.VectorType()) || isArray(type, DataTypes.FloatType)
                || isArray(type, DataTypes.DoubleType);
    }

    static boolean isArray(DataType type, DataType element) {
        return type instanceof ArrayType array && array.elementType().equals(element);
    }

    /**
     * Reads what a function of Spark's public API gets.
     *
     * @param value a sequence of numbers, a vector, or a struct of numbers
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    @Nullable String read(@Nullable Object value, float[] x, int at) {
        if (value instanceof Seq<?> numbers) {
            return numbers(numbers.length(), numbers::apply, x, at);
        }
        if (value instanceof Vector vector) {
            return vector(vector, x, at);
        }
        if (value instanceof Row row) {
            return numbers(row.length(), row::get, x, at);
        }
        return value == null ? isNull() : "column " + columns.get(0) + " holds a " + value.getClass().getSimpleName()
                + " where features are an array of floats or doubles, a vector, or a struct of numbers";
    }

    private @Nullable String numbers(int count, IntFunction<@Nullable Object> numbers, float[] x, int at) {
        String fault = count == inputs ? null : length(count);
        for (int j = 0; j < inputs && fault == null; j++) {
            fault = put(numbers.apply(j), x, at, j);
        }
        return fault;
    }

    private @Nullable String put(@Nullable Object number, float[] x, int at, int j) {
        if (number instanceof Number n) {
            x[at + j] = n instanceof Double d ? (float) d.doubleValue() : n.floatValue();
            return finite(x[at + j], j, n);
        }
        return number == null ? name(j) + " is null" : name(j) + " is no number but '" + number + "'";
    }

    private @Nullable String vector(Vector vector, float[] x, int at) {
        if (vector.size() != inputs) {
            return length(vector.size());
        }
        if (vector instanceof DenseVector dense) {
            double[] values = dense.values();
            for (int j = 0; j < inputs; j++) {
                x[at + j] = (float) values[j];
                if (!isFinite(x[at + j])) {
                    return finite(x[at + j], j, values[j]);
                }
            }
            return null;
        }
        SparseVector sparse = (SparseVector) vector;
        Arrays.fill(x, at, at + inputs, 0f);
        for (int k = 0; k < sparse.indices().length; k++) {
            int j = sparse.indices()[k];
            x[at + j] = (float) sparse.values()[k];
            if (!isFinite(x[at + j])) {
                return finite(x[at + j], j, sparse.values()[k]);
            }
        }
        return null;
    }

    /**
     * Reads a column of one of Spark's own rows, which holds all features.
     *
     * @param row that has the column
     * @param column its number
     * @param type of the column: {@link #holdsRow}
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    public @Nullable String read(InternalRow row, int column, DataType type, float[] x, int at) {
        if (row.isNullAt(column)) {
            return isNull();
        }
        if (type instanceof ArrayType array) {
            return array(row.getArray(column), array.elementType().equals(DataTypes.FloatType), x, at);
        }
        return vector(row.getStruct(column, 4), x, at);
    }

    private @Nullable String array(ArrayData array, boolean floats, float[] x, int at) {
        if (array.numElements() != inputs) {
            return length(array.numElements());
        }
        for (int j = 0; j < inputs; j++) {
            if (array.isNullAt(j)) {
                return name(j) + " is null";
            }
        }
        if (floats) {
            System.arraycopy(array.toFloatArray(), 0, x, at, inputs);
        } else {
            round(array.toDoubleArray(), x, at);
        }
        return finite(x, at, floats ? null : array);
    }

    // As VectorUDT lays a vector out: its kind, and where it is sparse its size and places, then its values.
    private @Nullable String vector(InternalRow vector, float[] x, int at) {
        ArrayData values = vector.getArray(3);
        if (vector.getByte(0) == 1) {
            if (values.numElements() != inputs) {
                return length(values.numElements());
            }
            round(values.toDoubleArray(), x, at);
            return finite(x, at, values);
        }
        if (vector.getInt(1) != inputs) {
            return length(vector.getInt(1));
        }
        Arrays.fill(x, at, at + inputs, 0f);
        ArrayData places = vector.getArray(2);
        for (int k = 0; k < places.numElements(); k++) {
            int j = places.getInt(k);
            x[at + j] = (float) values.getDouble(k);
            if (!isFinite(x[at + j])) {
                return finite(x[at + j], j, values.getDouble(k));
            }
        }
        return null;
    }

    private static void round(double[] values, float[] x, int at) {
        for (int j = 0; j < values.length; j++) {
            x[at + j] = (float) values[j];
        }
    }

    /**
     * Reads features that are a column each from one of Spark's own rows.
     *
     * @param row that has the columns
     * @param places their numbers, in the order of the model's inputs
     * @param types of the columns, in that order
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    public @Nullable String read(InternalRow row, int[] places, DataType[] types, float[] x, int at) {
        for (int j = 0; j < inputs; j++) {
            int column = places[j];
            if (row.isNullAt(column)) {
                return name(j) + " is null";
            }
            x[at + j] = number(row, column, types[j]);
            if (!isFinite(x[at + j])) {
                return finite(x[at + j], j, types[j].equals(DataTypes.DoubleType) ? row.getDouble(column) : x[at + j]);
            }
        }
        return null;
    }

    private static float number(InternalRow row, int column, DataType type) {
        if (type.equals(DataTypes.FloatType)) {
            return row.getFloat(column);
        } else if (type.equals(DataTypes.DoubleType)) {
            return (float) row.getDouble(column);
        } else if (type.equals(DataTypes.IntegerType)) {
            return row.getInt(column);
        } else if (type.equals(DataTypes.LongType)) {
            return row.getLong(column);
        } else if (type.equals(DataTypes.ShortType)) {
            return row.getShort(column);
        } else if (type.equals(DataTypes.ByteType)) {
            return row.getByte(column);
        }
        DecimalType decimal = (DecimalType) type;
        Decimal value = row.getDecimal(column, decimal.precision(), decimal.scale());
        return value.toFloat();
    }

    // Which of the values is the first that is not finite.
    private @Nullable String finite(float[] x, int at, @Nullable ArrayData doubles) {
        for (int j = 0; j < inputs; j++) {
            if (!isFinite(x[at + j])) {
                return finite(x[at + j], j, doubles == null ? x[at + j] : doubles.getDouble(j));
            }
        }
        return null;
    }

    static boolean isFinite(float value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    private @Nullable String finite(float value, int j, Number given) {
        if (isFinite(value)) {
            return null;
        }
        double was = given.doubleValue();
        return name(j) + (Double.isNaN(was) ? " is NaN" : Double.isInfinite(was) ? " is infinite"
                : " is " + given + ", beyond the range of floats");
    }

    private String isNull() {
        return "column " + columns.get(0) + " is null";
    }

    private String length(int found) {
        return "column " + columns.get(0) + " has " + found + " values where the model takes " + inputs;
    }

    // What a feature is called.
    private String name(int j) {
        return each ? "column " + columns.get(j) : "value " + (j + 1) + " of column " + columns.get(0);
    }
}
