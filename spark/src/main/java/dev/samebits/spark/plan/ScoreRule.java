package dev.samebits.spark.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Replaces projections that score by an operator that scores batches. All others stay as they are: those with two models,
 * those that score only some rows (in a CASE), those with values that depend on when they are computed, and streams that are
 * processed row by row as they come.
 */
final class ScoreRule extends ColumnarRule {
    @Override
    public Rule<SparkPlan> postColumnarTransitions() {
        return new Rule<>() {
            @Override
            public SparkPlan apply(SparkPlan plan) {
                return waits(plan) ? plan : replace(plan);
            }
        };
    }

    // A batch of such a stream may never be full.
    private static boolean waits(SparkPlan plan) {
        return plan.nodeName().contains("Continuous")
                || CollectionConverters.asJava(plan.children()).stream().anyMatch(ScoreRule::waits);
    }

    private static SparkPlan replace(SparkPlan plan) {
        SparkPlan inner = plan.mapChildren(ScoreRule::replace);
        ScoreExpression score = inner instanceof ProjectExec project ? scoreOf(project) : null;
        if (score == null) {
            return inner;
        }
        ProjectExec project = (ProjectExec) inner;
        boolean columns = project.child() instanceof ColumnarToRowExec
                && score.features().stream().allMatch(AttributeReference.class::isInstance);
        ScoreExec exec = new ScoreExec(project, score, columns);
        exec.copyTagsFrom(project);
        return exec;
    }

    // The only score of a projection, or null.
    private static @Nullable ScoreExpression scoreOf(ProjectExec project) {
        List<ScoreExpression> scores = new ArrayList<>();
        for (NamedExpression named : CollectionConverters.asJava(project.projectList())) {
            Expression bare = bare((Expression) named);
            if (bare instanceof ScoreExpression score) {
                scores.add(score);
                bare = null;
            }
            if (bare != null && (!bare.deterministic() || bare.exists(ScoreExpression.class::isInstance))) {
                return null;
            }
        }
        return scores.isEmpty() || scores.stream().anyMatch(score -> !score.equals(scores.get(0)))
                || scores.get(0).features().stream().anyMatch(feature -> !feature.deterministic()) ? null : scores.get(0);
    }

    // Without its name and the choice of a field.
    private static Expression bare(Expression expression) {
        return expression instanceof Alias alias ? bare(alias.child())
                : expression instanceof GetStructField field ? bare(field.child()) : expression;
    }
}
