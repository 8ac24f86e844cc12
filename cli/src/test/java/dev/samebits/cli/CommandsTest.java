package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeData() throws Exception {
        cli = new Cli(folder);
        Files.writeString(folder.resolve("train.csv"), TestData.csv(true, true));
        Files.writeString(folder.resolve("plain.csv"), TestData.csv(false, false));
        TestData.write(folder, "t-images-idx3-ubyte.gz", TestData.gzip(TestData.images()));
        TestData.write(folder, "t-labels-idx1-ubyte.gz", TestData.gzip(TestData.labels()));
    }

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private List<String> files() throws Exception {
        try (var list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void csvFromTrainingToVerification() throws Exception {
        Cli.Result trained = good("train", "--data", "train.csv", "--model", "m.onnx", "--layers", "24,12", "--activation",
                "gelu", "--epochs", "40", "--batch", "8", "--validation", "0.2", "--patience", "15", "--threads", "2");
        assertThat(trained.out()).contains("16 → 24 gelu → 12 gelu → 10 identity → softmax",
                "320 rows and 80 for validation", "epoch 1/40  loss ", "validation error");
        assertThat(trained.errLines()).isEmpty();
        Network network = Onnx.read(folder.resolve("m.onnx"));
        assertThat(trained.digest("SHA-256 of the weights: ")).isEqualTo(network.fingerprint());
        String again = good("train", "--data", "train.csv", "--model", "m2.onnx", "--layers", "24,12", "--activation",
                "gelu", "--epochs", "40", "--batch", "8", "--validation", "0.2", "--patience", "15", "--threads", "1",
                "--backend", "scalar").digest("SHA-256 of the weights: ");
        assertThat(again).isEqualTo(network.fingerprint());

        Cli.Result predicted = good("predict", "--model", "m.onnx", "--data", "train.csv", "--columns", "1-3,xd,5-16",
                "--output", "p.csv", "--batch", "7");
        assertThat(predicted.out()).isEmpty();
        assertThat(predicted.errLines()).singleElement().asString().startsWith("400 rows in ");
        List<String> lines = Files.readAllLines(folder.resolve("p.csv"));
        assertThat(lines).hasSize(401).first().isEqualTo("class");
        int right = 0;
        for (int n = 0; n < TestData.IMAGES; n++) {
            right += Integer.parseInt(lines.get(n + 1)) == TestData.labels()[8 + n] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(240);

        Cli.Result verified = good("verify", "m.onnx");
        assertThat(verified.out()).contains("identical: 1000 rows", network.fingerprint())
                .containsPattern("\n[0-9a-f]{64}  id");
        assertThat(files()).containsExactly("m.onnx", "m2.onnx", "p.csv", "plain.csv", "t-images-idx3-ubyte.gz",
                "t-labels-idx1-ubyte.gz", "train.csv");
    }

    @Test
    void optimizersAndSchedules() throws Exception {
        Cli.Result adam = good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "6", "--optimizer", "AdamW",
                "--weight-decay", "0.01", "--beta1", "0.8", "--schedule", "cosine", "--warm-up", "9", "--threads", "2");
        assertThat(adam.out()).contains("cross-entropy by adamw(beta1 0.8, beta2 0.999, epsilon 1.0E-8), rate 0.001 "
                + "cosine after a warm-up of 9 steps, weight decay 0.01", "320 rows and 80 for validation");
        assertThat(good("train", "--data", "train.csv", "--model", "m2.onnx", "--epochs", "6", "--optimizer", "adamw",
                "--learning-rate", "0.001", "--weight-decay", "0.01", "--beta1", "0.8", "--schedule", "cosine", "--warm-up",
                "9", "--threads", "1", "--backend", "scalar").digest("SHA-256 of the weights: "))
                .isEqualTo(adam.digest("SHA-256 of the weights: "));
    }

    @Test
    void rawOutputHoldsEveryBitThroughStdinAndStdout() throws Exception {
        good("train", "--data", "train.csv", "--model", "m.onnx", "--epochs", "2", "--output", "log-softmax");
        byte[] data = Files.readAllBytes(folder.resolve("plain.csv"));
        Network network = Onnx.read(folder.resolve("m.onnx"));
        Matrix x = Matrix.zeros(TestData.IMAGES, TestData.COLUMNS);
        Matrix y = Matrix.zeros(TestData.IMAGES, 10);
        String[] rows = new String(data, StandardCharsets.UTF_8).split("\n");
        for (int n = 0; n < rows.length; n++) {
            String[] fields = rows[n].split(",");
            for (int j = 0; j < fields.length; j++) {
                x.set(n, j, Float.parseFloat(fields[j]));
            }
        }
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            session.predict(x, y);
        }
        Cli.Result plain = cli.feed(data, "predict", "--model", "m.onnx", "--data", "-", "--as", "raw");
        assertThat(plain.exitCode()).as(plain.err()).isZero();
        String[] written = plain.out().split("\n");
        assertThat(written).hasSize(TestData.IMAGES);
        for (int n = 0; n < written.length; n++) {
            String[] fields = written[n].split(",");
            for (int j = 0; j < 10; j++) {
                assertThat(Float.parseFloat(fields[j])).isEqualTo(y.get(n, j));
            }
        }
        Cli.Result packed = cli.feed(TestData.gzip(data), "predict", "--model", "m.onnx", "--data", "-", "--as", "raw",
                "--backend", "scalar", "--threads", "1", "--batch", "3");
        assertThat(packed.out()).isEqualTo(plain.out());
        String[] first = good("predict", "--model", "m.onnx", "--data", "plain.csv", "--as", "probabilities").out()
                .split("\n")[0].split(",");
        double sum = 0;
        for (String field : first) {
            sum += Double.parseDouble(field);
        }
        assertThat(sum).isBetween(0.999, 1.001);
    }

    @Test
    void idxFromTrainingToVerification() throws Exception {
        good("train", "--data", "t-images-idx3-ubyte.gz", "--validation", "t-images-idx3-ubyte.gz", "--model", "m.onnx",
                "--layers", "32", "--activation", "maxout:2", "--epochs", "6", "--learning-rate", "0.1");
        Cli.Result predicted = good("predict", "--model", "m.onnx", "--data", "t-images-idx3-ubyte.gz");
        assertThat(predicted.out().lines()).hasSize(TestData.IMAGES).allMatch(line -> line.matches("[0-9]"));
        assertThat(good("verify", "m.onnx").out()).contains("identical");
    }

    @Test
    void regressionAndBinaryClassification() throws Exception {
        Cli.Result trained = good("train", "--data", "train.csv", "--model", "m.onnx", "--targets", "xa,16", "--columns",
                "2-15", "--layers", "none", "--epochs", "3");
        assertThat(trained.out()).contains("14 → 2 identity", "squared-error");
        assertThat(good("predict", "--model", "m.onnx", "--data", "train.csv", "--columns", "2-15").out())
                .startsWith("xa,xp\n");
        Files.writeString(folder.resolve("two.csv"), "0;0;0\n0;1;1\n1;0;1\n1;1;0\n");
        Cli.Result two = good("train", "--data", "two.csv", "--separator", ";", "--model", "two.onnx", "--output",
                "logistic", "--layers", "16", "--activation", "tanh", "--epochs", "2000", "--batch", "4",
                "--learning-rate", "0.5");
        assertThat(two.out()).contains("16 tanh → 1 logistic", "logistic-cross-entropy");
        assertThat(good("predict", "--model", "two.onnx", "--data", "two.csv", "--separator", ";", "--columns", "1,2").out())
                .isEqualTo("0\n1\n1\n0\n");
    }

    @Test
    void anUnknownBackendInTheEnvironmentIsToldAndNotReplaced() throws Exception {
        Cli.Result result = new Cli(folder, "-Dsamebits.backend=warp").run("demo");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines()).singleElement().asString().contains("no backend is called 'warp'");
    }

    @Test
    void backendsAreNamedInAnyCaseAndAMissedOneIsToldOnce() throws Exception {
        Path iris = Path.of("../examples/iris").toAbsolutePath();
        String[] predict = {"predict", "--model", iris.resolve("iris.onnx").toString(), "--data",
            iris.resolve("ten.csv").toString(), "--id", "flower", "--backend", " ScaLar "};
        Cli.Result any = new Cli(folder).run(predict);
        assertThat(any.errLines()).singleElement().asString().startsWith("10 rows");
        Cli.Result slow = new Cli(folder, "-XX:TieredStopAtLevel=3").run(Arrays.copyOf(predict, 7));
        assertThat(slow.out()).isEqualTo(any.out());
        assertThat(slow.errLines()).hasSize(2).first().asString()
                .contains("scalar", "backend simd is unavailable", "start java without -XX:TieredStopAtLevel=3");
        predict[8] = "smid";
        Cli.Result misspelt = new Cli(folder, "-Dsamebits.backnd=scalar").run(predict);
        assertThat(misspelt.exitCode()).isEqualTo(2);
        assertThat(misspelt.errLines()).containsExactly(
                "samebits: the system property samebits.backnd has no effect: did you mean samebits.backend?",
                "samebits: no backend is called 'smid'; on the class path are: opencl, scalar, simd; did you mean simd?:"
                + " see 'samebits backends'");
    }

    @Test
    void tooLittleMemoryIsToldInOneLine() throws Exception {
        Cli.Result result = new Cli(folder, "-Xmx24m").run("demo", "--epochs", "1");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errLines()).singleElement().asString().startsWith("samebits: out of memory: Java heap of ");
    }

    @Test
    void theRest() throws Exception {
        assertThat(good("backends").out()).contains("scalar   yes", "Java ", ", arithmetic 1\n");
        assertThat(good("--version").out()).startsWith("samebits ");
        assertThat(good("--help").out()).contains("demo", "verify", "Exit codes");
        assertThat(good("completion").out()).contains("complete -F");
    }

    @Test
    void theCheckOfTheMachineSaysWhatItFound() throws Exception {
        Cli.Result result = new Cli(folder).run("backends", "--check");
        assertThat(result.out()).contains("-bit vectors of ", "governor", "virtualised", "load");
        // What else runs here decides whether it is fit.
        assertThat(result.exitCode()).isEqualTo(result.out().contains("Not fit to measure.") ? 1 : 0);

        for (String flag : List.of("-XX:TieredStopAtLevel=1", "-XX:-UseFMA")) {
            Cli.Result without = new Cli(folder, flag).run("backends", "--check");
            assertThat(without.exitCode()).isEqualTo(1);
            assertThat(without.out()).containsPattern("vectors +unfit +backend simd is unavailable: .*" + flag)
                    .contains("Not fit to measure.");
        }
    }
}
