package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.GraphBuilder;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.Value;
import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.train.Samples;
import dev.samebits.train.Sgd;
import dev.samebits.train.TrainingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning on from a model: what stays, what learns, and what does not fit. */
class FromTest {
    @TempDir
    Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Cli.Result run(String data, String model, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("train", "--data", at(data), "--model", at(model)));
        words.addAll(Arrays.asList(more));
        return Cli.here(words.toArray(String[]::new));
    }

    private void trains(String data, String model, String... more) throws Exception {
        Cli.Result result = run(data, model, more);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private void refused(String what, String data, String... more) throws Exception {
        Cli.Result result = run(data, "refused.onnx", more);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("samebits: " + what);
        assertThat(folder.resolve("refused.onnx")).doesNotExist();
    }

    /** Seed 5: prices by a city, by an area that is missing at times, and by noise. */
    private static String houses(int rows, String label) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("city,area,noise," + label + "\n");
        for (int n = 0; n < rows; n++) {
            int city = random.nextInt(3);
            int area = 40 + random.nextInt(100);
            int price = 1000 * (50 + 2 * area + 40 * city);
            text.append(List.of("Bern", "Chur", "Genf").get(city)).append(',')
                    .append(n % 9 == 0 ? "" : String.valueOf(area)).append(',')
                    .append(random.nextFloat()).append(',')
                    .append(label.equals("price") ? "" + price : price > 270_000 ? "dear" : "cheap").append('\n');
        }
        return text.toString();
    }

    /** The layers of a file, and the bits that the library gives by the same descent. */
    @Test
    void imagesLearnOnAsInTheLibrary() throws Exception {
        TestData.write(folder, "images-idx3", TestData.images());
        TestData.write(folder, "labels-idx1", TestData.labels());
        Network first = Network.builder(TestData.PIXELS).dense(8, Activation.TANH).dense(10, Activation.IDENTITY).softmax()
                .build(3);
        Onnx.write(first, folder.resolve("first.onnx"));
        trains("images-idx3", "second.onnx", "--from", at("first.onnx"), "--epochs", "2", "--optimizer", "adam",
                "--validation", "none");
        byte[] images = TestData.images();
        byte[] labels = TestData.labels();
        Matrix x = Matrix.zeros(TestData.IMAGES, TestData.PIXELS);
        int[] classes = new int[TestData.IMAGES];
        for (int n = 0; n < classes.length; n++) {
            for (int j = 0; j < TestData.PIXELS; j++) {
                x.set(n, j, (images[16 + n * TestData.PIXELS + j] & 0xff) / 255f);
            }
            classes[n] = labels[8 + n];
        }
        Sgd sgd = Sgd.of(0.001f, 2).withBatch(32).withSeed(1).withOptimizer(Optimizer.adam());
        Network want = sgd.fit(TrainingRequest.of(first, Loss.CROSS_ENTROPY, Samples.of(x, Samples.oneHot(classes, 10)))
                .withBackend(Backends.named("scalar"))).network();
        assertThat(Onnx.read(folder.resolve("second.onnx")).fingerprint()).isEqualTo(want.fingerprint());
    }

    @Test
    void rawTablesKeepTheirPreparation() throws Exception {
        Files.writeString(folder.resolve("t.csv"), houses(300, "price"));
        trains("t.csv", "a.onnx", "--epochs", "10", "--refit", "no");
        // Columns in another order are found by their names.
        Files.writeString(folder.resolve("more.csv"), "price,noise,area,city\n"
                + houses(200, "price").lines().skip(1).map(line -> line.split(",", -1))
                .map(f -> f[3] + "," + f[2] + "," + f[1] + "," + f[0] + "\n").reduce("", String::concat));
        trains("more.csv", "b.onnx", "--from", at("a.onnx"), "--epochs", "3");
        trains("more.csv", "c.onnx", "--from", at("a.onnx"), "--epochs", "3", "--backend", "scalar", "--threads", "1");
        assertThat(folder.resolve("b.onnx")).hasSameBinaryContentAs(folder.resolve("c.onnx"));
        OnnxModel before = Onnx.readModel(folder.resolve("a.onnx"));
        OnnxModel after = Onnx.readModel(folder.resolve("b.onnx"));
        assertThat(after.preparation().orElseThrow().fingerprint())
                .isEqualTo(before.preparation().orElseThrow().fingerprint());
        assertThat(after.network().names()).isEqualTo(before.network().names());
        Operation.ScaleShift last = (Operation.ScaleShift) last(after.network());
        assertThat(last.scale()).isEqualTo(((Operation.ScaleShift) last(before.network())).scale());
        assertThat(after.network().fingerprint()).isNotEqualTo(before.network().fingerprint());
        Files.writeString(folder.resolve("new.csv"), "city,area,noise\nBern,60,0.5\nLyon,,0.1\n");
        assertThat(Cli.here("predict", "--model", at("b.onnx"), "--data", at("new.csv"), "--output", at("y.csv")).exitCode())
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("y.csv"))).hasSize(3);
    }

    private static Operation last(Network network) {
        return network.steps().get(network.steps().size() - 1).operation();
    }

    /** A wide and deep network without a name of a class, as another program may have written it. */
    @Test
    void graphsOfOthersLearnOn() throws Exception {
        GraphBuilder g = Network.graph();
        Value city = g.input("city", 1).embedding(3, 2);
        Value numbers = g.input("numbers", 2);
        g.output("sold", numbers.concat(city).dense(6, Activation.RELU).layerNorm().dense(1, Activation.LOGISTIC));
        Network network = g.build(4);
        Onnx.write(network, folder.resolve("g.onnx"));
        StringBuilder text = new StringBuilder("numbers_1,numbers_2,city,sold\n");
        Random random = new Random(6);
        for (int n = 0; n < 80; n++) {
            int place = random.nextInt(3);
            float area = random.nextFloat();
            text.append(area).append(',').append(random.nextFloat()).append(',').append(place).append(',')
                    .append(area + place > 1.2 ? "yes" : "no").append('\n');
        }
        Files.writeString(folder.resolve("t.csv"), text);
        trains("t.csv", "h.onnx", "--from", at("g.onnx"), "--epochs", "3");
        Network learned = Onnx.read(folder.resolve("h.onnx"));
        assertThat(learned.inputSections()).isEqualTo(network.inputSections());
        assertThat(learned.names().labels()).containsExactly("no", "yes");
        for (int s = 0; s < learned.steps().size(); s++) {
            assertThat(learned.steps().get(s).operation().label()).isEqualTo(network.steps().get(s).operation().label());
        }
        assertThat(learned.fingerprint()).isNotEqualTo(network.fingerprint());
        Files.writeString(folder.resolve("ids.csv"), text.toString().replaceAll(",2,", ",7,"));
        refused("the model of --from cannot learn from this: ", "ids.csv", "--from", at("g.onnx"), "--epochs", "1");
        trains("t.csv", "clipped.onnx", "--from", at("g.onnx"), "--epochs", "1", "--clip-norm", "1");
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        Files.writeString(folder.resolve("t.csv"), houses(120, "kind"));
        trains("t.csv", "a.onnx", "--epochs", "2");
        String from = at("a.onnx");
        refused("the model of --from decides that: --layers: leave it out", "t.csv", "--from", from, "--layers", "8");
        refused("the model of --from decides that: --scaling", "t.csv", "--from", from, "--scaling", "none");
        Files.writeString(folder.resolve("less.csv"), "city,noise,kind\nBern,1,dear\nChur,2,cheap\n");
        refused("a column of " + from + " is missing: area: ", "less.csv", "--from", from);
        Files.writeString(folder.resolve("classes.csv"), houses(120, "kind") + "Bern,50,0.5,gone\n");
        refused("'gone' is no class of " + from, "classes.csv", "--from", from);
        refused("found 2 columns of inputs where " + from + " takes 3, city, area, noise", "t.csv", "--from", from,
                "--columns", "1,2");
        refused("no such file: ", "t.csv", "--from", at("none.onnx"));
        Cli.Result same = run("t.csv", "a.onnx", "--from", from);
        assertThat(same.exitCode()).isEqualTo(2);
        assertThat(same.err()).contains("--model would replace what --from reads");
        TestData.write(folder, "images-idx3", TestData.images());
        TestData.write(folder, "labels-idx1", TestData.labels());
        refused("the model takes raw columns of a table, and this is IDX", "images-idx3", "--from", from);
        GraphBuilder g = Network.graph();
        Value x = g.input("x", 4);
        Onnx.write(g.output("a", x.dense(1, Activation.TANH)).output("b", x.dense(2, Activation.TANH)).build(1),
                folder.resolve("two.onnx"));
        refused("the model has 2 outputs, and train knows one loss: ", "t.csv", "--from", at("two.onnx"));
    }
}
