package dev.samebits.spark.score;

import dev.samebits.IdColumn;
import dev.samebits.Network;
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
import org.apache.spark.sql.types.NumericType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * Reads the features of a row into floats, from the values that a function gets or from Spark's own rows: from one column,
 * or from several, one behind the other. What is no row of finite floats, or has an id that the model does not know, is told
 * as a fault, or null where there is none. Doubles are rounded to the nearest float.
 */
public final class Features {
    private final Part[] parts;
    private final IdColumn[] ids;

    /**
     * For rows of a model.
     *
     * @param network the model
     * @param parts the columns of features, as wide together as its row of inputs
     */
    Features(Network network, List<Part> parts) {
        this.parts = parts.toArray(Part[]::new);
        this.ids = network.idColumns().toArray(IdColumn[]::new);
    }

    /**
     * Whether a column of this type can hold many features of a row.
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
     * @param value of the only column; of several a sequence or a struct of their values
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    @Nullable String read(@Nullable Object value, float[] x, int at) {
        if (parts.length == 1) {
            String fault = read(parts[0], value, x, at);
            return fault == null ? unknownId(x, at) : fault;
        }
        IntFunction<@Nullable Object> values = value instanceof Row row ? row::get : ((Seq<?>) value)::apply;
        int to = at;
        for (int p = 0; p < parts.length; p++) {
            String fault = read(parts[p], values.apply(p), x, to);
            if (fault != null) {
                return fault;
            }
            to += parts[p].width();
        }
        return unknownId(x, at);
    }

    private static @Nullable String read(Part part, @Nullable Object value, float[] x, int at) {
        if (value instanceof Seq<?> numbers) {
            return numbers(part, numbers.length(), numbers::apply, x, at);
        }
        if (value instanceof Vector vector) {
            return vector(part, vector, x, at);
        }
        if (value instanceof Row row) {
            return numbers(part, row.length(), row::get, x, at);
        }
        if (value instanceof Number && part.width() == 1) {
            return put(part, value, x, at, 0);
        }
        return value == null ? isNull(part) : "column " + part.column() + " holds a " + value.getClass().getSimpleName()
                + " where features are an array of floats or doubles, a vector, or a struct of numbers";
    }

    private static @Nullable String numbers(Part part, int count, IntFunction<@Nullable Object> numbers, float[] x, int at) {
        String fault = count == part.width() ? null : length(part, count);
        for (int j = 0; j < part.width() && fault == null; j++) {
            fault = put(part, numbers.apply(j), x, at, j);
        }
        return fault;
    }

    private static @Nullable String put(Part part, @Nullable Object number, float[] x, int at, int j) {
        if (number instanceof Number n) {
            x[at + j] = n instanceof Double d ? (float) d.doubleValue() : n.floatValue();
            return finite(part, x[at + j], j, n);
        }
        return number == null ? name(part, j) + " is null" : name(part, j) + " is no number but '" + number + "'";
    }

    private static @Nullable String vector(Part part, Vector vector, float[] x, int at) {
        if (vector.size() != part.width()) {
            return length(part, vector.size());
        }
        if (vector instanceof DenseVector dense) {
            double[] values = dense.values();
            for (int j = 0; j < values.length; j++) {
                x[at + j] = (float) values[j];
                if (!isFinite(x[at + j])) {
                    return finite(part, x[at + j], j, values[j]);
                }
            }
            return null;
        }
        SparseVector sparse = (SparseVector) vector;
        Arrays.fill(x, at, at + part.width(), 0f);
        for (int k = 0; k < sparse.indices().length; k++) {
            int j = sparse.indices()[k];
            x[at + j] = (float) sparse.values()[k];
            if (!isFinite(x[at + j])) {
                return finite(part, x[at + j], j, sparse.values()[k]);
            }
        }
        return null;
    }

    /**
     * Reads the columns of one of Spark's own rows.
     *
     * @param row that has the columns
     * @param places their numbers, in the order of the parts
     * @param types of the columns, in that order: numbers, or {@link #holdsRow}
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    public @Nullable String read(InternalRow row, int[] places, DataType[] types, float[] x, int at) {
        int to = at;
        for (int p = 0; p < parts.length; p++) {
            String fault = read(parts[p], row, places[p], types[p], x, to);
            if (fault != null) {
                return fault;
            }
            to += parts[p].width();
        }
        return unknownId(x, at);
    }

    private static @Nullable String read(Part part, InternalRow row, int column, DataType type, float[] x, int at) {
        if (row.isNullAt(column)) {
            return isNull(part);
        } else if (type instanceof NumericType) {
            x[at] = number(row, column, type);
            return isFinite(x[at]) ? null
                    : finite(part, x[at], 0, type.equals(DataTypes.DoubleType) ? row.getDouble(column) : x[at]);
        } else if (type instanceof ArrayType array) {
            return array(part, row.getArray(column), array.elementType().equals(DataTypes.FloatType), x, at);
        }
        return vector(part, row.getStruct(column, 4), x, at);
    }

    private static @Nullable String array(Part part, ArrayData array, boolean floats, float[] x, int at) {
        if (array.numElements() != part.width()) {
            return length(part, array.numElements());
        }
        for (int j = 0; j < part.width(); j++) {
            if (array.isNullAt(j)) {
                return name(part, j) + " is null";
            }
        }
        if (floats) {
            System.arraycopy(array.toFloatArray(), 0, x, at, part.width());
        } else {
            round(array.toDoubleArray(), x, at);
        }
        return finite(part, x, at, floats ? null : array);
    }

    // As VectorUDT lays a vector out: its kind, and where it is sparse its size and places, then its values.
    private static @Nullable String vector(Part part, InternalRow vector, float[] x, int at) {
        ArrayData values = vector.getArray(3);
        if (vector.getByte(0) == 1) {
            if (values.numElements() != part.width()) {
                return length(part, values.numElements());
            }
            round(values.toDoubleArray(), x, at);
            return finite(part, x, at, values);
        }
        if (vector.getInt(1) != part.width()) {
            return length(part, vector.getInt(1));
        }
        Arrays.fill(x, at, at + part.width(), 0f);
        ArrayData places = vector.getArray(2);
        for (int k = 0; k < places.numElements(); k++) {
            int j = places.getInt(k);
            x[at + j] = (float) values.getDouble(k);
            if (!isFinite(x[at + j])) {
                return finite(part, x[at + j], j, values.getDouble(k));
            }
        }
        return null;
    }

    private static void round(double[] values, float[] x, int at) {
        for (int j = 0; j < values.length; j++) {
            x[at + j] = (float) values[j];
        }
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
    private static @Nullable String finite(Part part, float[] x, int at, @Nullable ArrayData doubles) {
        for (int j = 0; j < part.width(); j++) {
            if (!isFinite(x[at + j])) {
                return finite(part, x[at + j], j, doubles == null ? x[at + j] : doubles.getDouble(j));
            }
        }
        return null;
    }

    static boolean isFinite(float value) {
        return Math.abs(value) <= Float.MAX_VALUE;
    }

    private static @Nullable String finite(Part part, float value, int j, Number given) {
        if (isFinite(value)) {
            return null;
        }
        double was = given.doubleValue();
        return name(part, j) + (Double.isNaN(was) ? " is NaN" : Double.isInfinite(was) ? " is infinite"
                : " is " + given + ", beyond the range of floats");
    }

    private @Nullable String unknownId(float[] x, int at) {
        for (IdColumn id : ids) {
            if (!id.has(x[at + id.position()])) {
                return nameAt(id.position()) + " is " + x[at + id.position()] + " where ids are whole numbers from 0 to "
                        + (id.entries() - 1);
            }
        }
        return null;
    }

    private String nameAt(int position) {
        int from = 0;
        int p = 0;
        while (position >= from + parts[p].width()) {
            from += parts[p].width();
            p++;
        }
        return name(parts[p], position - from);
    }

    private static String isNull(Part part) {
        return "column " + part.column() + " is null";
    }

    private static String length(Part part, int found) {
        return "column " + part.column() + " has " + found + " values where the model takes " + part.width();
    }

    // What a feature is called.
    private static String name(Part part, int j) {
        return part.width() == 1 ? "column " + part.column() : "value " + (j + 1) + " of column " + part.column();
    }
}
