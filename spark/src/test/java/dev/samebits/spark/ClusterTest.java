package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.ScoreFingerprint;
import dev.samebits.SessionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two worker processes, speculation, an executor that is killed in the middle of a job, and executors that come and go: the
 * fingerprint is that of a session alone. {@code -Dsamebits.cluster.java=HOME,HOME} gives the workers a Java each.
 */
@Tag("cluster")
class ClusterTest {
    private static final int ROWS = 120_000;
    private static final int FEW = 6000;
    private static final int PARTS = 24;

    @TempDir
    Path folder;

    /** Some features again and again. */
    static final class Features implements UDF1<Long, float[]> {
        private static final long serialVersionUID = 1;

        @Override
        public float[] call(Long id) {
            return Tables.features(id % Tables.ROWS);
        }
    }

    /**
     * A row's number as it is. The first row to find the order kills the process that computes it, as an operator or the
     * kernel would, so that it goes in the middle of a task, however fast the machine is.
     */
    static final class Killing implements UDF1<Long, Long> {
        private static final long serialVersionUID = 1;
        private final String order;

        Killing(Path order) {
            this.order = order.toString();
        }

        @Override
        public Long call(Long id) throws Exception {
            // Some partitions are through by then: their first rows have lower numbers.
            if (id > ROWS / 2 && Files.deleteIfExists(Path.of(order))) {
                new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
                Thread.sleep(60_000);
            }
            return id;
        }
    }

    /** Keeps what became of tasks and executors. */
    private static final class Watcher extends SparkListener {
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicReference<String> removed = new AtomicReference<>();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            failed.addAndGet(end.taskInfo().successful() ? 0 : 1);
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved gone) {
            removed.compareAndSet(null, gone.reason());
        }
    }

    private static ScoreFingerprint expected(int rows) {
        ScoreFingerprint expected = new ScoreFingerprint();
        List<float[]> outputs = new ArrayList<>();
        try (InferenceSession session = Backends.named("scalar").open(Tables.network(), SessionOptions.defaults())) {
            for (int n = 0; n < Tables.ROWS; n++) {
                outputs.add(session.predict(Tables.features(n)));
            }
        }
        for (int id = 0; id < rows; id++) {
            float[] y = outputs.get(id % Tables.ROWS);
            expected.add(id, y, 0, y.length);
        }
        return expected;
    }

    private static List<String> javas() {
        String own = System.getProperty("java.home");
        return List.of(System.getProperty("samebits.cluster.java", own + "," + own).split(","));
    }

    private static SparkSession.Builder builder(Cluster cluster) {
        return SparkSession.builder().master(cluster.url()).appName("samebits")
                .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1").config("spark.executor.memory", "768m")
                .config("spark.executor.extraClassPath", Cluster.ours()).config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.extensions", SamebitsExtensions.class.getName());
    }

    private static Dataset<Row> rows(SparkSession spark, int rows) {
        return spark.range(0, rows, 1, PARTS).toDF().withColumn("features", functions
                .udf(new Features(), DataTypes.createArrayType(DataTypes.FloatType)).apply(functions.col("id")));
    }

    @Test
    void anExecutorThatIsKilledChangesNoBit() throws Exception {
        ScoreFingerprint expected = expected(ROWS);
        SparkLocal.stop();
        try (Cluster cluster = new Cluster(folder, javas())) {
            SparkSession spark = builder(cluster).config("spark.speculation", "true")
                    .config("spark.speculation.multiplier", "1.1").config("spark.speculation.quantile", "0.3")
                    .config("spark.speculation.interval", "50ms").getOrCreate();
            try {
                Path order = folder.resolve("kill");
                // Behind the shuffle's first half, whose files are lost with the executor.
                Dataset<Row> rows = rows(spark, ROWS).repartition(PARTS).withColumn("id",
                        functions.udf(new Killing(order), DataTypes.LongType).apply(functions.col("id")));
                for (boolean batches : SparkLocal.WAYS) {
                    spark.conf().set("spark.samebits.batches", String.valueOf(batches));
                    Dataset<Row> scored = SamebitsModel.of(Tables.network()).setFeaturesCol("features").transform(rows);
                    assertThat(Samebits.fingerprint(scored, "id", "output")).isEqualTo(expected);
                    Watcher watcher = new Watcher();
                    spark.sparkContext().addSparkListener(watcher);
                    Files.createFile(order);
                    assertThat(Samebits.fingerprint(scored, "id", "output")).isEqualTo(expected);
                    assertThat(order).as("the order to kill").doesNotExist();
                    spark.sparkContext().listenerBus().waitUntilEmpty();
                    spark.sparkContext().removeSparkListener(watcher);
                    assertThat(watcher.removed.get()).as("why the executor went").isNotNull();
                    assertThat(watcher.failed.get()).as("tasks that failed").isPositive();
                }
            } finally {
                spark.stop();
            }
        }
    }

    /** Executors that nobody uses go, with the sessions in them; others come for the next job, and give the same bits. */
    @Test
    void executorsComeAndGo() throws Exception {
        ScoreFingerprint expected = expected(FEW);
        SparkLocal.stop();
        try (Cluster cluster = new Cluster(folder, javas())) {
            SparkSession spark = builder(cluster).config("spark.dynamicAllocation.enabled", "true")
                    .config("spark.dynamicAllocation.shuffleTracking.enabled", "true")
                    .config("spark.dynamicAllocation.minExecutors", "0")
                    .config("spark.dynamicAllocation.maxExecutors", "2")
                    .config("spark.dynamicAllocation.executorIdleTimeout", "1s").getOrCreate();
            try {
                Dataset<Row> scored = SamebitsModel.of(Tables.network()).setFeaturesCol("features")
                        .transform(rows(spark, FEW));
                for (int job = 0; job < 2; job++) {
                    assertThat(Samebits.fingerprint(scored, "id", "output")).isEqualTo(expected);
                    assertThat(cluster.executors()).isNotEmpty();
                    long end = System.nanoTime() + 240_000_000_000L;
                    while (!cluster.executors().isEmpty()) {
                        assertThat(System.nanoTime()).as("executors that are still there").isLessThan(end);
                        Thread.sleep(100);
                    }
                }
            } finally {
                spark.stop();
            }
        }
    }
}
