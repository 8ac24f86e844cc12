package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Spark's own search over a pipeline that has a network as a stage, whose params are in the grid. */
class SearchTest {
    @TempDir
    Path folder;

    private String stored(String name, Network network) throws Exception {
        Path file = folder.resolve(name);
        Onnx.write(network, file);
        return file.toString();
    }

    @Test
    void crossValidationFindsTheModelThatMadeTheLabels() throws Exception {
        Network wanted = Tables.nameless();
        String right = stored("right.onnx", wanted);
        String wrong = stored("wrong.onnx", Network.builder(Tables.INPUTS).dense(3, Activation.IDENTITY).softmax().build(1));
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> table = SamebitsModel.of(wanted).setFeaturesCol("floats").setOutputCol("").setPredictionCol("label")
                    .transform(Tables.table(spark).where("id < 90").coalesce(1)).cache();
            SamebitsModel stage = new SamebitsModel().setModelPath(wrong).setOutputCol("output");
            List<ParamMap> grid = Arrays.asList(new ParamGridBuilder()
                    .addGrid(stage.modelPath(), CollectionConverters.asScala(List.of(wrong, right)))
                    .addGrid(stage.featuresCol(), CollectionConverters.asScala(List.of("floats", "sparse"))).build());
            CrossValidatorModel found = new CrossValidator()
                    .setEstimator(new Pipeline().setStages(new PipelineStage[] {stage}))
                    .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                    .setEstimatorParamMaps(grid.toArray(ParamMap[]::new)).setNumFolds(2).setSeed(7).setParallelism(2)
                    .fit(table);

            double[] accuracies = found.avgMetrics();
            Map<String, Set<Double>> byModel = new HashMap<>();
            for (int point = 0; point < grid.size(); point++) {
                byModel.computeIfAbsent(grid.get(point).apply(stage.modelPath()), model -> new HashSet<>())
                        .add(accuracies[point]);
            }
            // The form of the features changes no class.
            assertThat(byModel.get(right)).containsExactly(1.0);
            assertThat(byModel.get(wrong)).singleElement(DOUBLE).isLessThan(0.9);
            SamebitsModel best = (SamebitsModel) ((PipelineModel) found.bestModel()).stages()[0];
            assertThat(best.uid()).isEqualTo(stage.uid());
            assertThat(best.network().fingerprint()).isEqualTo(wanted.fingerprint());
            assertThat(stage.getOrDefault(stage.modelPath())).isEqualTo(wrong);
            assertThat(stage.isSet(stage.featuresCol())).isFalse();

            String saved = folder.resolve("search" + batches).toString();
            found.save(saved);
            assertThat(Samebits.fingerprint(CrossValidatorModel.load(saved).transform(table), "id", "output"))
                    .isEqualTo(Samebits.fingerprint(found.transform(table), "id", "output"));
        }
    }
}
