package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Network;
import dev.samebits.spark.score.Sessions;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What is open in an executor while jobs come and go. */
class SessionsTest {
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("samebits"))
                .collect(Collectors.toSet());
    }

    @Test
    void fewSessionsStayOpenAndNoneOutlivesTheContext() {
        Dataset<Row> table = Tables.table(SparkLocal.extended(true)).where("id < 20").coalesce(1).cache();
        SamebitsModel one = SamebitsModel.of(Tables.network());
        for (int job = 0; job < 20; job++) {
            one.transform(table).write().format("noop").mode("overwrite").save();
        }
        int most = 0;
        for (int model = 0; model < 15; model++) {
            SamebitsModel.of(Network.builder(Tables.INPUTS).dense(3, Activation.RELU).build(model)).setFeaturesCol("floats")
                    .transform(table).write().format("noop").mode("overwrite").save();
            most = Math.max(most, Sessions.open());
        }
        assertThat(most).isEqualTo(8);
        SparkLocal.stop();
        assertThat(Sessions.open()).isZero();
        assertThat(threads()).isEmpty();
    }

    /** Sessions that tasks kept could not be closed: more and more would be open. */
    @Test
    void jobsThatFailOrEndEarlyGiveTheirSessionsBack() {
        for (boolean batches : SparkLocal.WAYS) {
            Dataset<Row> table = Tables.table(SparkLocal.extended(batches)).where("id < 20").coalesce(1).cache();
            Dataset<Row> bad = table.withColumn("floats", functions.expr("IF(id = 11, NULL, floats)"));
            for (int model = 0; model < 12; model++) {
                SamebitsModel scores = SamebitsModel.of(Network.builder(Tables.INPUTS).dense(3, Activation.RELU)
                        .build(100 + model)).setFeaturesCol("floats");
                assertThatThrownBy(() -> scores.transform(bad).collectAsList())
                        .hasMessageContaining("column floats is null");
                assertThat(scores.transform(table).limit(1).collectAsList()).hasSize(1);
                assertThat(Sessions.open()).isBetween(1, 8);
            }
        }
    }
}
