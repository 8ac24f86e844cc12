package dev.samebits.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.cli.Cli;
import dev.samebits.cli.data.npy.NpyFile;
import dev.samebits.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows whose outputs are NaN have no class: they are bad rows, in their place among the others, and are counted. */
class NanRowsTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeModel() throws Exception {
        // Small work: what it takes is to start, which one compiler does faster.
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
        // The logits of 10 are plus and minus infinity.
        Network network = Network.of(List.of(Layer.dense(Matrix.of(2, 1, 3e38f, -3e38f), new float[2], Activation.IDENTITY)),
                Output.SOFTMAX);
        Onnx.write(network, folder.resolve("m.onnx"));
    }

    @Test
    void theyEndARunThatStopsAtBadRows() throws Exception {
        Files.writeString(folder.resolve("x.csv"), "id,a\nr0,1\n\nr1,10\nr2,-1\n");
        Cli.Result result = cli.run("predict", "--model", "m.onnx", "--data", "x.csv", "--id", "id");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .containsExactly("samebits: the outputs are NaN, so the row has no class: x.csv, row 4: look for"
                + " inputs too large for the model, or give --as raw to see them");
    }

    @Test
    void theyAreKeptInOrderWithOtherBadRows() throws Exception {
        StringBuilder rows = new StringBuilder("id,a\n");
        StringBuilder bad = new StringBuilder("id,a\n");
        StringBuilder good = new StringBuilder("id,class\n");
        for (int n = 0; n < 1000; n++) {
            String field = n % 7 == 3 ? "10" : n % 5 == 2 ? "x" : n % 11 == 0 ? "\"1\n\"" : n % 2 == 0 ? "1" : "-1";
            rows.append("r,").append(field).append('\n');
            boolean isBad = n % 7 == 3 || n % 5 == 2;
            (isBad ? bad : good).append("r,").append(isBad ? field : n % 11 == 0 || n % 2 == 0 ? "0" : "1").append('\n');
        }
        Files.writeString(folder.resolve("x.csv"), rows.toString());
        for (String batch : List.of("1", "13", "4096")) {
            Cli.Result result = cli.run("predict", "--model", "m.onnx", "--data", "x.csv", "--id", "id", "--batch", batch,
                    "--bad-rows", "skip", "--output", "y.csv");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(folder.resolve("y.csv")).hasContent(good.toString());
            assertThat(folder.resolve("y.csv.bad")).hasContent(bad.toString());
            long count = bad.chars().filter(c -> c == 'r').count();
            assertThat(result.errLines().get(0))
                    .startsWith("samebits: " + count + " bad rows skipped: y.csv.bad, the first: 'x' is not");
            assertThat(result.errLines().get(1)).startsWith((1000 - count) + " rows in ");
        }
    }

    @Test
    void theyAreCountedWhereOutputsAreWritten() throws Exception {
        Files.writeString(folder.resolve("x.csv"), "1\n10\n-1\n20\n");
        Cli.Result result = cli.run("predict", "--model", "m.onnx", "--data", "x.csv", "--as", "probabilities", "--header",
                "no");
        assertThat(result.out()).isEqualTo("1.0,0.0\nNaN,NaN\n0.0,1.0\nNaN,NaN\n");
        assertThat(result.errLines().get(0)).isEqualTo("samebits: warning: 2 rows have NaN among the outputs");
    }

    @Test
    void theyAreKeptFromAnNpyFile() throws Exception {
        ByteBuffer values = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        values.putDouble(1).putDouble(10.25).putDouble(Double.NaN).putDouble(-1);
        byte[] npy = NpyFile.file(1, NpyFile.header("<f8", "4, 1"), values.array());
        for (String data : List.of("x.npy", "-")) {
            Files.write(folder.resolve("x.npy"), npy);
            Cli.Result result = cli.feed(npy, "predict", "--model", "m.onnx", "--data", data, "--bad-rows", "skip",
                    "--output", "y.csv");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(folder.resolve("y.csv")).hasContent("0\n1\n");
            assertThat(folder.resolve("y.csv.bad")).hasContent("10.25\nNaN\n");
            assertThat(result.errLines().get(0)).contains("2 bad rows skipped", "the outputs are NaN", "row 2:");
        }
    }
}
