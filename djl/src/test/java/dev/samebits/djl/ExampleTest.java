package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.modality.cv.transform.ToTensor;
import ai.djl.modality.cv.translator.ImageClassificationTranslator;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.zoo.tabular.softmax_regression.IrisClassificationTranslatorFactory;
import ai.djl.onnxruntime.zoo.tabular.softmax_regression.IrisFlower;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.training.ParameterStore;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import dev.samebits.onnx.OnnxOutput;
import dev.samebits.train.Classification;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DJL's own example for ONNX Runtime, the flowers of a model that scikit-learn trained, with nothing but the engine's name
 * changed: by a translator as its notebook writes it, and by that of its model zoo, with the options of its test.
 */
class ExampleTest {
    @TempDir
    Path folder;

    private static final class MyTranslator implements Translator<IrisFlower, Classifications> {
        private final List<String> synset = Arrays.asList("setosa", "versicolor", "virginica");

        @Override
        public NDList processInput(TranslatorContext ctx, IrisFlower input) {
            float[] data = {input.getSepalLength(), input.getSepalWidth(), input.getPetalLength(), input.getPetalWidth()};
            NDArray array = ctx.getNDManager().create(data, new Shape(1, 4));
            return new NDList(array);
        }

        @Override
        public Classifications processOutput(TranslatorContext ctx, NDList list) {
            return new Classifications(synset, list.get(1));
        }

        @Override
        public Batchifier getBatchifier() {
            return null;
        }
    }

    private static List<Classifications> ofTheNotebook(String engine, String modelUrl) throws Exception {
        Criteria<IrisFlower, Classifications> criteria = Criteria.builder()
                .setTypes(IrisFlower.class, Classifications.class)
                .optModelUrls(modelUrl)
                .optTranslator(new MyTranslator())
                .optEngine(engine)
                .build();
        return classify(criteria);
    }

    private static List<Classifications> ofTheZoo(String engine, String modelUrl) throws Exception {
        Criteria<IrisFlower, Classifications> criteria = Criteria.builder()
                .setTypes(IrisFlower.class, Classifications.class)
                .optModelUrls(modelUrl)
                .optTranslatorFactory(new IrisClassificationTranslatorFactory())
                .optEngine(engine)
                .optOption("interOpNumThreads", "1")
                .optOption("intraOpNumThreads", "1")
                .optOption("executionMode", "SEQUENTIAL")
                .optOption("optLevel", "NO_OPT")
                .optOption("memoryPatternOptimization", "true")
                .optOption("cpuArenaAllocator", "true")
                .build();
        return classify(criteria);
    }

    private static List<Classifications> classify(Criteria<IrisFlower, Classifications> criteria) throws Exception {
        List<Classifications> classes = new ArrayList<>();
        try (ZooModel<IrisFlower, Classifications> model = criteria.loadModel();
                Predictor<IrisFlower, Classifications> predictor = model.newPredictor()) {
            for (float[] flower : Iris.flowers()) {
                classes.add(predictor.predict(new IrisFlower(flower[0], flower[1], flower[2], flower[3])));
            }
        }
        return classes;
    }

    @Test
    void runsByTheEnginesNameAlone() throws Exception {
        Path file = Iris.sklearn("numbers");
        String url = Iris.zip(folder.resolve("iris_flowers.zip"), "iris_flowers.onnx", file).toUri().toString();
        List<float[]> bits = Iris.outputs(file, Iris.flowers());
        List<Classifications> theirs = ofTheNotebook("OnnxRuntime", url);
        for (List<Classifications> ours : List.of(ofTheNotebook("Samebits", url), ofTheZoo("Samebits", url))) {
            for (int n = 0; n < bits.size(); n++) {
                assertThat(ours.get(n).getClassNames()).isEqualTo(Iris.SPECIES);
                for (int k = 0; k < 3; k++) {
                    double probability = ours.get(n).getProbabilities().get(k);
                    assertThat(probability).as("flower %d, class %d", n, k).isEqualTo(bits.get(n)[k]);
                    assertThat(probability).as("flower %d, class %d", n, k)
                            .isCloseTo(theirs.get(n).getProbabilities().get(k), within(1e-5));
                }
                assertThat(ours.get(n).best().getClassName()).isEqualTo(theirs.get(n).best().getClassName());
            }
        }
    }

    private static NDList all(NDManager manager, Path file) throws Exception {
        Criteria<NDList, NDList> criteria = Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optModelPath(file)
                .optEngine(manager.getEngine().getEngineName())
                .build();
        try (ZooModel<NDList, NDList> model = criteria.loadModel();
                Predictor<NDList, NDList> predictor = model.newPredictor()) {
            return predictor.predict(new NDList(manager.create(Iris.joined(Iris.flowers()), new Shape(150, 4))));
        }
    }

