package dev.samebits.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.onnx.Onnx;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake: exit code 2, one line that names the place, no stack trace, no output file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
    private static final String FILES = "[a-z0-9-]+\\.(csv|csv\\.gz|onnx|npy|npz|parquet)"
            + "|[a-z-]+-idx[13]-ubyte(\\.gz)?|sub(/.*)?";

    // Static, so that it is there before the files are made.
    @TempDir
    static Path folder;

    private Cli cli;
    private List<String> before;

    /** A command line, split at spaces, and what its message must hold. */
    record Case(String arguments, String... words) {
        @Override
        public String toString() {
            return arguments.isEmpty() ? "no arguments" : arguments;
        }
    }

    @BeforeAll
    void makeFiles() throws Exception {
        cli = new Cli(folder, "-XX:TieredStopAtLevel=1");
        String csv = TestData.csv(true, true);
        write("good.csv", csv);
        write("wide.csv", csv.replaceFirst("\n", "\n9,"));
        write("text.csv", csv.replaceFirst("\n0\\.[0-9]*,", "\nabc,"));
        write("label.csv", csv.strip() + ".5\n");
        write("names.csv", csv.replaceFirst("xb", "bx").replaceFirst("xp", "px"));
        write("twice.csv", csv.replaceFirst("class", "xb"));
        write("gap.csv", "xa,xb,class\n1,,0\n");
        write("huge.csv", "1,1e39,0\n2,3,1\n3,4,0\n4,5,1\n");
        write("head.csv", "xa,xb,class\n");
        write("quote.csv", "1,2,0\n1,\"2,0\n" + "1,2,0\n".repeat(10));
        write("empty.csv", "");
        write("turn.csv", "0,1,2,3\n" + "0.5,0.6,0.7,0\n".repeat(9));
        write("index.csv", ",a,class\n0,5,0\n1,6,1\n");
        byte[] member = TestData.gzip(TestData.csv(false, false).getBytes(StandardCharsets.UTF_8));
        TestData.write(folder, "rest.csv.gz", Arrays.copyOf(member, member.length + 9));
        Files.write(folder.resolve("rest.csv.gz"), new byte[] {1}, StandardOpenOption.APPEND);
        write("plain.csv", TestData.csv(false, false));
        byte[] images = TestData.images();
        TestData.write(folder, "images-idx3-ubyte", images);
        TestData.write(folder, "labels-idx1-ubyte", TestData.labels());
        TestData.write(folder, "cut-images-idx3-ubyte", Arrays.copyOf(images, images.length - 1000));
        byte[] packed = TestData.gzip(images);
        TestData.write(folder, "cut-images-idx3-ubyte.gz", Arrays.copyOf(packed, packed.length / 2));
        TestData.write(folder, "cut-labels-idx1-ubyte", TestData.labels());
        TestData.write(folder, "lone-images-idx3-ubyte", images);
        write("magic-images-idx3-ubyte", "hello");
        Files.write(folder.resolve("utf16.csv"), "1,2\n".getBytes(StandardCharsets.UTF_16));
        Files.write(folder.resolve("arrays.npz"), new byte[] {'P', 'K', 3, 4, 0, 0});
        Files.write(folder.resolve("t.parquet"), new byte[] {'P', 'A', 'R', '1', 0, 0});
        Files.write(folder.resolve("cut.npy"), new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1});
        Files.createDirectory(folder.resolve("sub"));
        assertThat(cli.run("train", "--data", "good.csv", "--model", "m.onnx", "--epochs", "1").exitCode()).isZero();
        assertThat(cli.run("train", "--data", "good.csv", "--model", "r.onnx", "--epochs", "1", "--targets", "17")
                .exitCode())
                .isZero();
        Onnx.write(Network.builder(3).dense(1, Activation.IDENTITY).build(1), folder.resolve("t.onnx"));
        write("t-bf16.onnx", "of another run");
        Onnx.write(Network.of(List.of(Layer.dense(Matrix.row(1.1f, 3.4e38f), new float[1], Activation.IDENTITY)),
                Output.IDENTITY), folder.resolve("far.onnx"));
        byte[] model = Files.readAllBytes(folder.resolve("m.onnx"));
        TestData.write(folder, "cut.onnx", Arrays.copyOf(model, model.length / 2));
        write("text.onnx", "this is no model\n");
        before = files();
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> files() throws Exception {
        try (var list = Files.walk(folder)) {
            return list.map(Path::toString).sorted().toList();
        }
    }

    static Stream<Case> cases() {
        String predict = "predict --model m.onnx --output out.csv --data ";
        String train = "train --model out.onnx --epochs 1 --data ";
        return Stream.of(
                new Case("", "no command"),
                new Case("dance", "dance"),
                new Case("verify", "MODEL"),
                new Case("bench --quick", "the benchmarks are not on the class path", "./samebits bench"),
                new Case("predict --model m.onnx --data good.csv --threads many", "--threads", "many"),
                new Case("predict --model m.onnx --data plain.csv --threads 0", "threads must be 1 to 1024, not 0"),
                new Case("predict --model m.onnx --data plain.csv --as magic", "--as", "magic"),
                new Case(predict + "plain.csv --backend warp", "no backend is called 'warp'", "scalar", "samebits backends"),
                new Case(predict + "utf16.csv", "UTF-16: utf16.csv", "UTF-8"),
                new Case(predict + "arrays.npz", "zip archive", "arrays.npz"),
                new Case(predict + "t.parquet", "Parquet", "t.parquet"),
                new Case(train + "t.parquet", "Parquet", "t.parquet", "to_csv"),
                new Case(train + "good.csv --optimizer lion", "unknown optimizer 'lion'", "adamw", "--optimizer"),
                new Case(train + "good.csv --momentum 0.9", "momentum of adamw must be 0, not 0.9", "--optimizer adamw"),
                new Case(train + "good.csv --optimizer adam --beta2 1", "beta2 of adam must lie from 0 to below 1, not 1.0"),
                new Case(train + "good.csv --schedule step:3", "'step:3' is not a schedule: --schedule", "step:10:0.5"),
                new Case(train + "good.csv --schedule cosine:2", "'cosine:2' is not a schedule: --schedule"),
                new Case(train + "good.csv --schedule plateau:2:1.5", "'plateau:2:1.5' is not a schedule"),
                new Case(train + "good.csv --warm-up 0", "warm-up steps must be at least 1, not 0: --warm-up"),
                new Case(train + "good.csv --warm-up 10", "a warm-up of 10 updates is longer than the training, which has "
                        + "10",
                        "--warm-up", "more --epochs"),
                new Case(train + "good.csv --scaling maximum", "unknown scaling 'maximum': --scaling"),
                new Case(train + "good.csv --measure auc", "unknown measure 'auc': --measure: use loss or errors"),
                new Case(train + "good.csv --validation none --patience 3", "there is no validation to lose patience with"),
                new Case(train + "turn.csv", "the numbers 0 to 3 in turn may be names or data: turn.csv, row 1",
                        "--header yes"),
                new Case(train + "index.csv", "the header has an empty name", "index.csv, row 1, column 1", "--columns"),
                new Case(predict + "rest.csv.gz", "the compressed file is damaged (what stands behind its part 1",
                        "rest.csv.gz"),
                new Case(train + "rest.csv.gz", "the compressed file is damaged (what stands behind its part 1",
                        "rest.csv.gz"),
                new Case(predict + "cut.npy", "header ends too early: cut.npy"),
                new Case(predict + "plain.csv --bad-rows-file b.csv", "no rows are skipped: --bad-rows-file"),
                new Case(predict + "plain.csv --bad-rows maybe", "--bad-rows", "maybe"),
                new Case(predict + "good.csv --id nobody", "no column is called 'nobody' (--id)"),
                new Case(predict + "plain.csv --separator ab", "a separator is one ASCII character, not 'ab'"),
                new Case("predict --model t.onnx --output out.csv --data quote.csv", "a quote is not closed",
                        "quote.csv, row 2"),
                new Case("inspect m.onnx --output-name none", "it has no output 'none': choose one of 'output'"),
                new Case("verify m.onnx --output-name none", "it has no output 'none': choose one of 'output'"),
                new Case("convert --weights bf16 m.onnx --output-name none", "it has no output 'none'"),
                new Case(predict + "plain.csv --output-name none", "it has no output 'none'"),
                new Case("inspect text.onnx", "cannot use the model: text.onnx"),
                new Case("convert --weights bf16 text.onnx", "cannot use the model: text.onnx"),
                new Case("convert --weights bf16 none.onnx", "no such file: none.onnx"),
                new Case("convert --weights bf16", "MODEL"),
                new Case("convert m.onnx", "--weights bf16"),
                new Case("convert --weights int8 m.onnx", "--weights", "int8"),
                new Case("convert --weights bf16 m.onnx m.onnx", "OUT would replace what MODEL reads: m.onnx"),
                new Case("convert --weights bf16 m.onnx t.onnx", "there is a file already: t.onnx: remove it"),
                new Case("convert --weights bf16 t.onnx", "there is a file already: t-bf16.onnx: remove it"),
                new Case("convert --weights bf16 m.onnx -", "OUT and stdout would be one file"),
                new Case("convert --weights bf16 m.onnx sub/none/m.onnx", "no such folder"),
                new Case("convert --weights bf16 m.onnx sub", "this is a folder: sub"),
                new Case("convert --weights bf16 far.onnx", "weight (0, 1) of layer 1 is 3.4E38, and bfloat16 numbers end",
                        "3.3895314E38: far.onnx: use the model as it is"),
                new Case("inspect none.onnx", "no such file: none.onnx"),
                new Case("inspect", "MODEL"),
                new Case(train + "cut.npy", "no labels are given for the rows", "cut.npy"),
                new Case(predict + "none.csv", "no such file: none.csv: "),
                new Case(predict + "sub", "this is a folder: sub: "),
                new Case(predict + "good.csv --columns 1-17", "found 17 columns where the model takes 16",
                        "good.csv, row 1", "--columns"),
                new Case(predict + "names.csv", "2 columns of the model m.onnx are missing: xb, xp", "names.csv, row 1",
                        "--columns"),
                new Case(predict + "twice.csv", "two columns are called 'xb'", "twice.csv, row 1", "rename one"),
                new Case(predict + "wide.csv --columns 1-16", "found 18 columns where the header has 17", "wide.csv, row 2"),
                new Case(predict + "text.csv --columns 1-16", "'abc' is not a number: text.csv, row 2, column 1 (xa)"),
                new Case(predict + "good.csv --columns 1-18", "no column 18", "give 1 to 17"),
                new Case(predict + "good.csv --columns 4-2", "the range 4-2 runs backwards"),
                new Case(predict + "good.csv --columns xa,xz", "no column is called 'xz'", "xa, xb"),
                new Case(predict + "empty.csv", "the file is empty: empty.csv"),
                new Case(predict + "images-idx3-ubyte", "found 784 columns where the model takes 16", "images-idx3-ubyte"),
                new Case(predict + "magic-images-idx3-ubyte", "no IDX file", "68 65 6c 6c"),
                new Case("predict --model m.onnx --data plain.csv --output sub/none/out.csv", "no such folder"),
                new Case("predict --model m.onnx --data plain.csv --output sub", "this is a folder: sub"),
                new Case("predict --model r.onnx --data plain.csv --as probabilities", "gives no probabilities", "--as raw"),
                new Case("predict --model none.onnx --data plain.csv", "no such file: none.onnx"),
                new Case("predict --model cut.onnx --data plain.csv --output out.csv", "cannot use the model: cut.onnx"),
                new Case("verify text.onnx", "cannot use the model: text.onnx"),
                new Case("verify sub", "this is a folder: sub"),
                new Case(train + "good.csv --activation zap", "unknown activation 'zap'", "relu"),
                new Case(train + "good.csv --activation relu:3", "relu:3"),
                new Case(train + "good.csv --output zap", "unknown output 'zap'", "softmax"),
                new Case(train + "good.csv --loss zap", "unknown loss 'zap'", "cross-entropy"),
                new Case(train + "good.csv --loss squared-error", "does not fit the network", "--loss"),
                new Case(train + "good.csv --layers 12,x", "'x' is not a number of neurons"),
                new Case(train + "good.csv --learning-rate 0", "learning rate must be positive"),
                new Case(train + "good.csv --batch 0", "batch must be at least 1"),
                new Case(train + "good.csv --validation 1.5", "neither a file nor a part"),
                new Case(train + "good.csv --validation none.csv", "no such file: none.csv"),
                new Case(train + "good.csv --classes 5",
                        "is not a whole number from 0 to 4: good.csv, row 2, column 17 (class)"),
                new Case(train + "good.csv --label-column kind", "no column is called 'kind'", "xa, xb"),
                new Case(train + "label.csv", ".5 is a number and not a whole one", "label.csv, row 401, column 17 (class)"),
                new Case(train + "gap.csv", "every row has the class '0'", "gap.csv, column 3 (class)"),
                new Case(train + "huge.csv", "'1e39' is beyond the range of floats, ±3.4e38: huge.csv, row 1, column 2"),
                new Case(train + "head.csv", "a header and no rows: head.csv"),
                new Case(train + "quote.csv", "quote.csv", "row 2"),
                new Case(train + "text.csv --header no", "'xa' is not a number: text.csv, row 1, column 1", "--header yes"),
                new Case(train + "cut-images-idx3-ubyte", "ends after 398 of the 400 records", "row 399"),
                new Case(train + "cut-images-idx3-ubyte.gz", "compressed file ends too early: cut-images-idx3-ubyte.gz",
                        "truncated"),
                new Case(predict + "cut-images-idx3-ubyte.gz --columns 1", "--columns chooses columns of CSV",
                        "leave it out"),
                new Case(train + "lone-images-idx3-ubyte", "no such file: lone-labels-idx1-ubyte"),
                new Case(train + "sub", "no such file", "train-images-idx3-ubyte[.gz]"),
                new Case("train --data good.csv --model sub/none/m.onnx", "no such folder"),
                new Case("demo --data sub", "no such file", "train-images-idx3-ubyte[.gz]"),
                new Case("demo --epochs 0", "epochs must be at least 1"));
    }

    // In this JVM: starting one for each takes most of a minute.
    private Cli.Result here(String... arguments) throws IOException {
        String[] placed = Arrays.stream(arguments)
                .map(word -> word.matches(FILES) ? folder.resolve(word).toString() : word).toArray(String[]::new);
        Cli.Result result = Cli.here(placed);
        return new Cli.Result(result.exitCode(), "", result.err().replace(folder + File.separator, ""));
    }

    private static String[] words(Case mistake) {
        return mistake.arguments.isEmpty() ? new String[0] : mistake.arguments.split(" ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void oneLineAndExitCode2(Case mistake) throws Exception {
        check(mistake, here(words(mistake)));
    }

    /** One of each kind as a user runs it: usage, arguments, data, model, training. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("oneOfEachKind")
    void inAJvmOfItsOwn(Case mistake) throws Exception {
        check(mistake, cli.run(words(mistake)));
    }

    static Stream<Case> oneOfEachKind() {
        List<String> kinds = List.of("no command", "cut.onnx", "row 2, column 1 (xa)", "row 2, column 2 (xb)", "truncated");
        return cases().filter(mistake -> kinds.stream().anyMatch(kind -> String.join("\n", mistake.words).contains(kind)));
    }

    private void check(Case mistake, Cli.Result result) throws Exception {
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.errLines().get(0)).startsWith("samebits: ").contains(mistake.words)
                .doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("diverging")
    void divergedTrainingIsToldWithExitCode1(Case mistake) throws Exception {
        Cli.Result result = cli.run(mistake.arguments.split(" "));
        assertThat(result.errLines()).singleElement().asString().startsWith("samebits: training diverged: ")
                .contains(mistake.words);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
    }

    static Stream<Case> diverging() {
        return Stream.of(new Case("train --model out.onnx --data good.csv --targets 17 --learning-rate 1e6 --epochs 9",
                "epoch 1, batch", "lower the learning rate"));
    }
}
