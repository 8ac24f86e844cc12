package dev.samebits.spark;

import dev.samebits.ScoreFingerprint;
import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.ModelFile;
import dev.samebits.spark.score.Part;
import dev.samebits.spark.score.RowSum;
import dev.samebits.spark.score.ScoreFunction;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import dev.samebits.table.Preparation;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Models as functions of SQL, and what a job has computed as one number. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Samebits {
    private Samebits() {}

    /**
     * Gives a model a name in SQL: {@code SELECT name(features).prediction FROM t}. The function takes an array of floats or
     * doubles, a vector, or {@code array(a, b, c)} of columns in the order of the model's inputs; of a model of raw columns
     * {@code struct(a, b, c)}, by their names or in its order. A row that is no row of finite floats, or no row that the
     * model can prepare, is an error. It gives a struct of {@code output}, an array of floats, and, where there is one,
     * {@code prediction}.
     *
     * @param spark the session that gets the function
     * @param name of the function
     * @param path of an ONNX file, on any file system of Hadoop; it is read now
     * @throws java.io.UncheckedIOException if it cannot be read, or is no model
     */
    public static void register(SparkSession spark, String name, String path) {
        ModelFile file = ModelFile.read(path, spark.sparkContext().hadoopConfiguration());
        Preparation preparation = file.preparation();
        List<Part> parts = preparation == null ? List.of(new Part("of " + name, file.network().inputs()))
                : RawColumns.parts(preparation, null, null);
        Scoring scoring = new Scoring(file.sent(spark.sparkContext()), parts, Invalid.ERROR, false,
                Prediction.of(file.network()), 1);
        spark.udf().register(name, new ScoreFunction(scoring), scoring.type());
    }

    /**
     * One number over the ids and outputs of all rows: the same in any order and partitioning, after any retries, and on one
     * machine, where {@code samebits predict --fingerprint} prints it. A row without outputs counts with its id alone.
     *
     * @param scored rows with outputs
     * @param id column of text or whole numbers, of which no row may have none
     * @param output column of the outputs, an array of floats, or a vector that holds floats
     * @return the fingerprint, which a job computes now
     * @throws IllegalArgumentException if one of the columns is of another type
     */
    public static ScoreFingerprint fingerprint(Dataset<?> scored, String id, String output) {
        Dataset<Row> rows = scored.select(functions.col(FeatureColumns.quoted(id)).cast("string"),
                functions.col(FeatureColumns.quoted(output)));
        RowSum.check(scored.schema().apply(id), scored.schema().apply(output));
        ScoreFingerprint whole = new ScoreFingerprint();
        for (byte[] part : rows.mapPartitions(new RowSum(id, output), Encoders.BINARY()).collectAsList()) {
            whole.add(ScoreFingerprint.of(part));
        }
        return whole;
    }
}
