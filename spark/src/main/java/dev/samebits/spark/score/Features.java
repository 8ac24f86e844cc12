package dev.samebits.spark.score;

import dev.samebits.Network;
import dev.samebits.table.Preparation;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Makes a network's row of floats of a row's columns, from the values that a function gets or from Spark's own rows. What a
 * column does not take is told as a fault, or null where there is none. Not thread-safe.
 */
public sealed interface Features permits FloatFeatures, TableFeatures {
    /**
     * For rows of a model.
     *
     * @param network the model's
     * @param preparation of the raw columns that the model takes, or null if it takes rows of floats
     * @param parts the columns, as wide together as the network's row of inputs
     * @return what reads them
     */
    static Features of(Network network, @Nullable Preparation preparation, List<Part> parts) {
        return preparation == null ? new FloatFeatures(network, parts) : new TableFeatures(preparation, parts);
    }

    /**
     * Whether a column of this type can hold many features of a row.
     *
     * @param type of a column
     * @return whether it is an array of floats or doubles, or a vector
     */
    static boolean holdsRow(DataType type) {
        return type.equals(SQLDataTypes.VectorType()) || isArray(type, DataTypes.FloatType)
                || isArray(type, DataTypes.DoubleType);
    }

    /**
     * Whether a column holds arrays.
     *
     * @param type of the column
     * @param element type of their elements
     * @return whether it does
     */
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
    @Nullable String read(@Nullable Object value, float[] x, int at);

    /**
     * Reads the columns of one of Spark's own rows.
     *
     * @param row that has the columns
     * @param places their numbers, in the order of the parts
     * @param types of the columns, in that order
     * @param x takes the features
     * @param at where they begin
     * @return the fault, or null
     */
    @Nullable String read(InternalRow row, int[] places, DataType[] types, float[] x, int at);

    /** {@return whether the row read last has a category that the model was not trained on} */
    default boolean hasUnknown() {
        return false;
    }

    /** {@return which one, where {@link #hasUnknown}} */
    default String unknown() {
        throw new IllegalStateException("all are known");
    }
}
