package dev.samebits.spark;

import dev.samebits.spark.plan.FastWay;
import dev.samebits.spark.score.ScoreFunction;
import dev.samebits.spark.score.Scoring;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/** The column of scores of a dataset. */
final class Scores {
    private Scores() {}

    /** In batches where the session has the extensions, else row by row. */
    static Column of(Dataset<?> dataset, Scoring scoring, FeatureColumns features) {
        return FastWay.isOn(dataset.sparkSession()) ? FastWay.column(scoring, features.columns(dataset))
                : function(dataset, scoring, features);
    }

    /** By a function of Spark's public API. It is called not deterministic, so that Spark computes no score twice. */
    private static Column function(Dataset<?> dataset, Scoring scoring, FeatureColumns features) {
        UserDefinedFunction function = functions.udf(new ScoreFunction(scoring), scoring.type()).withName(SqlPredict.NAME)
                .asNondeterministic();
        return (scoring.nullable() ? function : function.asNonNullable()).apply(features.gathered(dataset));
    }
}
