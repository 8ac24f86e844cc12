package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.djl.util.Utils;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of floats to outputs and to classes: labels from the model, else from DJL's synset. */
class RowTranslatorFactoryTest {
    private static final float[] ROW = {5.1f, 3.5f, 1.4f, 0.2f};

    @TempDir
    Path folder;

    private Path write(Network network) throws IOException {
        Path file = folder.resolve("net.onnx");
        Onnx.write(network, file);
        return file;
    }

    private static List<Classifications> classify(Path file, List<float[]> rows, Map<String, Object> arguments)
            throws Exception {
        Criteria<float[], Classifications> criteria = Criteria.builder()
                .setTypes(float[].class, Classifications.class)
                .optModelPath(file)
                .optEngine("Samebits")
                .optTranslatorFactory(new RowTranslatorFactory())
                .optArguments(new HashMap<>(arguments))
                .build();
        try (ZooModel<float[], Classifications> model = criteria.loadModel();
                Predictor<float[], Classifications> predictor = model.newPredictor()) {
            assertThat(predictor.predict(rows.get(0)).getProbabilities())
                    .isEqualTo(predictor.batchPredict(rows).get(0).getProbabilities());
            return predictor.batchPredict(rows);
        }
    }

    private static Classifications classify(Path file, Map<String, Object> arguments) throws Exception {
        return classify(file, List.of(ROW), arguments).get(0);
    }

    private static void assertRefused(Path file, Map<String, Object> arguments, String... parts) {
        assertThatThrownBy(() -> classify(file, arguments)).rootCause().message().contains(parts).hasLineCount(1);
    }

    private static Network softmax(List<String> labels) {
        return Network.builder(4).dense(3, Activation.IDENTITY).softmax().build(1).withNames(Names.NONE.withLabels(labels));
    }

    @Test
    void classesAreCalledAsInTheModel() throws Exception {
        List<float[]> flowers = Iris.flowers();
        List<float[]> bits = Iris.outputs(Iris.sklearn("names"), flowers);
        List<Classifications> classes = classify(Iris.sklearn("names"), flowers, Map.of());
        for (int n = 0; n < flowers.size(); n++) {
            assertThat(classes.get(n).getClassNames()).isEqualTo(Iris.SPECIES);
            for (int k = 0; k < 3; k++) {
                assertThat(classes.get(n).getProbabilities().get(k)).isEqualTo(bits.get(n)[k]);
            }
        }
        assertThat(classify(write(softmax(List.of("a,b", "c\nd", ""))), Map.of("topK", "2")))
                .satisfies(c -> assertThat(c.getClassNames()).containsExactly("a,b", "c\nd", ""))
                .satisfies(c -> assertThat(c.topK()).hasSize(2));
    }

    @Test
    void elseAsInTheSynset() throws Exception {
        Path file = write(softmax(List.of()));
        assertRefused(file, Map.of(), "synset.txt");
        assertThat(classify(file, Map.of("synset", "x,y,z")).getClassNames()).containsExactly("x", "y", "z");
        assertRefused(file, Map.of("synset", "x,y"), "2 classes are named", "3");
        Files.writeString(folder.resolve("synset.txt"), "one\ntwo\nthree\n");
        assertThat(classify(file, Map.of()).getClassNames()).containsExactly("one", "two", "three");
        assertRefused(Iris.sklearn("names"), Map.of("synset", "x,y,z"), "setosa", "[x, y, z]");
    }

    private static List<String> synset(Model model) throws IOException {
        return model.getArtifact("synset.txt", Utils::readLines);
    }

    /** Translators that read synset.txt find the model's own names there. */
    @Test
    void theModelHasASynset() throws Exception {
        try (Model model = Model.newInstance("iris", "Samebits")) {
            model.load(write(softmax(List.of("one", "two", "three"))));
            assertThat(synset(model)).containsExactly("one", "two", "three");
        }
        try (Model model = Model.newInstance("iris", "Samebits")) {
            model.load(write(softmax(List.of("one", "two\nlines", "three"))));
            assertThatThrownBy(() -> synset(model)).isInstanceOf(IOException.class)
                    .hasMessageContaining("two\nlines");
            Files.writeString(folder.resolve("synset.txt"), "x");
            assertThat(synset(model)).containsExactly("x");
        }
    }

    @Test
    void oneOutputTellsTwoClassesApart() throws Exception {
        Network network = Network.builder(4).dense(1, Activation.LOGISTIC).build(1)
                .withNames(Names.NONE.withLabels(List.of("no", "yes")));
        Path file = write(network);
        double yes = Iris.outputs(file, List.of(ROW)).get(0)[0];
        assertThat(classify(file, Map.of()).getProbabilities()).containsExactly(1 - yes, yes);
    }

    @Test
    void probabilitiesAreProbabilities() throws Exception {
        List<String> labels = List.of("a", "b", "c");
        Network logits = Network.builder(4).dense(3, Activation.IDENTITY).build(1).withNames(Names.NONE.withLabels(labels));
        assertRefused(write(logits), Map.of(), "no probabilities", "applySoftmax");
        float[] y = new float[3];
        try (InferenceSession session = Backends.named("scalar").open(logits)) {
            session.backend().kernels().softmax(Matrix.row(session.predict(ROW)), Matrix.row(y));
        }
        assertThat(classify(write(logits), Map.of("applySoftmax", "true")).getProbabilities())
                .containsExactly((double) y[0], (double) y[1], (double) y[2]);
        assertRefused(write(softmax(labels)), Map.of("applySoftmax", "true"), "leave the argument applySoftmax out");
        Network log = Network.builder(4).dense(3, Activation.IDENTITY).logSoftmax().build(1)
                .withNames(Names.NONE.withLabels(labels));
        float[] logs = Iris.outputs(write(log), List.of(ROW)).get(0);
        assertThat(classify(write(log), Map.of()).getProbabilities()).containsExactly(
                StrictMath.exp(logs[0]), StrictMath.exp(logs[1]), StrictMath.exp(logs[2]));
    }

    @Test
    void aRowWithoutNumbersHasNoClass() throws Exception {
        float[] nan = {1, Float.NaN, 1, 1};
        assertThatThrownBy(() -> classify(Iris.sklearn("names"), List.of(ROW, nan), Map.of()))
                .isInstanceOf(TranslateException.class).hasMessageContaining("row 1: its outputs have NaN");
    }

    @Test
    void rowsAreCheckedByNumber() throws Exception {
        try (Model model = Model.newInstance("iris", "Samebits")) {
            model.load(Iris.MODEL);
            RowTranslatorFactory factory = new RowTranslatorFactory();
            try (Predictor<float[], float[]> predictor = model.newPredictor(
                    factory.newInstance(float[].class, float[].class, model, null))) {
                assertThatThrownBy(() -> predictor.batchPredict(List.of(ROW, ROW, new float[3]))).rootCause()
                        .hasMessage("row 2 has 3 numbers, but the network takes 4 inputs: give as many");
                assertThat(predictor.batchPredict(List.of())).isEmpty();
                Iris.assertSame(predictor.predict(ROW), Iris.outputs(Iris.MODEL, List.of(ROW)).get(0), "a row");
            }
            assertThatThrownBy(() -> factory.newInstance(String.class, float[].class, model, null))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("java.lang.String");
        }
        try (Model other = Model.newInstance("iris", "OnnxRuntime")) {
            assertThatThrownBy(() -> new RowTranslatorFactory().newInstance(float[].class, float[].class, other, null))
                    .isInstanceOf(TranslateException.class).hasMessageContaining("optEngine(\"Samebits\")");
        }
    }
}
