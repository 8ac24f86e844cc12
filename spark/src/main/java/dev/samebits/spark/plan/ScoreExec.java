package dev.samebits.spark.plan;

import java.util.List;
import java.util.Map;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** A projection whose score is computed for many rows together, from rows or from columns. */
public final class ScoreExec extends SparkPlan {
    private static final long serialVersionUID = 1;
    private static final String ROWS = "numOutputRows";
    private static final String BAD = "badRows";

    private final ProjectExec project;
    private final ScoreExpression score;
    private final boolean columns;
    private transient scala.collection.immutable.@Nullable Map<String, SQLMetric> metrics;

    /**
     * In place of a projection.
     *
     * @param project that is replaced
     * @param score the only score in it
     * @param columns whether its child turns columns into rows, and is left out
     */
    public ScoreExec(ProjectExec project, ScoreExpression score, boolean columns) {
        this.project = project;
        this.score = score;
        this.columns = columns;
    }

    private SparkPlan child() {
        return columns ? ((ColumnarToRowExec) project.child()).child() : project.child();
    }

    @Override
    public Seq<SparkPlan> children() {
        return CollectionConverters.asScala(List.of(child())).toList();
    }

    @Override
    public Seq<Attribute> output() {
        return project.output();
    }

    @Override
    public Partitioning outputPartitioning() {
        return project.outputPartitioning();
    }

    @Override
    public Seq<SortOrder> outputOrdering() {
        return project.outputOrdering();
    }

    @Override
    public scala.collection.immutable.Map<String, SQLMetric> metrics() {
        if (metrics == null) {
            metrics = scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(Map.of(
                    ROWS, SQLMetrics.createMetric(sparkContext(), "number of output rows"),
                    BAD, SQLMetrics.createMetric(sparkContext(), "number of rows without a score"))));
        }
        return metrics;
    }

    @Override
    public RDD<InternalRow> doExecute() {
        List<Attribute> columns = CollectionConverters.asJava(child().output());
        List<Expression> features = score.features().stream().map(feature -> bound(feature, columns)).toList();
        List<Expression> out = CollectionConverters.asJava(project.projectList()).stream()
                .map(named -> bound((Expression) named, columns)).toList();
        BatchWork work = new BatchWork(score.scoring(), features, out, child().schema(), longMetric(ROWS), longMetric(BAD));
        return this.columns
                ? child().executeColumnar().toJavaRDD().mapPartitions(batches -> new ColumnBatches(batches, work)).rdd()
                : child().execute().toJavaRDD().mapPartitions(rows -> new RowBatches(rows, work)).rdd();
    }

    // To the columns of the child, and to the score, which stands behind them.
    private static Expression bound(Expression expression, List<Attribute> columns) {
        if (expression instanceof ScoreExpression score) {
            return new BoundReference(columns.size(), score.dataType(), score.nullable());
        }
        if (expression instanceof AttributeReference attribute) {
            for (int c = 0; c < columns.size(); c++) {
                if (columns.get(c).exprId().equals(attribute.exprId())) {
                    return new BoundReference(c, attribute.dataType(), columns.get(c).nullable());
                }
            }
            throw new IllegalStateException(attribute + " is none of " + columns);
        }
        return expression.mapChildren(part -> bound(part, columns));
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
        SparkPlan child = columns ? new ColumnarToRowExec(children.head()) : children.head();
        return new ScoreExec(project.copy(project.projectList(), child), score, columns);
    }

    @Override
    public String nodeName() {
        return "SamebitsScore";
    }

    @Override
    public String simpleString(int maxFields) {
        return nodeName() + (columns ? " columns" : " rows") + " in batches of " + score.scoring().batch() + " " + score
                + " " + output().mkString("[", ", ", "]");
    }

    // As the constructor has them, by which Spark copies.
    @Override
    public int productArity() {
        return 3;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> project;
            case 1 -> score;
            case 2 -> columns;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ScoreExec;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreExec o && columns == o.columns && project.equals(o.project);
    }

    @Override
    public int hashCode() {
        return project.hashCode();
    }
}
