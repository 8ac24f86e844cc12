package dev.samebits.cli.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.ScoreFingerprint;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.cli.Cli;
import dev.samebits.cli.TestData;
import dev.samebits.onnx.Onnx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict} and {@code inspect} as a user runs them. */
class PredictTest {
    private static final int ROWS = 3000;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void makeModels() throws IOException {
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
        // The first sums its inputs, so that what comes out can be seen.
        Onnx.write(Network.builder(2).dense(1, Activation.IDENTITY).build(1), folder.resolve("two.onnx"));
        Onnx.write(Network.builder(5).dense(9, Activation.TANH).dense(3, Activation.IDENTITY).softmax().build(2),
                folder.resolve("five.onnx"));
    }

    private Cli.Result good(String... arguments) throws Exception {
        Cli.Result result = cli.run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private List<String> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(p -> p.getFileName().toString()).filter(name -> !name.endsWith(".onnx")).sorted().toList();
        }
    }

    @Test
    void classesAreCalledByTheNamesThatTheModelHas() throws Exception {
        Path model = folder.resolve("sklearn.onnx");
        try (InputStream in = PredictTest.class.getResourceAsStream("sklearn-iris-names.onnx")) {
            Files.copy(in, model);
        }
        Files.writeString(folder.resolve("flowers.csv"), "a,b,c,d\n5.1,3.5,1.4,0.2\n6.3,3.3,6.0,2.5\n");
        Cli.Result classes = good("predict", "--model", model.toString(), "--data", "flowers.csv");
        assertThat(classes.out()).isEqualTo("class\nversicolor\nversicolor\n");
        assertThat(good("predict", "--model", model.toString(), "--data", "flowers.csv", "--as", "probabilities").out())
                .startsWith("p_setosa,p_versicolor,p_virginica\n");
        assertThat(good("inspect", model.toString()).out()).contains("classes     setosa, versicolor, virginica", "opset");
    }

    @Test
    void everyFormatBatchAndThreadCountGivesTheSameLines() throws Exception {
        SplitMix64 random = new SplitMix64(3);
        StringBuilder csv = new StringBuilder();
        ByteBuffer npy = ByteBuffer.allocate(ROWS * 5 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ROWS * 5; i++) {
            float value = Math.fma(8f, random.nextFloat(), -4f);
            npy.putFloat(value);
            csv.append(i % 7 == 0 ? "\"" + value + "\"" : value).append(i % 5 == 4 ? "\n" : ",");
        }
        Files.writeString(folder.resolve("x.csv"), csv);
        Files.write(folder.resolve("x.csv.gz"), TestData.gzip(csv.toString().getBytes(StandardCharsets.UTF_8)));
        byte[] header = "\u0093NUMPY\1\0\u0076\0{'descr': '<f4', 'fortran_order': False, 'shape': (3000, 5), }"
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(128 + npy.capacity()).put(header);
        while (file.position() < 128) {
            file.put((byte) ' ');
        }
        Files.write(folder.resolve("x.npy"), file.put(npy.flip()).array());

        String expected = good("predict", "--model", "five.onnx", "--data", "x.csv", "--as", "raw", "--batch", "1",
                "--threads", "1", "--backend", "scalar").out();
        assertThat(expected.lines()).hasSize(ROWS).allMatch(line -> line.split(",").length == 3);
        assertThat(good("predict", "--model", "five.onnx", "--data", "x.csv", "--as", "raw", "--threads", "3", "--batch",
                "7").out()).isEqualTo(expected);
        assertThat(good("predict", "--model", "five.onnx", "--data", "x.csv.gz", "--as", "raw").out()).isEqualTo(expected);
        assertThat(good("predict", "--model", "five.onnx", "--data", "x.npy", "--as", "raw", "--threads", "5", "--batch",
                "64").out()).isEqualTo(expected);
        Cli.Result piped = cli.feed(Files.readAllBytes(folder.resolve("x.npy")), "predict", "--model", "five.onnx",
                "--data", "-", "--as", "raw");
        assertThat(piped.out()).isEqualTo(expected);
        assertThat(piped.errLines()).singleElement().asString().startsWith("3,000 rows in ").contains(" rows/s, backend ");
    }

    @Test
    void columnsAreChosenAndPassedThrough() throws Exception {
        Files.writeString(folder.resolve("x.csv"), "\uFEFFname;\"the id\";a;b\r\n"
                + "\"Doe; Jane\";7;1;2\r\n\r\nplain;08,15;3.0;\"4\"\r\n\"say \"\"hi\"\"\";x;0;0");
        String weights = good("predict", "--model", "two.onnx", "--data", "x.csv", "--separator", ";", "--id", "the id,1")
                .out();
        String[] lines = weights.split("\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).isEqualTo("the id,name,y1");
        assertThat(lines[1]).startsWith("7,\"Doe; Jane\",");
        assertThat(lines[2]).startsWith("\"08,15\",plain,");
        assertThat(lines[3]).startsWith("x,\"say \"\"hi\"\"\",0.0");
        // The same inputs by name, in the other order of columns.
        String chosen = good("predict", "--model", "two.onnx", "--data", "x.csv", "--separator", ";", "--columns", "a,4",
                "--id", "1").out();
        assertThat(chosen.split("\n")[1]).isEqualTo("\"Doe; Jane\"" + lines[1].substring(lines[1].lastIndexOf(',')));
        Files.writeString(folder.resolve("none.csv"), "a,b\n");
        assertThat(good("predict", "--model", "two.onnx", "--data", "none.csv").out()).isEqualTo("y1\n");
        Files.writeString(folder.resolve("mac.csv"), "1,2\r3,4\r");
        assertThat(good("predict", "--model", "two.onnx", "--data", "mac.csv").out().lines()).hasSize(2);
    }

    /** Whatever is written, and however the rows are cut; with ids from the file as a table has them, or by number. */
    @Test
    void theFingerprintIsThatOfTheSession() throws Exception {
        StringBuilder csv = new StringBuilder("id,a,b,c,d,e\n");
        Network network = Onnx.read(folder.resolve("five.onnx"));
        SplitMix64 random = new SplitMix64(8);
        ScoreFingerprint named = new ScoreFingerprint();
        ScoreFingerprint numbered = new ScoreFingerprint();
        try (InferenceSession session = Backends.named("scalar").open(network, SessionOptions.defaults())) {
            for (int n = 0; n < 1000; n++) {
                if (n % 100 == 7) {
                    csv.append("bad,1,x,3,4,5\n");
                    continue;
                }
                String id = n % 10 == 0 ? "ä, \"" + n + "\"" : String.valueOf(n);
                csv.append(n % 10 == 0 ? "\"ä, \"\"" + n + "\"\"\"" : id);
                float[] x = new float[5];
                for (int j = 0; j < 5; j++) {
                    x[j] = random.nextFloat();
                    csv.append(',').append(x[j]);
                }
                csv.append("\n");
                float[] y = session.predict(x);
                named.add(id, y, 0, y.length);
                numbered.add(n, y, 0, y.length);
            }
        }
        Files.writeString(folder.resolve("x.csv"), csv);
        String[] command = {"predict", "--model", "five.onnx", "--data", "x.csv", "--columns", "2-6", "--bad-rows", "skip",
            "--output", "y.csv", "--fingerprint"};
        assertThat(good(command).errLines()).endsWith("fingerprint " + numbered);
        for (String form : new String[] {"class", "raw"}) {
            List<String> more = new ArrayList<>(List.of(command));
            more.addAll(List.of("--id", "id", "--as", form, "--batch", "9", "--threads", "3"));
            assertThat(good(more.toArray(String[]::new)).errLines()).endsWith("fingerprint " + named);
        }
        Cli.Result two = cli.run("predict", "--model", "five.onnx", "--data", "x.csv", "--columns", "2-6", "--id", "1-2",
                "--fingerprint");
        assertThat(two.exitCode()).isEqualTo(2);
        assertThat(two.errLines()).containsExactly("samebits: a row's fingerprint is of one id, not of 2 columns: --id: "
                + "give one column, or leave it out for the numbers of the rows");
    }

    /** German groups digits with points, Egypt has digits of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG"})
    void aLocaleChangesNoMessage(String locale) throws Exception {
        Files.writeString(folder.resolve("x.csv"), "a,b\n" + "1,2\n".repeat(1000) + "1,x\n".repeat(1234));
        Cli.Result result = new Cli(folder, "-Duser.language=" + locale.substring(0, 2), "-Duser.country="
                + locale.substring(3))
                .run("predict", "--model", "two.onnx", "--data", "x.csv", "--bad-rows", "skip", "--output", "y.csv");
        assertThat(result.exitCode()).isZero();
        assertThat(result.errLines().get(0)).startsWith("samebits: 1,234 bad rows skipped")
                .contains("x.csv, row 1002, column 2 (b)");
        assertThat(result.errLines().get(1)).startsWith("1,000 rows in ");
    }

    @Test
    void badRowsAreKeptAndCounted() throws Exception {
        StringBuilder csv = new StringBuilder("a,b\n");
        for (int n = 0; n < 5000; n++) {
            csv.append(n % 1000 == 999 ? "oops," + n + "\n" : n % 1000 == 500 ? n + "\n" : n + ",1\n");
        }
        csv.append("\n1,\"2\"x\n1,nan\n1,\n");
        Files.writeString(folder.resolve("x.csv"), csv);
        Cli.Result result = good("predict", "--model", "two.onnx", "--data", "x.csv", "--bad-rows", "skip", "--output",
                "y.csv", "--batch", "100");
        assertThat(text("y.csv").lines()).hasSize(1 + 4990);
        assertThat(text("y.csv.bad").lines()).hasSize(1 + 13).startsWith("a,b", "500", "oops,999")
                .endsWith("1,\"2\"x", "1,nan", "1,");
        assertThat(result.errLines()).hasSize(2);
        assertThat(result.errLines().get(0))
                .isEqualTo("samebits: 13 bad rows skipped: y.csv.bad, the first: found 1 columns where"
                + " the header has 2: x.csv, row 502: add or remove fields in that row");
        assertThat(result.errLines().get(1)).startsWith("4,990 rows in ");
        assertThat(files()).containsExactly("x.csv", "y.csv", "y.csv.bad");

        Cli.Result stopped = cli.run("predict", "--model", "two.onnx", "--data", "x.csv", "--output", "z.csv");
        assertThat(stopped.exitCode()).isEqualTo(2);
        assertThat(stopped.errLines()).singleElement().asString().contains("x.csv, row 502");
        Cli.Result nameless = cli.run("predict", "--model", "two.onnx", "--data", "x.csv", "--bad-rows", "skip");
        assertThat(nameless.exitCode()).isEqualTo(2);
        assertThat(nameless.errLines()).singleElement().asString().contains("--bad-rows-file");
        assertThat(files()).containsExactly("x.csv", "y.csv", "y.csv.bad");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRowInAPipeIsAnsweredAtOnce(boolean packed) throws Exception {
        Process process = cli.start("predict", "--model", "two.onnx", "--data", "-", "--header", "no");
        try (OutputStream in = process.getOutputStream(); BufferedReader out = process.inputReader()) {
            for (int n = 0; n < 3; n++) {
                byte[] row = "1,2\n".getBytes(StandardCharsets.US_ASCII);
                in.write(packed ? TestData.gzip(row) : row);
                in.flush();
                assertThat(out.readLine()).isNotBlank();
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void inspectTellsWhatAModelIs() throws Exception {
        Network network = Onnx.read(folder.resolve("five.onnx"));
        Cli.Result result = good("inspect", "five.onnx", "--backend", "scalar", "--threads", "1");
        assertThat(result.out())
                .contains("five.onnx: 5 → 9 tanh → 3 identity → softmax", "    1       5        9    9 × 5  float  tanh",
                "inputs      5\n", "outputs     3, as softmax", "parameters  84: 0.3 KiB", "per row     144 FLOP", "scalar",
                "SHA-256 of the weights: " + network.fingerprint());
        assertThat(result.errLines()).isEmpty();
    }

    /** Packed weights and some work space, on every backend, but no garbage. */
    @ParameterizedTest
    @ValueSource(strings = {"scalar", "simd"})
    void inspectTellsWhatASessionHolds(String backend) throws Exception {
        // 1,572,864 weights: 6 MiB.
        Onnx.write(Network.builder(1024).dense(1024, Activation.RELU).dense(512, Activation.GELU).build(3),
                folder.resolve("large.onnx"));
        String out = new Cli(folder).run("inspect", "large.onnx", "--backend", backend, "--threads", "1").out();
        Matcher session = Pattern.compile("session +([0-9.]+) MiB, backend " + backend).matcher(out);
        assertThat(session.find()).as(out).isTrue();
        assertThat(Double.parseDouble(session.group(1))).isBetween(6.0, 6.4);
    }
}
