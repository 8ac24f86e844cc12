package acme;

import dev.samebits.spark.Samebits;
import dev.samebits.spark.SamebitsModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores a table of flowers, writes the scores as Parquet, and prints what they are as one number. */
public final class ScoreFlowers {
    private ScoreFlowers() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder().appName("flowers").getOrCreate();
        Dataset<Row> flowers = spark.read().option("header", true).option("inferSchema", true).csv(args[1]);
        SamebitsModel model = new SamebitsModel().setModelPath(args[0])
                .setInputCols("sepal_length", "sepal_width", "petal_length", "petal_width");
        model.transform(flowers).write().mode("overwrite").parquet(args[2]);
        System.out.println("fingerprint " + Samebits.fingerprint(spark.read().parquet(args[2]), "flower", "output"));
        spark.stop();
    }
}
