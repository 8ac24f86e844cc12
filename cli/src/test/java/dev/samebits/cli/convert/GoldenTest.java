package dev.samebits.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Value;
import dev.samebits.cli.Cli;
import dev.samebits.onnx.GoldenRows;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxFormatException;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.onnx.OnnxOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden rows: kept by {@code convert}, compared by {@code verify}, and refused where they are damaged. */
class GoldenTest {
    private static final Network NETWORK =
            Network.builder(5).dense(7, Activation.TANH).dense(3, Activation.IDENTITY).softmax().build(7);

    @TempDir
    Path folder;

    private Cli.Result run(String... arguments) throws Exception {
        return new Cli(folder, "-XX:TieredStopAtLevel=1").run(arguments);
    }

    @Test
    void verifyComparesWhatConvertKept() throws Exception {
        Onnx.write(NETWORK, folder.resolve("m.onnx"));
        Cli.Result converted = run("convert", "--golden", "16", "m.onnx");
        assertThat(converted.exitCode()).as(converted.err()).isZero();
        assertThat(converted.out()).contains("golden   16 rows with their outputs", "saved    m-golden.onnx");
        assertThat(Onnx.read(folder.resolve("m-golden.onnx")).fingerprint()).isEqualTo(NETWORK.fingerprint());
        Cli.Result same = run("verify", "m-golden.onnx", "--golden");
        assertThat(same.out()).as(same.err()).startsWith("golden: 16 rows as when the file was written\n")
                .contains("identical");

        // Another output of the third row, as another library would have given it.
        GoldenRows golden = Onnx.readModel(folder.resolve("m-golden.onnx")).golden().orElseThrow();
        Matrix outputs = golden.outputs();
        outputs.set(2, 1, Math.nextUp(outputs.get(2, 1)));
        try (var out = Files.newOutputStream(folder.resolve("other.onnx"))) {
            Onnx.write(Optional.empty(), NETWORK, new GoldenRows(golden.inputs(), outputs), out);
        }
        Cli.Result different = run("verify", "other.onnx", "--golden");
        assertThat(different.out()).startsWith("DIFFERENT: backend scalar, golden row 3, output 2: 0x");
        assertThat(different.exitCode()).isEqualTo(1);

        Cli.Result none = Cli.here("verify", folder.resolve("m.onnx").toString(), "--golden");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).startsWith("samebits: the file keeps no golden rows: ");
        assertThat(Cli.here("convert", folder.resolve("m.onnx").toString()).err())
                .startsWith("samebits: nothing is to be changed: ");
        assertThat(Cli.here("convert", "--golden", "200000", folder.resolve("m.onnx").toString(),
                folder.resolve("large.onnx").toString()).err())
                .startsWith("samebits: 200000 golden rows of this model are 1600000 numbers, and a file keeps at most ");
    }

    @Test
    void everyNumberComesBackToTheBit() throws Exception {
        float[] special = {-0f, 0, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, 1, -1, 2, 3e38f, 4};
        Matrix x = Matrix.of(2, 5, special);
        GoldenRows golden = GoldenRows.of(NETWORK, x);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(Optional.empty(), NETWORK, golden, out);
        OnnxModel read = Onnx.readModel(out.toByteArray(), OnnxOptions.defaults());
        GoldenRows back = read.golden().orElseThrow();
        assertThat(back.inputs().data()).isEqualTo(x.data());
        assertThat(Float.floatToRawIntBits(back.inputs().get(0, 0))).isEqualTo(0x80000000);
        try (InferenceSession session = Backends.best().open(read.network())) {
            assertThat(back.difference(session)).isEmpty();
        }
        assertThatThrownBy(() -> Onnx.write(Optional.empty(), NETWORK, new GoldenRows(x, x), new ByteArrayOutputStream()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5 outputs, and the network has 5 and 3");
        assertThatThrownBy(() -> new GoldenRows(x, Matrix.zeros(1, 3))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNetworkWithIdsHasIdsInItsGoldenRows() throws Exception {
        var graph = Network.graph();
        Value ids = graph.input("ids", 2);
        graph.output("y", ids.embedding(9, 4).dense(2, Activation.IDENTITY));
        Onnx.write(graph.build(3), folder.resolve("ids.onnx"));
        assertThat(Cli.here("convert", "--golden", "20", folder.resolve("ids.onnx").toString()).exitCode()).isZero();
        GoldenRows golden = Onnx.readModel(folder.resolve("ids-golden.onnx")).golden().orElseThrow();
        for (float id : golden.inputs().data()) {
            assertThat(id).isBetween(0f, 8f).isEqualTo((int) id);
        }
    }

    @Test
    void damagedRowsAreRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Onnx.write(Optional.empty(), NETWORK, GoldenRows.of(NETWORK, Matrix.zeros(2, 5)), out);
        String bytes = out.toString(StandardCharsets.ISO_8859_1);
        int at = bytes.indexOf("samebits.golden") + 20;
        int first = bytes.indexOf("00000000 00000000", at - 4);
        for (String wrong : new String[] {"0000000g 00000000", "00000000x00000000"}) {
            String damaged = bytes.substring(0, first) + wrong + bytes.substring(first + wrong.length());
            assertThatThrownBy(() -> Onnx.readModel(damaged.getBytes(StandardCharsets.ISO_8859_1),
                    OnnxOptions.defaults())).isInstanceOf(OnnxFormatException.class)
                    .hasMessageContaining("metadata samebits.golden");
        }
    }
}
