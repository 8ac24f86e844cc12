package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scoring;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.types.StructType;

/**
 * What a task is told of the rows that come and go, as it goes to the executors.
 *
 * @param scoring how
 * @param features bound to the rows that come
 * @param out bound to these and the score behind them
 * @param schema of the rows that come
 * @param rows counts all
 * @param bad counts those without a score
 */
record BatchWork(Scoring scoring, List<Expression> features, List<Expression> out, StructType schema, SQLMetric rows,
        SQLMetric bad) implements Serializable {
    BatchWork {
        features = List.copyOf(features);
        out = List.copyOf(out);
    }

    /** Whether features are columns as they come. */
    boolean isDirect() {
        return features.stream().allMatch(BoundReference.class::isInstance);
    }

    /** Which columns the features are. */
    int[] places() {
        return features.stream().mapToInt(feature -> ((BoundReference) feature).ordinal()).toArray();
    }
}
