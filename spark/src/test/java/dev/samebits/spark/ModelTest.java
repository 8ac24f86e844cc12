package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transformer as Spark ML's users know them. */
class ModelTest {
    @TempDir
    Path folder;

    private Dataset<Row> table;

    @BeforeEach
    void makeTable() {
        table = Tables.table(SparkLocal.extended(false)).where("id < 50").cache();
    }

    private static String fingerprint(Dataset<Row> scored) {
        return Samebits.fingerprint(scored, "id", "output").toString();
    }

    @Test
    void aPipelineIsSavedAndLoaded() throws Exception {
        PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {
            new VectorAssembler().setInputCols(Tables.network().names().inputs().toArray(String[]::new)).setOutputCol("all"),
            SamebitsModel.of(Tables.network()).setFeaturesCol("all").setOutputType("vector").setPredictionCol("class"),
            new IndexToString().setInputCol("class").setOutputCol("label")}).fit(table);
        Dataset<Row> scored = pipeline.transform(table);
        Dataset<Row> assembled = pipeline.stages()[0].transform(table);
        assertThat(pipeline.stages()[1].transform(assembled).schema())
                .isEqualTo(pipeline.stages()[1].transformSchema(assembled.schema()));
        for (Row row : scored.selectExpr("output", "class", "label").collectAsList()) {
            int best = ((Vector) row.get(0)).argmax();
            assertThat(row.getDouble(1)).isEqualTo(best);
            assertThat(row.getString(2)).isEqualTo(List.of("low", "middle", "high").get(best));
        }
        String saved = folder.resolve("pipeline").toString();
        pipeline.write().overwrite().save(saved);
        pipeline.write().overwrite().save(saved);
        PipelineModel loaded = PipelineModel.load(saved);
        assertThat(fingerprint(loaded.transform(table))).isEqualTo(fingerprint(scored));
        SamebitsModel stage = (SamebitsModel) loaded.stages()[1];
        assertThat(stage.uid()).isEqualTo(pipeline.stages()[1].uid());
        assertThat(stage.network().names()).isEqualTo(Tables.network().names());
        assertThat(stage.copy(ParamMap.empty()).clear(stage.modelPath()).explainParams())
                .isEqualTo(((SamebitsModel) pipeline.stages()[1]).explainParams());

