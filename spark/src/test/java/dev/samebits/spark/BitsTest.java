package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.ScoreFingerprint;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fingerprint, that of a session alone, from every form of features, any partitioning, and both ways. */
class BitsTest {
    private static final String NAMED = "";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"local[1], false", "local[2], true"})
    void everyFormInEveryPartitioningGivesTheBitsOfTheSession(String master, boolean extended) {
        ScoreFingerprint expected = Tables.expected(Tables.network());
        SparkSession spark = SparkLocal.session(master, extended);
        String file = folder.resolve("rows").toString();
        Tables.table(spark).repartition(2).write().parquet(file);
        Dataset<Row> stored = spark.read().parquet(file);
        for (String column : new String[] {"floats", "doubles", "dense", "sparse", NAMED}) {
            SamebitsModel model = SamebitsModel.of(Tables.network()).setBatchSize(100);
            if (!column.equals(NAMED)) {
                model.setFeaturesCol(column);
            }
            assertThat(Samebits.fingerprint(model.transform(stored), "id", "output")).as(column).isEqualTo(expected);
            // From rows, not from Parquet's columns: what comes out of a shuffle.
            for (int partitions : column.equals(NAMED) || column.equals("floats") ? new int[] {1, 7, 64} : new int[] {3}) {
                assertThat(Samebits.fingerprint(model.transform(stored.repartition(partitions)), "id", "output"))
                        .as("%s in %d partitions", column, partitions).isEqualTo(expected);
            }
        }
    }
}
