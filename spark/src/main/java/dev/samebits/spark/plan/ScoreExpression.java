package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scorer;
import dev.samebits.spark.score.Scoring;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The score of a row: a struct, from one child that holds all features or from a number each. */
public final class ScoreExpression extends Expression implements CodegenFallback, Serializable {
    private static final long serialVersionUID = 1;

    private final Scoring scoring;
    private final Seq<Expression> features;
    private final boolean once;
    private transient @Nullable Scorer scorer;
    private transient @Nullable FeatureReader reader;
    private transient @Nullable ScoreRow score;

    /**
     * An expression that is not planned yet.
     *
     * @param scoring how
     * @param features columns or what is computed of them
     * @param once whether Spark may not compute it twice, nor move it
     */
    public ScoreExpression(Scoring scoring, Seq<Expression> features, boolean once) {
        this.scoring = scoring;
        this.features = features;
        this.once = once;
    }

    Scoring scoring() {
        return scoring;
    }

    List<Expression> features() {
        return CollectionConverters.asJava(features);
    }

    @Override
    public Seq<Expression> children() {
        return features;
    }

    @Override
    public boolean deterministic() {
        return !once && features().stream().allMatch(Expression::deterministic);
    }

    @Override
    public boolean nullable() {
        return scoring.nullable();
    }

    @Override
    public DataType dataType() {
        return scoring.type();
    }

    /** Row by row, wherever the expression is not planned in batches. */
    @Override
    public @Nullable Object eval(InternalRow row) {
        TaskContext task = TaskContext.get();
        if (task == null) {
            // The driver evaluates what is constant, and nobody tells when it is done.
            try (Scorer once = new Scorer(scoring, 1)) {
                return score(once, new FeatureReader(features()), new ScoreRow(scoring), row);
            }
        }
        if (scorer == null || !scorer.isOf(task)) {
            scorer = new Scorer(scoring, 1);
            reader = new FeatureReader(features());
            score = new ScoreRow(scoring);
        }
        return score(scorer, reader, score, row);
    }

    private @Nullable Object score(Scorer with, FeatureReader from, ScoreRow to, InternalRow row) {
        InternalRow values = new GenericInternalRow(features().stream().map(child -> child.eval(row)).toArray());
        with.clear();
        with.take(0, from.read(values, with, 0));
        with.predict(1);
        return with.isBad(0) ? null : to.of(with, 0).copy();
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode code) {
        return CodegenFallback.super.doGenCode(context, code);
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new ScoreExpression(scoring, children, once);
    }

    @Override
    public String prettyName() {
        return "samebits_predict";
    }

    @Override
    public String toString() {
        return prettyName() + "(" + scoring.model().tag() + ", " + features.mkString(", ") + ")";
    }

    // As the constructor has them, by which Spark copies.
    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> scoring;
            case 1 -> features;
            case 2 -> once;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ScoreExpression;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreExpression o && once == o.once && scoring.equals(o.scoring)
                && features.equals(o.features);
    }

    @Override
    public int hashCode() {
        return 31 * scoring.hashCode() + features.hashCode();
    }
}