        Path file;
        try (var files = Files.walk(folder)) {
            file = files.filter(path -> path.endsWith("model.onnx")).findFirst().orElseThrow();
        }
        Onnx.write(Tables.nameless(), file);
        Files.deleteIfExists(file.resolveSibling(".model.onnx.crc"));
        assertThatThrownBy(() -> SamebitsModel.load(file.getParent().toString()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("the SHA-256 of the model is ");
    }

    @Test
    void copiesShareTheModelAndNothingElse() {
        SamebitsModel model = SamebitsModel.of(Tables.network());
        SamebitsModel copy = model.copy(new ParamMap().put(model.outputCol(), "y")).setHandleInvalid("keep");
        assertThat(copy.uid()).isEqualTo(model.uid());
        assertThat(model.transform(table).columns()).endsWith("output", "prediction");
        assertThat(copy.transform(table).columns()).endsWith("y", "prediction");
        assertThat(model.getOrDefault(model.handleInvalid())).isEqualTo("error");
        assertThat(copy.network()).isSameAs(model.network());
        assertThat(model.transform(table, new ParamMap().put(model.predictionCol(), "")).columns()).endsWith("output");
        assertThatThrownBy(() -> model.setHandleInvalid("ignore")).hasMessageContaining("handleInvalid");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnyJob() {
        SamebitsModel model = SamebitsModel.of(Tables.nameless());
        assertThatThrownBy(() -> model.transformSchema(table.schema())).hasMessageContaining("column features is missing");
        assertThatThrownBy(() -> model.copy(new ParamMap().put(model.featuresCol(), "id")).transformSchema(table.schema()))
                .hasMessage("column id is bigint where features are array<float>, array<double> or a vector: cast it, or "
                        + "set inputCols");
        assertThatThrownBy(() -> model.copy(new ParamMap().put(model.inputCols(), new String[] {"c0", "c1"}))
                .transformSchema(table.schema())).hasMessageStartingWith("found 2 columns where the model takes 7");
        Dataset<Row> assembled = new VectorAssembler().setInputCols(new String[] {"c0", "c1"}).setOutputCol("two")
                .transform(table);
        assertThatThrownBy(() -> model.copy(new ParamMap().put(model.featuresCol(), "two")).transform(assembled))
                .hasMessageStartingWith("column two has vectors of 2 values where the model takes 7");
        model.setFeaturesCol("floats");
        assertThatThrownBy(() -> model.transform(table.withColumn("output", table.col("id"))))
                .hasMessageStartingWith("column output is there already: set outputCol");
        assertThatThrownBy(() -> new SamebitsModel("u").transform(table)).hasMessageStartingWith("there is no model: u");
        assertThatThrownBy(() -> new SamebitsModel().setModelPath(folder.resolve("no.onnx").toString()).transform(table))
                .hasMessageStartingWith("the model cannot be read: ").hasMessageContaining("no.onnx");
        SamebitsModel many = SamebitsModel.of(Network.builder(7).dense(2, Activation.IDENTITY).build(1))
                .setFeaturesCol("floats");
        assertThat(many.transform(table).columns()).endsWith("output");
        assertThatThrownBy(() -> many.setPredictionCol("p").transform(table))
                .hasMessageStartingWith("no one number says what the model predicts");
    }

    @Test
    void aValueIsThePredictionOfARegression() {
        SamebitsModel model = SamebitsModel.of(Network.builder(7).dense(1, Activation.IDENTITY).build(1))
                .setFeaturesCol("dense");
        assertThat(model.transform(table).schema()).isEqualTo(model.transformSchema(table.schema()));
        assertThat(model.transform(table).where("prediction = output[0]").count()).isEqualTo(50);
    }

    @Test
    void namesMayHoldAnyCharacters() {
        Dataset<Row> odd = table.withColumnRenamed("floats", "a.b `c`");
        SamebitsModel model = SamebitsModel.of(Tables.nameless()).setFeaturesCol("a.b `c`").setOutputCol("y.`1`");
        assertThat(model.transform(odd).columns()).endsWith("y.`1`", "prediction");
        assertThat(Samebits.fingerprint(model.transform(odd), "id", "y.`1`").rows()).isEqualTo(50);
    }

    /**
     * What Spark Connect's server does with a transformer that a client names: it finds the class among the services, makes
     * it with its uid, and sets params by their class from values that came over the wire.
     */
    @Test
    void sparkConnectMakesItFromParams() throws Exception {
        Path file = folder.resolve("model.onnx");
        Onnx.write(Tables.network(), file);
        Class<?> type = ServiceLoader.load(Transformer.class).stream().map(ServiceLoader.Provider::type)
                .filter(found -> found.getName().equals("dev.samebits.spark.SamebitsModel")).findFirst().orElseThrow();
        Transformer made = (Transformer) type.getConstructor(String.class).newInstance("uid");
        for (Param<?> param : made.params()) {
            assertThat(param.dataClass()).as(param.name()).isNotNull().isNotEqualTo(Object.class);
        }
        set(made, "modelPath", file.toString());
        set(made, "outputCol", "y");
        set(made, "batchSize", 64);
        set(made, "inputCols", Tables.network().names().inputs().toArray(String[]::new));
        assertThat(Samebits.fingerprint(made.transform(table), "id", "y").rows()).isEqualTo(50);
        made.getClass().getMethod("write").invoke(made);
        ((SamebitsModel) made).save(folder.resolve("saved").toString());
        Object loaded = type.getMethod("load", String.class).invoke(null, folder.resolve("saved").toString());
        assertThat(((SamebitsModel) loaded).network().fingerprint()).isEqualTo(Tables.network().fingerprint());
        assertThat(((SamebitsModel) loaded).transform(table).schema().apply("prediction").dataType())
                .isEqualTo(DataTypes.DoubleType);
    }

    private static void set(Transformer made, String name, Object value) {
        made.set(made.getParam(name), value);
    }
}
