package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The flowers of examples/iris, its model and those of scikit-learn, and what the scalar backend makes of them. */
final class Iris {
    static final Path FOLDER = Path.of("../examples/iris").toAbsolutePath().normalize();
    static final Path MODEL = FOLDER.resolve("iris.onnx");
    static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

    private Iris() {}

    /** A model that scikit-learn's exporter wrote: the class, and the probabilities. */
    static Path sklearn(String name) {
        return Path.of("../onnx/src/test/resources/models/sklearn-iris-" + name + ".onnx").toAbsolutePath().normalize();
    }

    static List<float[]> flowers() throws IOException {
        List<float[]> flowers = new ArrayList<>();
        List<String> lines = Files.readAllLines(FOLDER.resolve("iris.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            float[] flower = new float[4];
            for (int i = 0; i < flower.length; i++) {
                flower[i] = Float.parseFloat(fields[i]);
            }
            flowers.add(flower);
        }
        assertThat(flowers).hasSize(150);
        return flowers;
    }

    /** The outputs of a bare session, row by row. */
    static List<float[]> outputs(Path model, List<float[]> rows) throws IOException {
        try (InferenceSession session = Backends.named("scalar").open(Onnx.read(model))) {
            return rows.stream().map(session::predict).toList();
        }
    }

    /** Bit for bit. */
    static void assertSame(List<float[]> got, List<float[]> want) {
        assertThat(got).hasSameSizeAs(want);
        for (int n = 0; n < want.size(); n++) {
            assertSame(got.get(n), want.get(n), "row " + n);
        }
    }

    static void assertSame(float[] got, float[] want, String what) {
        assertThat(got.length).as(what).isEqualTo(want.length);
        for (int i = 0; i < want.length; i++) {
            assertThat(Float.floatToRawIntBits(got[i])).as("%s, output %d: %s, want %s", what, i, got[i], want[i])
                    .isEqualTo(Float.floatToRawIntBits(want[i]));
        }
    }

    /** Rows one behind the other. */
    static float[] joined(List<float[]> rows) {
        float[] all = new float[rows.size() * rows.get(0).length];
        for (int n = 0; n < rows.size(); n++) {
            System.arraycopy(rows.get(n), 0, all, n * rows.get(n).length, rows.get(n).length);
        }
        return all;
    }

    /** An archive with one file. */
    static Path zip(Path archive, String entry, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(Files.readAllBytes(file));
            zip.closeEntry();
        }
        return archive;
    }
}
