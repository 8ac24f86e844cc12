package dev.samebits.bench.spark;

import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.functions$;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** The rows that are scored, as Parquet in three forms, and MLlib's network with the same weights. */
final class SparkRows {
    static final int INPUTS = 64;
    static final int OUTPUTS = 10;

    private SparkRows() {}

    /** Features of a row by its number. */
    static final class Features implements UDF1<Long, float[]> {
        private static final long serialVersionUID = 1;

        @Override
        public float[] call(Long id) {
            SplitMix64 random = new SplitMix64(id);
            float[] x = new float[INPUTS];
            for (int j = 0; j < INPUTS; j++) {
                x[j] = Math.fma(2f, random.nextFloat(), -1f);
            }
            return x;
        }
    }

    static String[] columns() {
        String[] columns = new String[INPUTS];
        Arrays.setAll(columns, j -> "c" + j);
        return columns;
    }

    static void make(SparkSession spark, Path folder, long rows) {
        if (Files.exists(folder.resolve("columns/_SUCCESS")) && spark.read().parquet(folder + "/columns").count() == rows) {
            return;
        }
        Dataset<Row> made = spark.range(0, rows, 1, 2).toDF().withColumn("features", functions.udf(new Features(),
                DataTypes.createArrayType(DataTypes.FloatType, false)).apply(functions.col("id")));
        made.write().mode("overwrite").parquet(folder + "/array");
        Dataset<Row> array = spark.read().parquet(folder + "/array");
        array.select(functions.col("id"), functions$.MODULE$.array_to_vector(functions.col("features")).as("features"))
                .write().mode("overwrite").parquet(folder + "/vector");
        List<Column> columns = new ArrayList<>(List.of(functions.col("id")));
        for (int j = 0; j < INPUTS; j++) {
            columns.add(functions.col("features").getItem(j).as("c" + j));
        }
        array.select(columns.toArray(Column[]::new)).write().mode("overwrite").parquet(folder + "/columns");
    }

    // Its weights: layer by layer W, column by column, then b.
    static MultilayerPerceptronClassificationModel mlp(Network network) {
        List<Double> weights = new ArrayList<>();
        int[] widths = new int[network.layers().size() + 1];
        widths[0] = network.inputs();
        for (int l = 0; l < network.layers().size(); l++) {
            Layer layer = network.layers().get(l);
            Matrix w = layer.weights();
            widths[l + 1] = layer.outputs();
            for (int c = 0; c < w.columns(); c++) {
                for (int r = 0; r < w.rows(); r++) {
                    weights.add((double) w.get(r, c));
                }
            }
            for (float b : layer.bias()) {
                weights.add((double) b);
            }
        }
        var mlp = new MultilayerPerceptronClassificationModel("mlp",
                Vectors.dense(weights.stream().mapToDouble(Double::doubleValue).toArray()));
        mlp.set(mlp.layers(), widths);
        return mlp;
    }
}
