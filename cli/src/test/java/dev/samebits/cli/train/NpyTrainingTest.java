package dev.samebits.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.cli.Cli;
import dev.samebits.cli.data.npy.NpyFile;
import dev.samebits.onnx.Onnx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows and labels as NumPy saves them train the model that the same numbers in CSV train. */
class NpyTrainingTest {
    private static final int ROWS = 150;

    @TempDir
    Path folder;

    /** Seed 3: two inputs, three classes and a quantity. */
    @BeforeEach
    void write() throws Exception {
        Random random = new Random(3);
        StringBuilder classes = new StringBuilder();
        StringBuilder values = new StringBuilder();
        ByteBuffer x = little(ROWS * 2 * 8);
        ByteBuffer labels = little(ROWS * 8);
        ByteBuffer quantities = little(ROWS * 4);
        for (int n = 0; n < ROWS; n++) {
            float a = random.nextFloat();
            float b = 10 * random.nextFloat();
            int label = a + b / 10 > 1.2 ? 2 : a > 0.5 ? 1 : 0;
            float value = 3 * a - b;
            classes.append(a).append(',').append(b).append(',').append(label).append('\n');
            values.append(a).append(',').append(b).append(',').append(value).append('\n');
            x.putDouble(a).putDouble(b);
            labels.putLong(label);
            quantities.putFloat(value);
        }
        Files.writeString(folder.resolve("classes.csv"), classes);
        Files.writeString(folder.resolve("values.csv"), values);
        save("x.npy", "<f8", ROWS + ", 2", x);
        save("labels.npy", "<i8", ROWS + ",", labels);
        save("values.npy", "<f4", ROWS + ", 1", quantities);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void save(String name, String type, String shape, ByteBuffer values) throws Exception {
        Files.write(folder.resolve(name), NpyFile.file(1, NpyFile.header(type, shape), values.array()));
    }

    private Cli.Result run(String data, String model, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("train", "--data", folder.resolve(data).toString(), "--model",
                folder.resolve(model).toString(), "--epochs", "4"));
        for (String word : more) {
            words.add(word.matches(".*\\.(npy|ckpt|onnx)") ? folder.resolve(word).toString() : word);
        }
        return Cli.here(words.toArray(String[]::new));
    }

    private void same(String csv, String labels, String... more) throws Exception {
        assertThat(run(csv, "csv.onnx", more).exitCode()).isZero();
        Cli.Result npy = run("x.npy", "npy.onnx", "--labels", labels, "--checkpoint", "c.ckpt");
        assertThat(npy.exitCode()).as(npy.err()).isZero();
        assertThat(Onnx.read(folder.resolve("npy.onnx")).fingerprint())
                .isEqualTo(Onnx.read(folder.resolve("csv.onnx")).fingerprint());
    }

    @Test
    void classesAndQuantities() throws Exception {
        same("classes.csv", "labels.npy");
        same("values.csv", "values.npy", "--targets", "3");
    }

    private void refused(String why, String data, String... more) throws Exception {
        Cli.Result result = run(data, "refused.onnx", more);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("samebits: " + why);
    }

    @Test
    void checkpointsAndModelsGoOn() throws Exception {
        same("classes.csv", "labels.npy");
        assertThat(run("x.npy", "again.onnx", "--labels", "labels.npy", "--resume", "c.ckpt").exitCode()).isZero();
        assertThat(folder.resolve("again.onnx")).hasSameBinaryContentAs(folder.resolve("npy.onnx"));
        Cli.Result from = run("x.npy", "more.onnx", "--labels", "labels.npy", "--from", "npy.onnx");
        assertThat(from.exitCode()).as(from.err()).isZero();
        refused("found 1 targets where ", "x.npy", "--labels", "values.npy", "--from", "npy.onnx");
    }

    @Test
    void whatDoesNotFitIsRefused() throws Exception {
        refused("no labels are given for the rows: ", "x.npy");
        refused("--columns chooses columns of CSV files, and this is NPY: ", "x.npy", "--columns", "1");
        refused("labels must be one whole number each, not 2: ", "values.npy", "--labels", "wide.npy", () ->
                save("wide.npy", "<i4", ROWS + ", 2", little(ROWS * 8)));
        refused("found 3 labels for the 150 rows of ", "x.npy", "--labels", "few.npy", () ->
                save("few.npy", "|u1", "3", ByteBuffer.wrap(new byte[3])));
        refused("the label -1.0 is not one of the classes 0 to ", "x.npy", "--labels", "less.npy", () ->
                save("less.npy", "|i1", String.valueOf(ROWS), ByteBuffer.allocate(ROWS).put(7, (byte) -1)));
        refused("the value is NaN, and training takes finite floats: ", "bad.npy", "--labels", "labels.npy", () ->
                save("bad.npy", "<f4", ROWS + ", 1", little(ROWS * 4).putFloat(40, Float.NaN)));
        refused("the file ends after 2 of the 150 records its header states: ", "x.npy", "--labels", "cut.npy", () ->
                save("cut.npy", "<f4", String.valueOf(ROWS), little(8)));
    }

    /** Makes a file. */
    private interface Making {
        void run() throws Exception;
    }

    private void refused(String why, String data, String option, String file, Making making) throws Exception {
        making.run();
        refused(why, data, option, file);
    }
}
