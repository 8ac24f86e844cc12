package dev.samebits.spark.plan;

import dev.samebits.spark.score.Scoring;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.execution.ColumnarRule;
import scala.jdk.javaapi.CollectionConverters;

/** Whether a session plans scores in batches, and how a column gets there. Thread-safe. */
public final class FastWay {
    /** Turns it off and on again in a session that has the extensions. */
    public static final String SETTING = "spark.samebits.batches";

    // Those that were run, with the same classes. What Spark keeps to itself may change with any other.
    private static final List<String> KNOWN = List.of("4.0", "4.2");
    private static final System.Logger LOG = System.getLogger("dev.samebits");
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static final Set<SparkSession> SESSIONS =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private FastWay() {}

    /**
     * Gives all sessions of a builder the rule that plans batches.
     *
     * @param extensions of the builder
     */
    public static void install(SparkSessionExtensions extensions) {
        extensions.injectColumnar(FastWay::rule);
    }

    private static ColumnarRule rule(SparkSession session) {
        SESSIONS.add(session);
        return new ScoreRule();
    }

    /**
     * Whether scores of a session's datasets are to be expressions.
     *
     * @param session of a dataset
     * @return whether it has the rule, it is not turned off, and this is a Spark for which it was made
     */
    public static boolean isOn(SparkSession session) {
        if (!SESSIONS.contains(session) || !Boolean.parseBoolean(session.conf().get(SETTING, "true"))) {
            return false;
        }
        boolean known = KNOWN.stream().anyMatch(minor -> session.version().startsWith(minor + "."));
        if (!known && !WARNED.getAndSet(true)) {
            LOG.log(Level.WARNING, "rows are scored one by one: batches are made for Spark " + String.join(", ", KNOWN)
                    + ", and this is " + session.version() + ": take a newer Samebits");
        }
        return known;
    }

    /**
     * Scores as a column.
     *
     * @param scoring how
     * @param features one column of all features, or a column each
     * @return a column that is computed once for each row
     */
    public static Column column(Scoring scoring, List<Column> features) {
        List<Expression> expressions = features.stream().map(ExpressionUtils::expression).toList();
        return ExpressionUtils.column(
                new ScoreExpression(scoring, CollectionConverters.asScala(expressions).toList(), true));
    }
}
