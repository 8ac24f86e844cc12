package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scorer;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.UserDefinedType;

/** A score as Spark's own row, used again for each. Not thread-safe. */
final class ScoreRow {
    private final boolean predicts;
    private final boolean vector;
    private final GenericInternalRow row;

    ScoreRow(Scoring scoring) {
        predicts = scoring.prediction() != Prediction.NONE;
        vector = scoring.vector();
        row = new GenericInternalRow(predicts ? 2 : 1);
    }

    /** The score of row n of those predicted last. */
    InternalRow of(Scorer scorer, int n) {
        float[] outputs = Arrays.copyOfRange(scorer.y(), n * scorer.outputs(), (n + 1) * scorer.outputs());
        row.update(0, vector ? serialized(outputs) : UnsafeArrayData.fromPrimitiveArray(outputs));
        if (predicts) {
            row.update(1, scorer.prediction(n));
        }
        return row;
    }

    @SuppressWarnings("unchecked") // that is the type whose class Spark hides
    private static Object serialized(float[] outputs) {
        double[] doubles = new double[outputs.length];
        Arrays.setAll(doubles, j -> outputs[j]);
        return ((UserDefinedType<Vector>) SQLDataTypes.VectorType()).serialize(Vectors.dense(doubles));
    }
}
