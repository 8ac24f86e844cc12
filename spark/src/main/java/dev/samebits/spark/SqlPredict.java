package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.spark.plan.ScoreExpression;
import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.ModelFile;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** {@code samebits_predict} of SQL. */
final class SqlPredict {
    static final String NAME = "samebits_predict";
    private static final int BATCH = 1024;

    private SqlPredict() {}

    static Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>> description() {
        return new Tuple3<>(new FunctionIdentifier(NAME), new ExpressionInfo(SqlPredict.class.getName(), null, NAME),
                arguments -> expression(CollectionConverters.asJava(arguments)));
    }

    private static Expression expression(List<Expression> arguments) {
        if (arguments.size() < 2 || !arguments.get(0).foldable()
                || !arguments.get(0).dataType().equals(DataTypes.StringType)) {
            throw new IllegalArgumentException("it takes the path of a model, as text, and its features: " + NAME
                    + ": write " + NAME + "('model.onnx', features)");
        }
        SparkSession spark = SparkSession.active();
        ModelFile file = SqlModels.read(String.valueOf(arguments.get(0).eval(null)), spark);
        Network network = file.network();
        List<Expression> given = arguments.subList(1, arguments.size());
        List<String> names = given.stream().map(SqlPredict::name).toList();
        StructType schema = new StructType();
        for (int i = 0; i < given.size(); i++) {
            schema = schema.add(names.get(i), given.get(i).dataType());
        }
        boolean one = given.size() == 1 && network.inputs() > 1 && file.preparation() == null;
        FeatureColumns columns = FeatureColumns.of(schema, file, one ? names.get(0) : null,
                one ? null : names.toArray(String[]::new));
        List<Expression> features = new ArrayList<>();
        columns.names().forEach(name -> features.add(given.get(names.indexOf(name))));
        Scoring scoring = new Scoring(file.sent(spark.sparkContext()), columns.parts(), Invalid.ERROR, false,
                Prediction.of(network), BATCH);
        return new ScoreExpression(scoring, CollectionConverters.asScala(features).toList(), false);
    }

    private static String name(Expression expression) {
        return expression instanceof NamedExpression named ? named.name() : expression.sql();
    }
}
