package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.GraphBuilder;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.Value;
import dev.samebits.onnx.Onnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with branches, several named inputs and outputs, and ids, on the command line. */
class GraphCommandsTest {
    private static final Network TOWERS = towers();

    @TempDir
    Path folder;

    private Cli cli;

    private static Network towers() {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 2).embedding(50, 8).dense(16, Activation.RELU).dense(3, Activation.IDENTITY).l2Norm();
        Value item = g.input("item", 2).concat(g.input("price", 1)).dense(3, Activation.TANH).l2Norm();
        return g.output("score", user.dot(item)).output("user", user).build(1);
    }

    @BeforeEach
    void writeModel() throws Exception {
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
        Onnx.write(TOWERS, folder.resolve("towers.onnx"));
    }

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private void write(String file, String text) throws Exception {
        Files.writeString(folder.resolve(file), text);
    }

    // In the order of the row.
    private static Matrix predict(Network network, float... row) {
        Matrix y = Matrix.zeros(1, network.outputs());
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            session.predict(Matrix.of(1, row.length, row), y);
        }
        return y;
    }

    private static String line(Matrix y) {
        StringBuilder line = new StringBuilder();
        for (float value : y.data()) {
            line.append(line.length() > 0 ? "," : "").append(value);
        }
        return line.toString();
    }

    @Test
    void columnsAreFoundByTheNamesOfInputsInAnyOrder() throws Exception {
        write("rows.csv", "price,key,item_2,item_1,user_2,user_1\n0.5,a,0.25,0.125,7,49\n1.5,b,-1,2,0,-0\n");
        Cli.Result predicted = good("predict", "--model", "towers.onnx", "--data", "rows.csv", "--id", "key",
                "--fingerprint");
        Matrix first = predict(TOWERS, 49, 7, 0.125f, 0.25f, 0.5f);
        Matrix second = predict(TOWERS, 0, 0, 2, -1, 1.5f);
        assertThat(predicted.out().lines()).hasSize(3).first().isEqualTo("key,score,user_1,user_2,user_3");
        List<String> lines = predicted.out().lines().toList();
        assertSameFloats(lines.get(1), "a", first);
        assertSameFloats(lines.get(2), "b", second);
        ScoreFingerprint sum = new ScoreFingerprint();
        sum.add("b".getBytes(StandardCharsets.UTF_8), 0, 1, second.data(), 0, 4);
        sum.add("a".getBytes(StandardCharsets.UTF_8), 0, 1, first.data(), 0, 4);
        assertThat(predicted.errLines()).contains("fingerprint " + sum);
        assertThat(good("predict", "--model", "towers.onnx", "--data", "rows.csv", "--output-name", "user").out().lines())
                .as("without the columns that this output does not need").first().isEqualTo("user_1,user_2,user_3");
    }

    private static void assertSameFloats(String line, String id, Matrix want) {
        String[] fields = line.split(",");
        assertThat(fields).hasSize(1 + want.columns()).startsWith(id);
        for (int j = 0; j < want.columns(); j++) {
            assertThat(Float.parseFloat(fields[j + 1])).as(line).isEqualTo(want.data()[j]);
        }
    }

    @Test
    void otherNamesGoByTheirPlacesWithANote() throws Exception {
        write("rows.csv", "a,b,c,d,e\n1,2,3,4,5\n");
        Cli.Result predicted = good("predict", "--model", "towers.onnx", "--data", "rows.csv");
        assertSameFloats("x," + predicted.out().lines().toList().get(1), "x", predict(TOWERS, 1, 2, 3, 4, 5));
        assertThat(predicted.errLines()).contains("samebits: note: rows.csv: it has none of the model's inputs by name, so"
                + " its columns are taken in the order of user_1, user_2, item_1, item_2, price");
        write("some.csv", "user_1,user_2,item_1,item_2,cost\n1,2,3,4,5\n");
        Cli.Result missing = cli.run("predict", "--model", "towers.onnx", "--data", "some.csv");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.errLines()).containsExactly("samebits: a column of the model towers.onnx is missing: price:"
                + " some.csv, row 1: add or rename them, or choose the inputs by number with --columns");
    }

    @Test
    void anIdWithoutAnEntryMakesABadRow() throws Exception {
        String good = "49,7,1,2,3\n";
        write("rows.csv", "user_1,user_2,item_1,item_2,price\n" + good + "1,50,1,2,3\n0.5,-1,1,2,3\n" + good);
        Cli.Result stopped = cli.run("predict", "--model", "towers.onnx", "--data", "rows.csv");
        assertThat(stopped.exitCode()).isEqualTo(2);
        assertThat(stopped.out()).isEmpty();
        assertThat(stopped.errLines()).containsExactly("samebits: user_2 is 50, an id that the model has no entry for:"
                + " rows.csv, row 3: give it a whole number from 0 to 49");
        Cli.Result skipped = good("predict", "--model", "towers.onnx", "--data", "rows.csv", "--bad-rows", "skip",
                "--bad-rows-file", "bad.csv");
        assertThat(skipped.out().lines()).hasSize(3);
        assertThat(skipped.errLines()).anyMatch(
                line -> line.startsWith("samebits: 2 bad rows skipped: bad.csv, the first: "));
        assertThat(Files.readString(folder.resolve("bad.csv")))
                .isEqualTo("user_1,user_2,item_1,item_2,price\n1,50,1,2,3\n0.5,-1,1,2,3\n");
    }

    @Test
    void verifyConvertAndInspect() throws Exception {
        assertThat(good("verify", "towers.onnx").out()).contains("identical: 1000 rows", TOWERS.fingerprint());
        Cli.Result converted = good("convert", "--weights", "bf16", "towers.onnx", "half.onnx");
        assertThat(converted.digest("SHA-256 of the weights: ")).isEqualTo(TOWERS.withBfloat16Weights().fingerprint())
                .isEqualTo(Onnx.read(folder.resolve("half.onnx")).fingerprint());
        Cli.Result inspected = good("inspect", "half.onnx");
        assertThat(inspected.out()).contains("embedding 50 × 8", "inputs      5: user 2 (ids below 50), item 2, price 1\n",
                "outputs     4: score 1 by step 8, user 3 by step 4\n")
                .containsPattern("(?m)^ *2 .*dense 16 → 16 relu .* bf16 ");
    }

    @Test
    void aClassIsOfOneOutput() throws Exception {
        write("rows.csv", "1,2,3,4,5\n");
        String model = folder.resolve("towers.onnx").toString();
        for (String form : new String[] {"class", "probabilities"}) {
            Cli.Result refused = Cli.here("predict", "--model", model, "--data", folder.resolve("rows.csv").toString(),
                    "--backend", "scalar", "--as", form);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errLines()).containsExactly("samebits: of several outputs no one is the class: " + TOWERS
                    + ": " + model + ": choose one with --output-name");
        }
    }

    @Test
    void aPictureOfAModel() throws Exception {
        Cli.Result drawn = good("inspect", "towers.onnx", "--svg", "towers.svg");
        assertThat(drawn.out()).contains("embedding 50 × 8", "drawn to    towers.svg\n");
        String svg = Files.readString(folder.resolve("towers.svg"));
        assertThat(svg).startsWith("<svg ").endsWith("</svg>\n").contains("prefers-color-scheme: dark", ">embedding<");
        assertThat(good("inspect", "towers.onnx", "--svg", "-").out()).as("nothing else on stdout").isEqualTo(svg);
        Cli.Result over = cli.run("inspect", "towers.onnx", "--svg", "towers.onnx");
        assertThat(over.exitCode()).isEqualTo(2);
        assertThat(over.errLines()).containsExactly("samebits: --svg would replace what MODEL reads: towers.onnx: write to"
                + " another file");
    }
}
