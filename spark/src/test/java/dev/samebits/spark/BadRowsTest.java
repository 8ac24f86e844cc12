package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Rows that are no rows of finite floats, in every form: refused with their place, left out, or kept, and no other lost. */
class BadRowsTest {
    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

    /** A row that is none, and what is said of it. */
    private record Bad(Object features, String fault) {}

    private static Double[] with(Double value) {
        Double[] features = new Double[Tables.INPUTS];
        Arrays.fill(features, 1.0);
        features[2] = value;
        return features;
    }

    private static List<Bad> bad() {
        return List.of(
                new Bad(null, "column features is null: row 6 of partition 0: mend it, or set handleInvalid to "
                        + "skip or keep"),
                new Bad(with(null), "value 3 of column features is null: row 6"),
                new Bad(with(Double.NaN), "value 3 of column features is NaN: row 6"),
                new Bad(with(Double.NEGATIVE_INFINITY), "value 3 of column features is infinite: row 6"),
                new Bad(with(1e39), "value 3 of column features is 1.0E39, beyond the range of floats: row 6"),
                new Bad(new Double[] {1.0, 2.0}, "column features has 2 values where the model takes 7: row 6"));
    }

    private static Dataset<Row> arrays(SparkSession spark, Object sixth) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            rows.add(RowFactory.create((long) n, n == 5 ? sixth : with((double) n)));
        }
        return spark.createDataFrame(rows, new StructType().add("id", DataTypes.LongType).add("features", DOUBLES))
                .coalesce(1);
    }

    /** Of an exception and its causes, a line each. */
    static String messages(Throwable thrown) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString();
    }

    @Test
    void aBadRowIsRefusedLeftOutOrKept() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            SamebitsModel model = SamebitsModel.of(Tables.nameless());
            for (Bad bad : bad()) {
                Dataset<Row> table = arrays(spark, bad.features);
                assertThatThrownBy(() -> model.transform(table).collectAsList())
                        .satisfies(thrown -> assertThat(messages(thrown)).contains(bad.fault));
            }
            Dataset<Row> table = arrays(spark, null);
            for (Bad bad : bad()) {
                table = table.union(arrays(spark, bad.features));
            }
            List<Row> kept = model.copy(ParamMap.empty()).setHandleInvalid("keep").transform(table)
                    .collectAsList();
            assertThat(kept).hasSize(7 * 12).allSatisfy(row -> assertThat(row.isNullAt(2)).isEqualTo(row.getLong(0) == 5));
            assertThat(kept).allSatisfy(row -> assertThat(row.isNullAt(3)).isEqualTo(row.isNullAt(2)));
            List<Row> left = model.copy(ParamMap.empty()).setHandleInvalid("skip").transform(table)
                    .collectAsList();
            assertThat(left).hasSize(7 * 11).noneMatch(row -> row.getLong(0) == 5 || row.isNullAt(2));
        }
    }

    @Test
    void aColumnThatIsNoFeatureIsNamed() {
        for (boolean batches : SparkLocal.WAYS) {
            Dataset<Row> table = Tables.table(SparkLocal.extended(batches)).coalesce(1);
            SamebitsModel model = SamebitsModel.of(Tables.network());
            assertThatThrownBy(() -> model.transform(table.selectExpr("id", "c0", "IF(id = 3, NULL, c1) c1", "c2", "c3",
                    "c4", "c5", "c6")).collectAsList())
                    .satisfies(thrown -> assertThat(messages(thrown)).contains("column c1 is null: row 4 of partition 0"));
            assertThatThrownBy(() -> model.transform(table.selectExpr("id", "c0", "IF(id = 3, double('nan'), c1) c1", "c2",
                    "c3", "c4", "c5", "c6")).collectAsList())
                    .satisfies(thrown -> assertThat(messages(thrown)).contains("column c1 is NaN: row 4 of partition 0"));
            assertThatThrownBy(() -> model.transform(table.drop("c4")))
                    .hasMessageContaining("column c4 is missing: there are id, floats");
            assertThatThrownBy(() -> model.transform(table.withColumn("c4", table.col("c4").cast("string"))))
                    .hasMessage("column c4 is string where a feature is a number: cast it to float");
        }
    }

    /** Finite inputs whose sums are not: two infinities of both signs. */
    @Test
    void aRowWithoutAClassIsABadOne() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Double[] huge = new Double[Tables.INPUTS];
            Arrays.fill(huge, 3e38);
            SamebitsModel model = SamebitsModel.of(Network.builder(Tables.INPUTS)
                    .dense(9, Activation.IDENTITY).dense(3, Activation.IDENTITY).softmax().build(7));
            Dataset<Row> table = arrays(spark, huge);
            assertThatThrownBy(() -> model.transform(table).collectAsList()).satisfies(thrown -> assertThat(messages(thrown))
                    .contains("the outputs are NaN, so the row has no class: row 6 of partition 0"));
            assertThat(model.setHandleInvalid("keep").transform(table).where("prediction IS NULL").collectAsList())
                    .hasSize(1);
        }
    }
}
