package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.spark.score.Sessions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left in a JVM of many jobs and models: as much after the last as after the first of them, and no thread. */
class MemoryTest {
    // Those that stay open, and those that SQL named last.
    private static final int KEPT = 24;
    private static final int JOBS_OF_A_MODEL = 10;

    /** Live objects of Samebits by their class, and the bytes of all live objects. */
    private record Live(Map<String, Long> ours, long bytes) {
        // The virtual machine counts what a full collection leaves.
        static Live count() throws Exception {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
            Map<String, Long> ours = new TreeMap<>();
            long bytes = 0;
            for (String line : histogram.split("\n")) {
                String[] words = line.trim().split("\\s+");
                if (words.length > 3 && words[3].matches("(\\[L)?dev\\.samebits\\..*")
                        && !words[3].contains(MemoryTest.class.getSimpleName())) {
                    ours.put(words[3], Long.valueOf(words[1]));
                } else if (words[0].equals("Total")) {
                    bytes = Long.parseLong(words[2]);
                }
            }
            return new Live(ours, bytes);
        }

        String growth(Live before) {
            return ours.entrySet().stream().filter(entry -> entry.getValue() > before.ours.getOrDefault(entry.getKey(), 0L))
                    .map(entry -> entry.getKey() + " " + before.ours.get(entry.getKey()) + " → " + entry.getValue())
                    .collect(Collectors.joining(", "));
        }
    }

    private static SparkSession start() {
        SparkLocal.stop();
        // Spark itself remembers a thousand jobs for its pages, unless told not to.
        SparkSession.Builder builder = SparkSession.builder().master("local[2]").appName("memory")
                .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1").config("spark.task.cpus", "2")
                .config("spark.sql.extensions", SamebitsExtensions.class.getName());
        for (String retained : new String[] {"ui.retainedJobs", "ui.retainedStages", "ui.retainedTasks",
                "sql.ui.retainedExecutions"}) {
            builder.config("spark." + retained, "1");
        }
        return builder.getOrCreate();
    }

    private static long threads() {
        return Thread.getAllStackTraces().entrySet().stream().filter(thread ->
                thread.getKey().getName().startsWith("samebits")
                || Arrays.stream(thread.getValue()).map(StackTraceElement::getClassName).anyMatch(name ->
                name.startsWith("dev.samebits") && !name.startsWith(MemoryTest.class.getName()))).count();
    }

    private static void score(Dataset<Row> table, int model, int jobs) {
        SamebitsModel scores = SamebitsModel.of(Network.builder(Tables.INPUTS).dense(64, Activation.RELU)
                .dense(3, Activation.IDENTITY).build(model)).setFeaturesCol("floats");
        for (int job = 0; job < jobs; job++) {
            table.sparkSession().conf().set("spark.samebits.batches", String.valueOf(job % 2 == 0));
            scores.transform(table).write().format("noop").mode("overwrite").save();
            assertThat(Sessions.open()).isBetween(1, 8);
        }
    }

    /** Runs jobs of models, some of them before and some after the first count. */
    private static String stays(int warmUp, int models, int jobs) throws Exception {
        SparkSession spark = start();
        try {
            Dataset<Row> table = Tables.table(spark).where("id < 20").select("id", "floats").coalesce(1).cache();
            for (int model = 0; model < warmUp; model++) {
                score(table, model, jobs);
            }
            Live before = Live.count();
            // Each session that is open has a thread beside its caller's.
            assertThat(threads()).isBetween(1L, 8L);
            for (int model = warmUp; model < models; model++) {
                score(table, model, jobs);
            }
            Live after = Live.count();
            // Spark's cleaner lets go of what was sent only after a collection has found that nobody has it.
            for (long end = System.nanoTime() + 20_000_000_000L; !after.growth(before).isEmpty()
                    && System.nanoTime() < end; after = Live.count()) {
                Thread.sleep(50);
            }
            assertThat(after.growth(before)).as("objects that became more").isEmpty();
            assertThat(threads()).isBetween(1L, 8L);
            // What one model less in a hundred would hold is found above: this finds what is no object of ours.
            assertThat(after.bytes).as("live bytes").isLessThan(before.bytes + (8 << 20));
            return String.format("%,d jobs of %d models: %.1f MiB live after %d jobs, %.1f MiB at the end, %d sessions open",
                    models * jobs, models, before.bytes / 1048576.0, warmUp * jobs, after.bytes / 1048576.0,
                    Sessions.open());
        } finally {
            spark.stop();
            SparkSession.clearDefaultSession();
            SparkSession.clearActiveSession();
        }
    }

    private static void nothingIsLeft() throws Exception {
        assertThat(Sessions.open()).isZero();
        // A worker may be on its way out.
        for (long end = System.nanoTime() + 10_000_000_000L; threads() > 0 && System.nanoTime() < end;) {
            Thread.sleep(10);
        }
        assertThat(threads()).as("threads").isZero();
    }

    @Test
    void fewJobsAndModelsLeaveNothingBehind() throws Exception {
        stays(9, 17, 2);
        nothingIsLeft();
    }

    @Test
    @Tag("cluster")
    void aThousandJobsOfAHundredModelsLeaveNothingBehind() throws Exception {
        String told = stays(KEPT, 100, JOBS_OF_A_MODEL);
        nothingIsLeft();
        System.out.println(told);
    }
}
