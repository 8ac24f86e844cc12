package dev.samebits.spark;

import dev.samebits.spark.plan.FastWay;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Extensions of Spark's sessions: {@code spark.sql.extensions=dev.samebits.spark.SamebitsExtensions}. With them SQL has
 * {@code samebits_predict('model.onnx', features)} or {@code samebits_predict('model.onnx', a, b, c)}, which gives a
 * struct of {@code output} and {@code prediction}, and rows are scored in batches: {@code explain} shows {@code SamebitsScore}. The
 * setting {@code spark.samebits.batches=false} turns batches off in a session. The bits are the same.
 *
 * @since 0.1.0
 */
public final class SamebitsExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    /** As Spark makes them. */
    public SamebitsExtensions() {}

    /**
     * Adds to what sessions can do.
     *
     * @param extensions of the sessions to come
     * @return nothing
     */
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        FastWay.install(extensions);
        extensions.injectFunction(SqlPredict.description());
        return BoxedUnit.UNIT;
    }
}