    /**
     * The class as text or as a number, and the probabilities: the arrays that DJL's engine for ONNX Runtime gives, by the
     * same names. Of probabilities by named classes that engine loses the order, which is that of a HashMap's values.
     */
    @ParameterizedTest
    @ValueSource(strings = {"names", "numbers"})
    void givesTheOutputsOfTheFile(String name) throws Exception {
        try (NDManager their = NDManager.newBaseManager("OnnxRuntime");
                NDManager our = NDManager.newBaseManager("Samebits")) {
            NDList theirs = all(their, Iris.sklearn(name));
            NDList ours = all(our, Iris.sklearn(name));
            assertThat(ours).hasSameSizeAs(theirs).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(ours.get(i).getName()).isEqualTo(theirs.get(i).getName());
                assertThat(ours.get(i).getShape()).isEqualTo(theirs.get(i).getShape());
                assertThat(ours.get(i).getDataType()).isEqualTo(theirs.get(i).getDataType());
            }
            if (name.equals("names")) {
                assertThat(ours.get(0).toStringArray()).isEqualTo(theirs.get(0).toStringArray());
                assertThat(sortedRows(ours.get(1))).containsExactly(sortedRows(theirs.get(1)), within(1e-5f));
            } else {
                assertThat(ours.get(0).toLongArray()).isEqualTo(theirs.get(0).toLongArray());
                assertThat(ours.get(1).toFloatArray()).containsExactly(theirs.get(1).toFloatArray(), within(1e-5f));
            }
        }
    }

    /** Whoever reads the class of such a row is told; its values, and the other rows, are as they are. */
    @Test
    void aRowWithoutNumbersHasNoClass() throws Exception {
        List<float[]> rows = new ArrayList<>(Iris.flowers().subList(0, 3));
        rows.set(1, new float[] {1, Float.NaN, 1, 1});
        for (String name : List.of("names", "numbers")) {
            try (Model model = Model.newInstance("iris", "Samebits");
                    NDManager manager = model.getNDManager().newSubManager()) {
                model.load(Iris.sklearn(name));
                NDList list = model.getBlock().forward(new ParameterStore(manager, false),
                        new NDList(manager.create(Iris.joined(rows), new Shape(3, 4))), false);
                Iris.assertSame(list.get(1).toFloatArray(), Iris.joined(Iris.outputs(Iris.sklearn(name), rows)), name);
                NDArray classes = list.get(0);
                assertThatThrownBy(() -> read(classes)).isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("row 1 has NaN").message().hasLineCount(1);
                NDList each = classes.split(3);
                assertThatThrownBy(() -> read(each.get(1))).hasMessageContaining("row 1 has NaN");
                for (int n : new int[] {0, 2}) {
                    int number = Classification.classOf(Matrix.row(list.get(1).get(n).toFloatArray()), 0);
                    String want = Onnx.read(Iris.sklearn(name)).names().labels().get(number);
                    assertThat(read(each.get(n))).isEqualTo(want);
                    assertThat(read(each.get(n).duplicate().concat(each.get(1)).get("0:1"))).isEqualTo(want);
                }
                assertThat(classes).isEqualTo(classes.duplicate()).isNotEqualTo(each.get(0)).isNotEqualTo(list.get(1));
                assertThat(classes.toString()).startsWith("output_label: (3) ").containsPattern("\\[\\w+, -, \\w+]$");
                assertThatThrownBy(() -> classes.set(new long[3])).isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    @Test
    void refusesClassesOfAnotherType() throws Exception {
        for (String type : List.of("float", "undefined")) {
            assertThatThrownBy(() -> ClassElements.type(new OnnxOutput("label", type, true, true, List.of())))
                    .isInstanceOf(UnfitException.class).hasMessageContaining("output 'label': it gives classes as " + type);
        }
        assertThatThrownBy(() -> ClassElements.type(new OnnxOutput("label", "int64", true, true, List.of("1", "x"))))
                .isInstanceOf(UnfitException.class).hasMessageContaining("[1, x]");
        assertThat(ClassElements.type(new OnnxOutput("label", "int32", true, true, List.of("-1", "7"))))
                .isEqualTo(DataType.INT32);
    }

    /** DJL's own translator of pictures, for a network that tells its classes. */
    @Test
    void classifiesPictures() throws Exception {
        Network network = Network.builder(18).dense(5, Activation.TANH).dense(2, Activation.IDENTITY).softmax().build(3)
                .withNames(Names.NONE.withLabels(List.of("cat", "dog")));
        Onnx.write(network, folder.resolve("pictures.onnx"));
        BufferedImage picture = new BufferedImage(2, 3, BufferedImage.TYPE_INT_RGB);
        float[] row = new float[18];
        for (int p = 0; p < 6; p++) {
            picture.setRGB(p % 2, p / 2, 0x10203 * (p + 1));
            row[p] = (p + 1) / 255f;
            row[6 + p] = 2 * (p + 1) / 255f;
            row[12 + p] = 3 * (p + 1) / 255f;
        }
        Criteria<Image, Classifications> criteria = Criteria.builder()
                .setTypes(Image.class, Classifications.class)
                .optModelPath(folder.resolve("pictures.onnx"))
                .optTranslator(ImageClassificationTranslator.builder().addTransform(new ToTensor()).build())
                .optEngine("Samebits")
                .build();
        try (ZooModel<Image, Classifications> model = criteria.loadModel();
                Predictor<Image, Classifications> predictor = model.newPredictor()) {
            Classifications classes = predictor.predict(ImageFactory.getInstance().fromImage(picture));
            float[] want = Iris.outputs(folder.resolve("pictures.onnx"), List.of(row)).get(0);
            assertThat(classes.getClassNames()).containsExactly("cat", "dog");
            assertThat(classes.getProbabilities()).containsExactly((double) want[0], (double) want[1]);
        }
    }

    private static String read(NDArray classes) {
        return classes.getDataType() == DataType.STRING ? classes.toStringArray()[0] : "" + classes.toLongArray()[0];
    }

    private static float[] sortedRows(NDArray array) {
        float[] values = array.toFloatArray();
        int columns = (int) array.getShape().get(1);
        for (int from = 0; from < values.length; from += columns) {
            Arrays.sort(values, from, from + columns);
        }
        return values;
    }
}
