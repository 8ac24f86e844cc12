package dev.samebits.spark.score;

import dev.samebits.ScoreFingerprint;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** The fingerprint of a partition of rows, each an id and outputs. */
public final class RowSum implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1;
    private static final List<DataType> WHOLE =
            List.of(DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

    private final String id;
    private final String output;

    /**
     * For messages.
     *
     * @param id what the column of ids is called
     * @param output what the column of outputs is called
     */
    public RowSum(String id, String output) {
        this.id = id;
        this.output = output;
    }

    /**
     * Refuses columns that have no fingerprint.
     *
     * @param id the column of ids
     * @param output the column of outputs
     * @throws IllegalArgumentException if one is of another type
     */
    public static void check(StructField id, StructField output) {
        if (!id.dataType().equals(DataTypes.StringType) && !WHOLE.contains(id.dataType())) {
            throw new IllegalArgumentException("column " + id.name() + " is " + id.dataType().simpleString()
                    + " where an id is a string or a whole number: cast it");
        }
        if (!output.dataType().equals(SQLDataTypes.VectorType())
                && !Features.isArray(output.dataType(), DataTypes.FloatType)) {
            throw new IllegalArgumentException("column " + output.name() + " is " + output.dataType().simpleString()
                    + " where outputs are an array of floats or a vector: name the column that the model added");
        }
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        ScoreFingerprint sum = new ScoreFingerprint();
        while (rows.hasNext()) {
            Row row = rows.next();
            if (row.isNullAt(0)) {
                throw new IllegalArgumentException("a row has no id: column " + id + ": leave it out, or give it one");
            }
            float[] outputs = outputs(row.get(1));
            sum.add(row.getString(0), outputs, 0, outputs.length);
        }
        return List.of(sum.toBytes()).iterator();
    }

    private float[] outputs(@Nullable Object value) {
        if (value == null) {
            return new float[0];
        }
        IntFunction<@Nullable Object> numbers = value instanceof Vector vector ? vector::apply : ((Seq<?>) value)::apply;
        float[] outputs = new float[value instanceof Vector vector ? vector.size() : ((Seq<?>) value).length()];
        for (int j = 0; j < outputs.length; j++) {
            Object number = numbers.apply(j);
            outputs[j] = number == null ? 0 : ((Number) number).floatValue();
            // NaN is equal to itself here, and −0 is not 0.
            if (number == null || number instanceof Double d && Double.compare(d, outputs[j]) != 0) {
                throw new IllegalArgumentException("value " + (j + 1) + " of column " + output + " is " + number
                        + ", which is no float: name the column that the model added");
            }
        }
        return outputs;
    }
}
