package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.GraphBuilder;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.Value;
import dev.samebits.onnx.Onnx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with several named inputs and outputs takes and gives a column for each. */
class NamedPartsTest {
    private static final int USERS = 20;
    private static final int ROWS = 50;

    private static Network towers() {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 1).embedding(USERS, 6).dense(4, Activation.TANH);
        Value item = g.input("item", 5).dense(4, Activation.RELU);
        g.output("score", user.dot(item)).output("taste", user);
        return g.build(11);
    }

    private static double[] item(int n) {
        double[] item = new double[5];
        for (int j = 0; j < item.length; j++) {
            item[j] = (n * 7 + j * 3) % 11 / 8.0;
        }
        return item;
    }

    /** The item stands in front of the user: names count, and not the order. */
    private static Dataset<Row> table(SparkSession spark, long tenth) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            Double[] item = new Double[5];
            for (int j = 0; j < item.length; j++) {
                item[j] = item(n)[j];
            }
            rows.add(RowFactory.create(n, item, n == 9 ? tenth : (long) (n % USERS), Vectors.dense(item(n))));
        }
        return spark.createDataFrame(rows, new StructType().add("id", DataTypes.IntegerType)
                .add("item", DataTypes.createArrayType(DataTypes.DoubleType)).add("user", DataTypes.LongType)
                .add("vector", SQLDataTypes.VectorType())).coalesce(1);
    }

    private static float[] expected(int n) {
        float[] x = new float[6];
        x[0] = n % USERS;
        for (int j = 0; j < 5; j++) {
            x[1 + j] = (float) item(n)[j];
        }
        try (InferenceSession session = Backends.named("scalar").open(towers(), SessionOptions.defaults())) {
            return session.predict(x);
        }
    }

    private static float[] floats(Row row, String column) {
        List<Float> list = row.getList(row.fieldIndex(column));
        float[] all = new float[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = list.get(i);
        }
        return all;
    }

    @Test
    void byTheNamesOfTheModelAndByOthers() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> table = table(spark, 9);
            for (Dataset<Row> scored : List.of(SamebitsModel.of(towers()).setOutputCols().transform(table),
                    SamebitsModel.of(towers()).setInputCols("user", "vector").setOutputCols("score", "taste")
                            .transform(table))) {
                List<Row> rows = scored.collectAsList();
                assertThat(rows).hasSize(ROWS);
                for (Row row : rows) {
                    float[] want = expected(row.getInt(0));
                    assertThat(floats(row, "score")).containsExactly(want[0]);
                    assertThat(floats(row, "taste")).containsExactly(want[1], want[2], want[3], want[4]);
                }
            }
            Row whole = SamebitsModel.of(towers()).setOutputCol("all").setOutputCols("s", "t").setOutputType("vector")
                    .transform(table).collectAsList().get(3);
            float[] want = expected(3);
            assertThat(((Vector) whole.getAs("s")).toArray()).containsExactly(want[0]);
            assertThat(((Vector) whole.getAs("t")).toArray()).containsExactly(want[1], want[2], want[3], want[4]);
            assertThat(((Vector) whole.getAs("all")).toArray()).hasSize(5).startsWith(want[0], want[1]);
        }
    }

    @Test
    void bySql(@TempDir Path folder) throws Exception {
        SparkSession spark = SparkLocal.extended(true);
        table(spark, 9).createOrReplaceTempView("pairs");
        Path path = folder.resolve("towers.onnx");
        Onnx.write(towers(), path);
        List<Row> rows = spark.sql("SELECT id, samebits_predict('" + path + "', item, user).output AS output FROM pairs")
                .collectAsList();
        assertThat(rows).hasSize(ROWS).allSatisfy(row ->
                assertThat(floats(row, "output")).containsExactly(expected(row.getInt(0))));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        for (boolean batches : SparkLocal.WAYS) {
            SparkSession spark = SparkLocal.extended(batches);
            Dataset<Row> table = table(spark, USERS);
            SamebitsModel model = SamebitsModel.of(towers());
            assertThatThrownBy(() -> model.transform(table).collectAsList()).satisfies(thrown ->
                    assertThat(BadRowsTest.messages(thrown)).contains("column user is 20.0 where ids are whole numbers from"
                            + " 0 to 19: row 10 of partition 0"));
            List<Row> kept = SamebitsModel.of(towers()).setHandleInvalid("keep").transform(table).collectAsList();
            assertThat(kept).hasSize(ROWS).allSatisfy(row ->
                    assertThat(row.isNullAt(row.fieldIndex("output"))).isEqualTo(row.getInt(0) == 9));
            assertThatThrownBy(() -> model.transform(table.drop("user"))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("column user is missing: there are id, item, vector");
            assertThatThrownBy(() -> SamebitsModel.of(towers()).setInputCols("id", "user", "item").transform(table))
                    .hasMessageStartingWith("found 3 columns where the model takes 6: inputCols: name a column for each of"
                            + " the inputs user, item of ");
            assertThatThrownBy(() -> SamebitsModel.of(towers()).setOutputCols("one").transform(table))
                    .hasMessageStartingWith("found 1 columns where the model has the outputs score, taste: outputCols: name"
                            + " a column for each, or none for these names");
            assertThatThrownBy(() -> SamebitsModel.of(towers()).setInputCols("id", "user").transform(table))
                    .hasMessageStartingWith("column user is bigint where features are array<float>, array<double> or a"
                            + " vector");
        }
    }
}
