package dev.samebits.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Matrix;
import dev.samebits.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that PyTorch, scikit-learn and Keras write, with the outputs that their own library gives. */
class ExportedModelsTest {
    private static final Path FOLDER = Path.of("src/test/resources/models");

    static List<String> models() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".onnx"))
                    .map(name -> name.substring(0, name.length() - ".onnx".length())).sorted().toList();
        }
    }

    /** Those whose bytes are structure more than weights. */
    static List<String> smallModels() throws IOException {
        List<String> small = new ArrayList<>();
        for (String name : models()) {
            if (Files.size(FOLDER.resolve(name + ".onnx")) < 3_000) {
                small.add(name);
            }
        }
        return small;
    }

    static byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(name + ".onnx"));
    }

    private static float[] floats(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(FOLDER.resolve(name));
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    private static OnnxModel read(String name) throws IOException {
        return Onnx.readModel(FOLDER.resolve(name + ".onnx"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void givesTheOutputsOfItsLibrary(String name) throws IOException {
        OnnxModel model = read(name);
        float[] x = floats(name + ".input.bin");
        float[] want = floats(name + ".output.bin");
        int rows = x.length / model.network().inputs();
        assertThat(x.length).isEqualTo(rows * model.network().inputs());
        Matrix got = Networks.predict(model.network(), Matrix.of(rows, model.network().inputs(), x));
        assertThat(want).hasSize(got.data().length);
        for (int i = 0; i < want.length; i++) {
            assertThat((double) got.data()[i]).as("%s, output %d", name, i).isCloseTo(want[i],
                    within(1e-5 * Math.max(1, Math.abs(want[i]))));
        }
        Path labels = FOLDER.resolve(name + ".labels.txt");
        assertThat(model.network().names().labels()).isEqualTo(Files.exists(labels) ? Files.readAllLines(labels) : List.of());
    }

    static List<String> graphs() throws IOException {
        return models().stream().filter(name -> name.startsWith("torch-graph-")).toList();
    }

    /** ONNX Runtime scores each of them, and each is written and read back as the same network. */
    @ParameterizedTest
    @MethodSource("graphs")
    void areScoredAlikeByOnnxRuntime(String name) throws Exception {
        Network network = read(name).network();
        float[] x = floats(name + ".input.bin");
        Matrix rows = Matrix.of(x.length / network.inputs(), network.inputs(), x);
        Matrix got = Networks.predict(network, rows);
        close(name, got, OnnxRuntime.run(bytes(name), network, rows));
        byte[] written = Networks.write(network);
        Network back = Onnx.read(written);
        assertThat(back.fingerprint()).isEqualTo(network.fingerprint());
        assertThat(Networks.predict(back, rows).data()).isEqualTo(got.data());
        close(name + " written", got, OnnxRuntime.run(written, network, rows));
    }

    private static void close(String name, Matrix got, Matrix want) {
        for (int i = 0; i < got.data().length; i++) {
            assertThat((double) got.data()[i]).as("%s, output %d", name, i).isCloseTo(want.data()[i],
                    within(1e-5 * Math.max(1, Math.abs(want.data()[i]))));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            torch-activations-12 | 6 → 6 logistic → 6 tanh → 6 relu → 6 elu:1.0 → 6 elu:1.6732632 → 6 elu:1.0 \
            → 6 leaky-relu:0.01 → 6 hard-tanh:-1.0:1.0 → 6 hard-tanh:0.0:6.0 → 6 hard-logistic:0.16666667:0.5 \
            → 6 softplus → 6 softplus → 6 swish:1.0 → 6 gelu → 6 gelu-tanh → 6 gelu-logistic → 6 sine → 6 prelu → 6 prelu
            torch-images-9       | 12 → 5 relu → 3 identity → log-softmax
            torch-maxout         | 4 → 2 maxout of 3
            torch-double         | 4 → 5 softplus → 2 identity → softmax
            torch-half-external  | 4 → 6 gelu → 2 identity
            sklearn-iris-names   | 4 → 6 relu → 3 identity → softmax
            sklearn-iris-binary  | 4 → 5 relu → 2 identity → softmax
            keras-forms          | 5 → 6 leaky-relu:0.2 → 6 prelu → 6 hard-logistic:0.2:0.5 → 6 gelu \
            → 6 swish:1.0 → 3 identity
            """)
    void isTheNetworkThatWasTrained(String name, String layers) throws IOException {
        assertThat(read(name).network().toString()).startsWith(layers);
    }

    @Test
    void saysWhatItDid() throws IOException {
        assertThat(read("torch-maxout").notes()).isEmpty();
        assertThat(read("torch-double").notes()).anyMatch(note -> note.contains("type double are rounded to float"));
        assertThat(read("torch-half-external").notes()).as("it casts its weights to float itself").isEmpty();
        assertThat(read("torch-images-9").notes()).anyMatch(note -> note.contains("folded into the weights of layer 1"));
        assertThat(read("sklearn-iris-names").output()).isEqualTo("probabilities");
        assertThat(read("sklearn-iris-names").producer()).startsWith("sklearn");
    }

    /** As other runtimes give them. */
    @Test
    void tellsTheOutputsOfTheFile() throws IOException {
        List<String> species = List.of("setosa", "versicolor", "virginica");
        assertThat(read("sklearn-iris-names").outputs()).containsExactly(
                new OnnxOutput("output_label", "string", true, true, species),
                new OnnxOutput("output_probability", "undefined", true, false, species));
        assertThat(read("sklearn-iris-numbers").outputs()).extracting(OnnxOutput::type).containsExactly("int64", "float");
        assertThat(read("torch-double").outputs()).hasSize(1).allMatch(output -> !output.isClass());
    }
}
