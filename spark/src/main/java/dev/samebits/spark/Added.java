package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that a transformer adds: each is a field of the score, with what Spark ML is told of it. */
record Added(List<Field> fields) {
    /** A column, and the field of {@link Scoring#type} that it is. */
    record Field(StructField column, String of) {}

    private static final String LATER = "samebits_score_";

    static Added of(SamebitsModel model, Network network) {
        boolean nullable = !model.getOrDefault(model.handleInvalid()).equals(Invalid.ERROR.word());
        String output = model.getOrDefault(model.outputCol());
        String prediction = model.getOrDefault(model.predictionCol());
        boolean vector = model.isVector();
        List<Field> fields = new ArrayList<>();
        if (!output.isEmpty()) {
            Metadata metadata = vector ? new AttributeGroup(output, network.outputs()).toMetadata() : Metadata.empty();
            fields.add(new Field(new StructField(output, Scoring.outputType(vector), nullable, metadata), Scoring.OUTPUT));
        }
        Prediction kind = Prediction.of(network);
        if (kind == Prediction.NONE && model.isSet(model.predictionCol()) && !prediction.isEmpty()) {
            throw new IllegalArgumentException("no one number says what the model predicts: predictionCol: leave it out, "
                    + "and take the " + network.outputs() + " outputs of " + network);
        }
        if (kind != Prediction.NONE && !prediction.isEmpty()) {
            List<String> labels = kind == Prediction.CLASS ? network.names().labels() : List.of();
            Metadata metadata = labels.isEmpty() ? Metadata.empty() : NominalAttribute.defaultAttr().withName(prediction)
                    .withValues(labels.toArray(String[]::new)).toMetadata();
            fields.add(new Field(new StructField(prediction, DataTypes.DoubleType, nullable, metadata), Scoring.PREDICTION));
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("no column is to be added: outputCol, predictionCol: name one");
        }
        return new Added(fields);
    }

    /** The schema with these columns. */
    StructType to(StructType schema) {
        StructType to = schema;
        for (Field field : fields) {
            String name = field.column.name();
            if (Arrays.asList(to.fieldNames()).contains(name)) {
                throw new IllegalArgumentException("column " + name + " is there already: set " + field.of
                        + "Col to another name, or drop it first");
            }
            to = to.add(field.column);
        }
        return to;
    }

    /** The rows with these columns, taken from their scores; those without a score are left out where that is asked for. */
    Dataset<Row> to(Dataset<?> dataset, Column scores, Scoring scoring) {
        String later = LATER + scoring.model().tag();
        while (Arrays.asList(dataset.columns()).contains(later)) {
            later += "_";
        }
        Column score = functions.col(FeatureColumns.quoted(later));
        Dataset<Row> scored = dataset.select(functions.col("*"), scores.as(later));
        if (scoring.invalid() == Invalid.SKIP) {
            scored = scored.where(score.isNotNull());
        }
        List<Column> columns = new ArrayList<>(List.of(functions.col("*")));
        for (Field field : fields) {
            columns.add(score.getField(field.of).as(field.column.name(), field.column.metadata()));
        }
        return scored.select(columns.toArray(Column[]::new)).drop(score);
    }
}
