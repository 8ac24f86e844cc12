package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.ScoreFingerprint;
import dev.samebits.onnx.Onnx;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of SQL, what explain shows, and streams. */
class SqlTest {
    @TempDir
    Path folder;

    private SparkSession spark;
    private String model;
    private String stored;
    private ScoreFingerprint expected;

    @BeforeEach
    void makeFiles() throws Exception {
        spark = SparkLocal.extended(true);
        model = folder.resolve("model.onnx").toString();
        Onnx.write(Tables.network(), Path.of(model));
        stored = folder.resolve("rows").toString();
        Tables.table(spark).repartition(2).write().parquet(stored);
        spark.read().parquet(stored).createOrReplaceTempView("t");
        expected = Tables.expected(Tables.network());
    }

    private static String plan(Dataset<Row> dataset) {
        return dataset.queryExecution().executedPlan().toString();
    }

    private static ScoreFingerprint fingerprint(Dataset<Row> scored) {
        return Samebits.fingerprint(scored, "id", "y");
    }

    @Test
    void sqlScoresByAPathOrByARegisteredName() {
        Samebits.register(spark, "flower", model);
        assertThat(fingerprint(spark.sql("SELECT id, flower(floats).output y FROM t"))).isEqualTo(expected);
        assertThat(fingerprint(spark.sql("SELECT id, flower(sparse).output y FROM t"))).isEqualTo(expected);
        assertThat(fingerprint(spark.sql("SELECT id, flower(array(c0, c1, c2, c3, c4, c5, c6)).output y FROM t")))
                .isEqualTo(expected);
        String[] arguments = {"floats", "doubles", "dense", "c0, c1, c2, c3, c4, c5, c6", "c6, c5, c4, c3, c2, c1, c0"};
        for (String features : arguments) {
            Dataset<Row> scored = spark.sql("SELECT id, samebits_predict('" + model + "', " + features
                    + ").output y FROM t");
            assertThat(plan(scored)).as(features).contains("SamebitsScore columns");
            assertThat(fingerprint(scored)).as(features).isEqualTo(expected);
        }
        assertThat(spark.sql("SELECT samebits_predict('" + model + "', floats).prediction p, count(*) FROM t GROUP BY p")
                .collectAsList()).hasSizeBetween(2, 3);
        assertThat(spark.sql("SELECT * FROM t WHERE samebits_predict('" + model + "', floats).prediction = 0")
                .union(spark.sql("SELECT * FROM t WHERE samebits_predict('" + model + "', floats).prediction > 0")).count())
                .isEqualTo(Tables.ROWS);
        assertThat(spark.sql("SELECT samebits_predict('" + model + "', array(1d, 2d, 3d, 4d, 5d, 6d, 7d)).output").head()
                .getList(0)).hasSize(3);
        assertThatThrownBy(() -> spark.sql("SELECT samebits_predict('" + model + "', id, c0) FROM t").collectAsList())
                .hasMessageContaining("found 2 columns where the model takes 7");
        assertThatThrownBy(() -> spark.sql("SELECT samebits_predict(floats) FROM t").collectAsList())
                .hasMessageContaining("it takes the path of a model, as text, and its features");
    }

    @Test
    void explainShowsWhichWayRowsGo() {
        Dataset<Row> table = spark.read().parquet(stored);
        SamebitsModel all = SamebitsModel.of(Tables.network());
        assertThat(plan(all.transform(table))).contains("SamebitsScore columns in batches of 1024")
                .doesNotContain("ColumnarToRow");
        assertThat(plan(all.transform(table.where("id > 7")))).contains("SamebitsScore rows in batches of 1024");
        // Once, and by the rows that are left: whatever follows.
        Dataset<Row> some = all.transform(table).where("prediction = 1").select("id", "output");
        assertThat(plan(some)).containsOnlyOnce("SamebitsScore").containsOnlyOnce("samebits_predict");
        Dataset<Row> shuffled = all.transform(table.repartition(5));
        shuffled.collectAsList();
        assertThat(plan(shuffled)).contains("SamebitsScore rows");
        spark.conf().set("spark.samebits.batches", "false");
        assertThat(plan(all.transform(table))).doesNotContain("SamebitsScore").contains("samebits_predict");
        assertThat(plan(all.transform(table).where("prediction = 1").select("id"))).containsOnlyOnce("samebits_predict");
    }

    /** A source may give rows of its own kind, and the same object for each. */
    @Test
    void rowsOfAnotherKindAreKeptWhileTheirBatchFills() {
        String query = "SELECT id, text, samebits_predict('" + model + "', floats).output y FROM others";
        spark.read().format(GenericRows.class.getName()).load().createOrReplaceTempView("others");
        Dataset<Row> scored = spark.sql(query);
        // Straight from the source: nothing in between packs them.
        assertThat(plan(scored)).containsPattern("(?s)^SamebitsScore rows[^\\n]*\\n\\+- BatchScan rows");
        assertThat(fingerprint(scored)).isEqualTo(expected);
        assertThat(scored.where("text IS NULL").count()).isEqualTo((Tables.ROWS + 2) / 3);
        assertThat(scored.where("text = 'row ' || id").count()).isEqualTo(Tables.ROWS - (Tables.ROWS + 2) / 3);

        spark.read().format(GenericRows.class.getName()).option("bad", "14").load().createOrReplaceTempView("others");
        assertThatThrownBy(() -> spark.sql(query).collectAsList()).rootCause()
                .hasMessageStartingWith("column floats is null: row 8 of partition 0");
        assertThat(SamebitsModel.of(Tables.nameless()).setFeaturesCol("floats").setHandleInvalid("skip")
                .transform(spark.table("others")).where("id % 2 = 0").count()).isEqualTo(Tables.ROWS / 2 - 1);
    }

    @Test
    void twoModelsAndConditionsScoreRowByRow() {
        Dataset<Row> two = spark.sql("SELECT id, samebits_predict('" + model + "', floats).output y, CASE WHEN id > 9 THEN "
                + "samebits_predict('" + model + "', dense).prediction END p FROM t");
        assertThat(plan(two)).doesNotContain("SamebitsScore");
        assertThat(fingerprint(two)).isEqualTo(expected);
    }

    @Test
    void aStreamIsScored() throws Exception {
        for (boolean batches : SparkLocal.WAYS) {
            SparkLocal.extended(batches);
            String name = "scored" + batches;
            StreamingQuery query = SamebitsModel.of(Tables.network()).setOutputCol("y")
                    .transform(spark.readStream().schema(spark.table("t").schema()).option("maxFilesPerTrigger", "1")
                            .parquet(stored)).writeStream().format("memory").queryName(name).trigger(Trigger.AvailableNow())
                    .start();
            try {
                query.processAllAvailable();
            } finally {
                query.stop();
            }
            assertThat(fingerprint(spark.table(name))).isEqualTo(expected);
        }
    }
}
