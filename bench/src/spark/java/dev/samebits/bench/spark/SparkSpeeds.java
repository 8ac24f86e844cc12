package dev.samebits.bench.spark;

import com.sun.management.OperatingSystemMXBean;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Network;
import dev.samebits.spark.SamebitsExtensions;
import dev.samebits.spark.SamebitsModel;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows per second of processor time, warm: {@code SparkSpeeds FOLDER [ROWS [RUNS]]}. The time is that of the whole
 * process, compiler and collector included, since other work may share the machine. All ways run in turn, round after round,
 * and each is told by its median, and so is each goal: the ratio of two ways within a round. The folder keeps the rows for
 * the next time.
 */
public final class SparkSpeeds {
    private static final int BATCH = 1024;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int WARM_UP = 3;

    private final long rows;
    private final int runs;
    private final Map<String, Dataset<Row>> ways = new LinkedHashMap<>();
    private final Map<String, double[]> seconds = new LinkedHashMap<>();

    private SparkSpeeds(long rows, int runs) {
        this.rows = rows;
        this.runs = runs;
    }

    /** As MLlib's classifier is made: logistic layers and softmax. */
    static Network network() {
        return Network.builder(SparkRows.INPUTS).dense(128, Activation.LOGISTIC).dense(64, Activation.LOGISTIC)
                .dense(SparkRows.OUTPUTS, Activation.IDENTITY).softmax().build(42);
    }

    /**
     * Measures all ways, and prints them.
     *
     * @param args the folder of the rows, their number, and how often each way runs
     * @throws Exception if the rows cannot be made or read
     */
    public static void main(String[] args) throws Exception {
        long rows = args.length > 1 ? Long.parseLong(args[1]) : 400_000;
        int runs = args.length > 2 ? Integer.parseInt(args[2]) : 7;
        SparkSession spark = SparkSession.builder().master("local[1]").appName("speeds").config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.extensions", SamebitsExtensions.class.getName()).getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        System.out.printf("Spark %s, Java %s, %s %s, %,d rows, %d runs%n", spark.version(), Runtime.version(),
                Backends.best().name(), Backends.best().device(), rows, runs);
        SparkRows.make(spark, Path.of(args[0]), rows);
        SparkSpeeds speeds = new SparkSpeeds(rows, runs);
        speeds.prepare(spark, args[0]);
        speeds.measure();
        speeds.tell();
        spark.stop();
    }

    private void prepare(SparkSession spark, String folder) throws Exception {
        Dataset<Row> array = spark.read().parquet(folder + "/array");
        Dataset<Row> vector = spark.read().parquet(folder + "/vector");
        Dataset<Row> columns = spark.read().parquet(folder + "/columns");
        String[] names = SparkRows.columns();
        SamebitsModel one = SamebitsModel.of(network());
        SamebitsModel many = SamebitsModel.of(network()).setInputCols(names);
        ways.put("read, array", array);
        ways.put("read, 64 columns", columns);
        for (boolean batches : new boolean[] {true, false}) {
            spark.conf().set("spark.samebits.batches", String.valueOf(batches));
            String way = batches ? "batches, " : "function, ";
            ways.put(way + "array", one.transform(array));
            ways.put(way + "vector", one.transform(vector));
            ways.put(way + "64 columns", many.transform(columns));
        }
        ways.put("plain rows, array", rowWay(array, new SamebitsBatches(network(), BATCH)));
        ways.put("plain rows, vector", rowWay(vector, new SamebitsBatches(network(), BATCH)));
        ways.put("plain rows, 64 columns", rowWay(columns, new SamebitsBatches(network(), BATCH)));
        ways.put("ONNX Runtime, array", rowWay(array, new OnnxRuntimeBatches(network(), BATCH)));
        ways.put("ONNX Runtime, vector", rowWay(vector, new OnnxRuntimeBatches(network(), BATCH)));
        MultilayerPerceptronClassificationModel mlp = SparkRows.mlp(network());
        ways.put("MLlib's MLP, vector", mlp.transform(vector));
    }

    private static Dataset<Row> rowWay(Dataset<Row> rows, MapPartitionsFunction<Row, Row> batches) {
        StructType schema = rows.schema().add("output", DataTypes.createArrayType(DataTypes.FloatType, false), false)
                .add("prediction", DataTypes.DoubleType, false);
        return rows.mapPartitions(batches, Encoders.row(schema));
    }

    private void measure() {
        for (int run = -WARM_UP; run < runs; run++) {
            for (Map.Entry<String, Dataset<Row>> way : ways.entrySet()) {
                long began = SYSTEM.getProcessCpuTime();
                way.getValue().write().format("noop").mode("overwrite").save();
                double took = (SYSTEM.getProcessCpuTime() - began) / 1e9;
                if (run >= 0) {
                    seconds.computeIfAbsent(way.getKey(), key -> new double[runs])[run] = took;
                }
            }
        }
    }

    private void tell() {
        seconds.forEach((way, took) -> System.out.printf(Locale.ROOT, "%-28s %,11.0f rows per CPU-second%n", way,
                rows / median(took)));
        goal("array by reading it alone", "batches, array", "read, array", 0.7);
        goal("64 columns by plain rows", "batches, 64 columns", "plain rows, 64 columns", 2.5);
        goal("vectors by MLlib's MLP", "batches, vector", "MLlib's MLP, vector", 3);
        goal("array by ONNX Runtime, both plain rows", "plain rows, array", "ONNX Runtime, array", 1);
        goal("vectors by ONNX Runtime, both plain rows", "plain rows, vector", "ONNX Runtime, vector", 1);
        goal("array by ONNX Runtime", "batches, array", "ONNX Runtime, array", 1.5);
        goal("vectors by ONNX Runtime", "batches, vector", "ONNX Runtime, vector", 1.5);
    }

    private void goal(String what, String way, String other, double least) {
        double[] ratios = new double[runs];
        Arrays.setAll(ratios, run -> seconds.get(other)[run] / seconds.get(way)[run]);
        double median = median(ratios);
        System.out.printf(Locale.ROOT, "%-42s %5.2f, at least %.1f: %s%n", what, median, least,
                median < least ? "missed" : "reached");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
