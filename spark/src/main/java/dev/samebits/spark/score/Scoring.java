package dev.samebits.spark.score;

import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.train.Classification;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How rows are scored, as tasks carry it.
 *
 * @param model that scores
 * @param parts the columns of features, which fill a row of the model's inputs one behind the other
 * @param invalid what becomes of bad rows
 * @param vector whether outputs are a vector of Spark ML, rather than an array of floats
 * @param prediction what is told beside the outputs
 * @param batch most rows that are predicted together, where they can be
 */
public record Scoring(ModelRef model, List<Part> parts, Invalid invalid, boolean vector, Prediction prediction, int batch)
        implements Serializable {
    /**
     * The list is copied.
     *
     * @param model that scores
     * @param parts the columns of features
     * @param invalid what becomes of bad rows
     * @param vector whether outputs are a vector
     * @param prediction what is told beside the outputs
     * @param batch most rows that are predicted together
     */
    public Scoring {
        parts = List.copyOf(parts);
    }

    /** What one number says of a row. */
    public enum Prediction {
        /** Its class, from 0. */
        CLASS,
        /** The only output. */
        VALUE,
        /** There is no such number. */
        NONE;

        /**
         * What can be told of a network's outputs.
         *
         * @param network with its names
         * @return its kind of prediction
         */
        public static Prediction of(Network network) {
            return Classification.givesClass(network) ? CLASS
                    : network.outputs() == 1 && Loss.of(network) == Loss.SQUARED_ERROR ? VALUE : NONE;
        }
    }

    /** The field of the outputs. */
    public static final String OUTPUT = "output";
    /** The field of the prediction, where there is one. */
    public static final String PREDICTION = "prediction";

    /** {@return the type of a score: one struct, since a prediction made from another column would score twice} */
    public StructType type() {
        StructType outputs = new StructType().add(OUTPUT, outputType(vector), false);
        return prediction == Prediction.NONE ? outputs : outputs.add(PREDICTION, DataTypes.DoubleType, false);
    }

    /**
     * The type of outputs.
     *
     * @param vector whether it is a vector
     * @return the type
     */
    public static DataType outputType(boolean vector) {
        return vector ? SQLDataTypes.VectorType() : DataTypes.createArrayType(DataTypes.FloatType, false);
    }

    /** {@return whether a row may have no score} */
    public boolean nullable() {
        return invalid != Invalid.ERROR;
    }
}
