package dev.samebits.spark.score;

import java.util.Arrays;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A score as a function of Spark's public API: row by row, from the features to a struct. Each task has its own copy. */
public final class ScoreFunction implements UDF1<Object, Row> {
    private static final long serialVersionUID = 1;

    private final Scoring scoring;
    private transient @Nullable Scorer scorer;

    /**
     * As it goes to the tasks.
     *
     * @param scoring how
     */
    public ScoreFunction(Scoring scoring) {
        this.scoring = scoring;
    }

    /**
     * Scores a row.
     *
     * @param value its features, as {@link Features} reads them
     * @return {@link Scoring#type}, or null for a bad row that is not an error
     */
    @Override
    public @Nullable Row call(@Nullable Object value) {
        TaskContext task = TaskContext.get();
        if (task == null) {
            // The driver evaluates what is constant, and nobody tells when it is done.
            try (Scorer once = new Scorer(scoring, 1)) {
                return score(once, value);
            }
        }
        if (scorer == null || !scorer.isOf(task)) {
            scorer = new Scorer(scoring, 1);
        }
        return score(scorer, value);
    }

    private @Nullable Row score(Scorer with, @Nullable Object value) {
        with.clear();
        with.take(0, with.features().read(value, with.x(), 0));
        with.predict(1);
        if (with.isBad(0)) {
            return null;
        }
        Object outputs = scoring.vector() ? Vectors.dense(doubles(with.y())) : with.y().clone();
        return scoring.prediction() == Scoring.Prediction.NONE ? RowFactory.create(outputs)
                : RowFactory.create(outputs, with.prediction(0));
    }

    /**
     * Floats as doubles.
     *
     * @param floats any
     * @return the same numbers
     */
    static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        Arrays.setAll(doubles, j -> floats[j]);
        return doubles;
    }
}
