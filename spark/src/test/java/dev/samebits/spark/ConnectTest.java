package dev.samebits.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.ScoreFingerprint;
import dev.samebits.onnx.Onnx;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.connect.proto.MlCommandResult.MlOperatorInfo;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.SparkConnectPlugin;
import org.apache.spark.sql.connect.service.SparkConnectService$;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark Connect's own server, which a client asks over a socket for scores by a model that it names by its path. */
class ConnectTest {
    @TempDir
    Path folder;

    private SparkSession spark;
    private ConnectClient client;
    private String model;
    private Relation rows;
    private ScoreFingerprint expected;

    @BeforeEach
    void startServer() throws Exception {
        SparkLocal.stop();
        spark = SparkSession.builder().master("local[2]").appName("samebits").config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.plugins", SparkConnectPlugin.class.getName())
                .config("spark.connect.grpc.binding.address", "127.0.0.1").config("spark.connect.grpc.binding.port", "0")
                .config("spark.sql.extensions", SamebitsExtensions.class.getName()).getOrCreate();
        client = new ConnectClient(SparkConnectService$.MODULE$.localPort());
        model = folder.resolve("model.onnx").toString();
        Onnx.write(Tables.network(), Path.of(model));
        String stored = folder.resolve("rows").toString();
        Tables.table(spark).repartition(2).write().parquet(stored);
        rows = ConnectClient.sql("SELECT * FROM parquet.`" + stored + "`");
        expected = Tables.expected(Tables.network());
    }

    @AfterEach
    void stopServer() {
        client.close();
        spark.stop();
        SparkSession.clearDefaultSession();
        SparkSession.clearActiveSession();
    }

    @Test
    void aClientScoresByPathSavesAndLoads() throws Exception {
        Map<String, ?> params = Map.of("modelPath", model, "batchSize", 64, "inputCols", Tables.network().names().inputs());
        assertThat(client.fingerprint(ConnectClient.transform(ConnectClient.params(params), rows))).isEqualTo(expected);
        assertThat(client.fingerprint(ConnectClient.transform(
                ConnectClient.params(Map.of("modelPath", model, "featuresCol", "sparse")), rows))).isEqualTo(expected);

        String saved = folder.resolve("saved").toString();
        client.save(ConnectClient.params(params), saved);
        MlOperatorInfo loaded = client.load(saved);
        assertThat(loaded.getUid()).isEqualTo("samebits_saved");
        assertThat(loaded.getParams().getParamsOrThrow("batchSize").getInteger()).isEqualTo(64);
        // All that a client has of it are its params.
        assertThat(client.fingerprint(ConnectClient.transform(loaded.getParams(), rows))).isEqualTo(expected);

        assertThat(client.fingerprint(ConnectClient.sql("SELECT id, samebits_predict('" + model + "', floats).output output "
                + "FROM parquet.`" + folder.resolve("rows") + "`"))).isEqualTo(expected);
        assertThatThrownBy(() -> client.fingerprint(ConnectClient.transform(
                ConnectClient.params(Map.of("modelPath", model + "x")), rows)))
                .hasMessageContaining("the model cannot be read: " + model + "x: there is no such file");
        assertThatThrownBy(() -> client.fingerprint(ConnectClient.transform(
                ConnectClient.params(Map.of("modelPath", model, "featuresCol", "id")), rows)))
                .hasMessageContaining("column id is bigint where features are");
    }
}
