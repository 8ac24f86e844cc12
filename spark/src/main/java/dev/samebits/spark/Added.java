package dev.samebits.spark;

import dev.samebits.Network;
import dev.samebits.Section;
import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.functions$;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The columns that a transformer adds: each is a field of the score, with what Spark ML is told of it. */
record Added(List<Field> fields) {
    /**
     * A column, and what it is of the {@link Scoring#type}.
     *
     * @param column that is added
     * @param of the field
     * @param section which part of the outputs it is, or null for all of the field
     */
    record Field(StructField column, String of, @Nullable Section section) {}

    private static final String LATER = "samebits_score_";

    static Added of(SamebitsModel model, Network network) {
        boolean nullable = !model.getOrDefault(model.handleInvalid()).equals(Invalid.ERROR.word());
        String output = model.getOrDefault(model.outputCol());
        String prediction = model.getOrDefault(model.predictionCol());
        boolean vector = model.isVector();
        List<Field> fields = new ArrayList<>();
        boolean sections = model.isSet(model.outputCols());
        if (!output.isEmpty() && (!sections || model.isSet(model.outputCol()))) {
            fields.add(outputs(output, network.outputs(), vector, nullable, null));
        }
        if (sections) {
            List<Section> parts = network.outputSections();
            List<String> names = names(model.getOrDefault(model.outputCols()), parts);
            for (int s = 0; s < parts.size(); s++) {
                fields.add(outputs(names.get(s), parts.get(s).width(), vector, nullable, parts.get(s)));
            }
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
            fields.add(new Field(new StructField(prediction, DataTypes.DoubleType, nullable, metadata), Scoring.PREDICTION,
                    null));
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("no column is to be added: outputCol, predictionCol: name one");
        }
        return new Added(fields);
    }

    private static Field outputs(String name, int width, boolean vector, boolean nullable, @Nullable Section section) {
        Metadata metadata = vector ? new AttributeGroup(name, width).toMetadata() : Metadata.empty();
        return new Field(new StructField(name, Scoring.outputType(vector), nullable, metadata), Scoring.OUTPUT, section);
    }

    private static List<String> names(String[] columns, List<Section> sections) {
        List<String> called = sections.stream().map(Section::name).toList();
        if (columns.length != 0 && columns.length != sections.size()) {
            throw new IllegalArgumentException("found " + columns.length + " columns where the model has the outputs "
                    + String.join(", ", called) + ": outputCols: name a column for each, or none for these names");
        }
        return columns.length == 0 ? called : List.of(columns);
    }

    /** The schema with these columns. */
    StructType to(StructType schema) {
        StructType to = schema;
        for (Field field : fields) {
            String name = field.column.name();
            if (Arrays.asList(to.fieldNames()).contains(name)) {
                throw new IllegalArgumentException("column " + name + " is there already: set "
                        + (field.section == null ? field.of + "Col" : "outputCols") + " to another name, or drop it first");
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
            columns.add(value(score.getField(field.of), field, scoring).as(field.column.name(), field.column.metadata()));
        }
        return scored.select(columns.toArray(Column[]::new)).drop(score);
    }

    // Sections are cut out of arrays, which become vectors only then.
    private static Column value(Column whole, Field field, Scoring scoring) {
        Column value = field.section == null ? whole
                : functions.slice(whole, field.section.from() + 1, field.section.width());
        boolean becomesVector = field.column.dataType().equals(Scoring.outputType(true)) && !scoring.vector();
        return becomesVector ? functions$.MODULE$.array_to_vector(value) : value;
    }
}
