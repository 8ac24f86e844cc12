package dev.samebits.spark.score;

import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.jspecify.annotations.Nullable;

/** Features from columns of Spark's own rows. */
final class SparkValues {
    private SparkValues() {}

    /** Reads one part, and gives the fault, or null. */
    static @Nullable String read(Part part, InternalRow row, int column, DataType type, float[] x, int at) {
        if (row.isNullAt(column)) {
            return Faults.isNull(part);
        } else if (type instanceof NumericType) {
            x[at] = number(row, column, type);
            return Faults.isFinite(x[at]) ? null
                    : Faults.finite(part, x[at], 0, type.equals(DataTypes.DoubleType) ? row.getDouble(column) : x[at]);
        } else if (type instanceof ArrayType array) {
            return array(part, row.getArray(column), array.elementType().equals(DataTypes.FloatType), x, at);
        }
        return vector(part, row.getStruct(column, 4), x, at);
    }

    /** A number as the nearest float. */
    static float number(InternalRow row, int column, DataType type) {
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
        return decimal(row, column, (DecimalType) type).toFloat();
    }

    static Decimal decimal(InternalRow row, int column, DecimalType type) {
        return row.getDecimal(column, type.precision(), type.scale());
    }

    private static @Nullable String array(Part part, ArrayData array, boolean floats, float[] x, int at) {
        if (array.numElements() != part.width()) {
            return Faults.length(part, array.numElements());
        }
        for (int j = 0; j < part.width(); j++) {
            if (array.isNullAt(j)) {
                return Faults.name(part, j) + " is null";
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
                return Faults.length(part, values.numElements());
            }
            round(values.toDoubleArray(), x, at);
            return finite(part, x, at, values);
        }
        if (vector.getInt(1) != part.width()) {
            return Faults.length(part, vector.getInt(1));
        }
        Arrays.fill(x, at, at + part.width(), 0f);
        ArrayData places = vector.getArray(2);
        for (int k = 0; k < places.numElements(); k++) {
            int j = places.getInt(k);
            x[at + j] = (float) values.getDouble(k);
            if (!Faults.isFinite(x[at + j])) {
                return Faults.finite(part, x[at + j], j, values.getDouble(k));
            }
        }
        return null;
    }

    private static void round(double[] values, float[] x, int at) {
        for (int j = 0; j < values.length; j++) {
            x[at + j] = (float) values[j];
        }
    }

    // Which of the values is the first that is not finite.
    private static @Nullable String finite(Part part, float[] x, int at, @Nullable ArrayData doubles) {
        if (Faults.areFinite(x, at, part.width())) {
            return null;
        }
        for (int j = 0; j < part.width(); j++) {
            if (!Faults.isFinite(x[at + j])) {
                return Faults.finite(part, x[at + j], j, doubles == null ? x[at + j] : doubles.getDouble(j));
            }
        }
        return null;
    }
}
