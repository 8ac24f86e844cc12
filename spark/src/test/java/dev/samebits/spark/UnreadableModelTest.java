package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.onnx.Onnx;
import dev.samebits.spark.score.Invalid;
import dev.samebits.spark.score.ModelRef;
import dev.samebits.spark.score.Part;
import dev.samebits.spark.score.ScoreFunction;
import dev.samebits.spark.score.Scoring;
import dev.samebits.spark.score.Scoring.Prediction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose file is gone or another, and models that do not reach an executor as they were sent. */
class UnreadableModelTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void storeModel() throws Exception {
        file = folder.resolve("flowers.onnx");
        Onnx.write(Tables.network(), file);
    }

    private SamebitsModel stored() {
        return new SamebitsModel().setModelPath(file.toString()).setFeaturesCol("floats");
    }

    /** Executors have the bytes that the driver has read: a job scores by one model, whatever becomes of the file. */
    @Test
    void aFileThatIsGoneOrDamagedChangesNoModelThatWasRead() throws Exception {
        ScoreFingerprint expected = Tables.expected(Tables.network());
        byte[] bytes = Files.readAllBytes(file);
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> table = Tables.table(spark);
            SamebitsModel read = stored();
            Dataset<Row> scored = read.transform(table);
            String sql = "SELECT id, samebits_predict('" + file + "', floats).output y FROM t";
            table.createOrReplaceTempView("t");
            Dataset<Row> query = spark.sql(sql);

            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            assertThat(Samebits.fingerprint(scored, "id", "output")).isEqualTo(expected);
            assertThatThrownBy(() -> stored().transform(table))
                    .hasMessageMatching("the model cannot be read: .*flowers\\.onnx: .*: .*");
            assertThatThrownBy(() -> spark.sql(sql))
                    .hasMessageMatching("the model cannot be read: .*flowers\\.onnx: .*: .*");

            Files.delete(file);
            assertThat(Samebits.fingerprint(query, "id", "y")).isEqualTo(expected);
            assertThat(Samebits.fingerprint(read.transform(table), "id", "output")).isEqualTo(expected);
            assertThatThrownBy(() -> stored().transform(table)).hasMessage("the model cannot be read: " + file
                    + ": there is no such file: put it there, or set modelPath to where the driver finds it");
            assertThatThrownBy(() -> spark.sql(sql)).hasMessageStartingWith("the model cannot be read: " + file
                    + ": there is no such file: ");
            Files.write(file, bytes);
        }
    }

    /** What a save leaves that did not end, and what is no folder of a model. */
    @Test
    void halfAModelIsNamed() throws Exception {
        SparkLocal.extended(true);
        Path saved = folder.resolve("saved");
        stored().save(saved.toString());
        Files.move(saved.resolve("model.onnx"), folder.resolve("aside.onnx"));
        assertRefused(saved, "it has no model.onnx, as a save that did not end leaves it: save the model again");
        Files.move(folder.resolve("aside.onnx"), saved.resolve("model.onnx"));
        assertThat(SamebitsModel.load(saved.toString()).network().inputs()).isEqualTo(Tables.INPUTS);
        Files.move(saved.resolve("metadata"), folder.resolve("aside"));
        assertRefused(saved, "it has no metadata, as a save that did not end leaves it: save the model again");
        assertRefused(folder.resolve("none"), "there is no such folder: name the one that was saved to");
        assertRefused(file, "it is a file: give it to setModelPath, or name the folder that was saved to");
    }

    private static void assertRefused(Path path, String refusal) {
        assertThatThrownBy(() -> SamebitsModel.load(path.toString())).hasMessage("no model can be loaded: " + path + ": "
                + refusal);
    }

    @Test
    void aModelThatDoesNotReachAnExecutorIsNamed() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            // A network that no other test has: whose session is open needs no bytes.
            Network network = Network.builder(Tables.INPUTS).dense(4, Activation.IDENTITY)
                    .build(batches ? 1 : 2);
            SamebitsModel model = SamebitsModel.of(network).setFeaturesCol("floats");
            Dataset<Row> scored = model.transform(Tables.table(spark).cache());
            Broadcast<byte[]> sent = model.file().sent(spark.sparkContext()).bytes();
            SparkEnv.get().blockManager().removeBroadcast(sent.id(), true);
            assertThatThrownBy(scored::collectAsList).satisfies(thrown -> assertThat(BadRowsTest.messages(thrown))
                    .contains("the model did not reach executor driver: the network " + network + ": run the job again"));
        }
    }

    @Test
    void aModelThatWasAlteredOnItsWayIsNamed() throws Exception {
        SparkSession spark = SparkLocal.extended(false);
        SparkContext context = spark.sparkContext();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        // The true one may have a session already, which needs no bytes.
        String sha256 = "0".repeat(64);
        ModelRef altered = new ModelRef(file.toString(), sha256,
                JavaSparkContext.fromSparkContext(context).broadcast(bytes));
        Scoring scoring = new Scoring(altered, List.of(new Part("floats", Tables.INPUTS)), Invalid.ERROR, false,
                Prediction.CLASS, 1);
        Dataset<Row> scored = Tables.table(spark).select(functions.udf(new ScoreFunction(scoring), scoring.type())
                .apply(functions.col("floats")));
        assertThatThrownBy(scored::collectAsList).satisfies(thrown -> assertThat(BadRowsTest.messages(thrown))
                .containsPattern("the model reached executor driver with the SHA-256 [0-9a-f]{64} instead of "
                        + sha256 + ": .*flowers\\.onnx: look for what alters files there"));
    }
}
