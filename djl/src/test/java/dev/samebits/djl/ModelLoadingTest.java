package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.LambdaBlock;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.sun.net.httpserver.HttpServer;
import dev.samebits.Activation;
import dev.samebits.BackendUnavailableException;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import dev.samebits.table.CategoryColumn;
import dev.samebits.table.Preparation;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From wherever DJL's users have their models: a file, a folder, an archive, a URL, a jar, a stream. */
class ModelLoadingTest {
    @TempDir
    Path folder;

    private static Criteria.Builder<float[], float[]> rows() {
        return Criteria.builder().setTypes(float[].class, float[].class).optEngine("Samebits")
                .optTranslatorFactory(new RowTranslatorFactory());
    }

    private static void assertScores(Criteria.Builder<float[], float[]> criteria) throws Exception {
        try (ZooModel<float[], float[]> model = criteria.build().loadModel();
                Predictor<float[], float[]> predictor = model.newPredictor()) {
            Iris.assertSame(predictor.batchPredict(Iris.flowers()), Iris.outputs(Iris.MODEL, Iris.flowers()));
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(Engine.hasEngine("Samebits")).isTrue();
        assertThat(Engine.getDefaultEngineName()).as("nobody gets it without asking").isEqualTo("OnnxRuntime");
        assertThat(Engine.getEngine("Samebits").getAlternativeEngine()).isNull();
    }

    @Test
    void fromAFile() throws Exception {
        assertScores(rows().optModelPath(Iris.MODEL));
        assertScores(rows().optModelUrls(Iris.MODEL.toUri().toString()));
        Path other = Files.copy(Iris.MODEL, folder.resolve("any name"));
        assertScores(rows().optModelPath(other));
    }

    @Test
    void fromAFolder() throws Exception {
        assertScores(rows().optModelPath(Iris.FOLDER));
        Path models = Files.createDirectory(folder.resolve("scores"));
        Files.copy(Iris.MODEL, models.resolve("flowers.onnx"));
        Files.copy(Iris.sklearn("names"), models.resolve("sk.onnx"));
        assertScores(rows().optModelPath(models).optModelName("flowers"));
        assertScores(rows().optModelPath(models).optModelName("flowers.onnx"));
        assertScores(rows().optModelUrls(models.toUri() + "?model_name=flowers"));
        assertThatThrownBy(() -> rows().optModelPath(models).build().loadModel()).isInstanceOf(FileNotFoundException.class)
                .hasMessageContainingAll("scores.onnx", "model.onnx", "it has flowers.onnx, sk.onnx", "optModelName")
                .message().hasLineCount(1);
        Files.move(models.resolve("flowers.onnx"), models.resolve("model.onnx"));
        assertScores(rows().optModelPath(models));
        try (Model model = Model.newInstance("x", "Samebits")) {
            assertThatThrownBy(() -> model.load(models, "flowers")).isInstanceOf(FileNotFoundException.class)
                    .hasMessageContaining("none of flowers, flowers.onnx");
            assertThatThrownBy(() -> model.load(folder.resolve("nowhere"))).isInstanceOf(FileNotFoundException.class)
                    .hasMessageContaining("no such folder");
            model.load(models, "model");
            assertThatThrownBy(() -> model.load(models, "model")).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has been loaded");
        }
    }

    @Test
    void fromAnArchive() throws Exception {
        Path archive = Iris.zip(folder.resolve("iris.zip"), "iris/iris.onnx", Iris.MODEL);
        assertScores(rows().optModelPath(archive));
        assertScores(rows().optModelUrls(archive.toUri().toString()));
    }

    @Test
    void fromAServer() throws Exception {
        byte[] archive = Files.readAllBytes(Iris.zip(folder.resolve("iris.zip"), "iris.onnx", Iris.MODEL));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models/iris.zip", exchange -> {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : archive.length);
            if (!head) {
                exchange.getResponseBody().write(archive);
            }
            exchange.close();
        });
        server.start();
        // DJL asks public addresses alone unless told.
        System.setProperty("ai.djl.allow_insecure_url", "true");
        try {
            assertScores(rows().optModelUrls("http://localhost:" + server.getAddress().getPort() + "/models/iris.zip"));
        } finally {
            System.clearProperty("ai.djl.allow_insecure_url");
            server.stop(0);
        }
    }

    @Test
    void fromAJar() throws Exception {
        Path inner = Iris.zip(folder.resolve("inner.zip"), "iris.onnx", Iris.MODEL);
        Path archived = Iris.zip(folder.resolve("archived.jar"), "models/iris.zip", inner);
        Path plain = Iris.zip(folder.resolve("plain.jar"), "models/iris.onnx", Iris.MODEL);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader jars = new URLClassLoader(new URL[] {archived.toUri().toURL(), plain.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(jars);
            assertScores(rows().optModelUrls("jar:///models/iris.onnx"));
            assertScores(rows().optModelUrls("jar:///models/iris.zip?model_name=iris"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void fromAStream() throws Exception {
        try (Model model = Model.newInstance("iris", "Samebits"); InputStream in = Files.newInputStream(Iris.MODEL)) {
            model.load(in);
            assertThat(model.getBlock()).hasToString("Samebits: 4 → 16 tanh → 3 identity → softmax");
            assertThatThrownBy(() -> model.getArtifactAsStream("synset.txt")).isInstanceOf(FileNotFoundException.class);
        }
    }

    @Test
    void refusesWhatIsNoModel() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.onnx"), "no model");
        assertThatThrownBy(() -> rows().optModelPath(broken).build().loadModel())
                .isInstanceOf(MalformedModelException.class).hasMessageContaining("broken.onnx: byte")
                .message().hasLineCount(1);
        try (Model model = Model.newInstance("x", "Samebits")) {
            assertThatThrownBy(() -> model.setBlock(LambdaBlock.singleton(array -> array)))
                    .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("setBlock");
        }
    }

    @Test
    void refusesAModelOfRawColumns() throws Exception {
        Path file = folder.resolve("people.onnx");
        Onnx.write(new Preparation(List.of(new CategoryColumn("job", List.of("clerk", "welder"), false))),
                Network.builder(2).dense(2, Activation.IDENTITY).build(1), file);
        try (Model model = Model.newInstance("people", "Samebits")) {
            assertThatThrownBy(() -> model.load(file)).isInstanceOf(MalformedModelException.class)
                    .hasMessage(file + ": the model takes raw columns, for which DJL has no array: read it with"
                            + " Onnx.readModel, make rows with its preparation(), and give them to its network() saved by"
                            + " itself with Onnx.write");
        }
    }

    @Test
    void takesOptions() throws Exception {
        for (String backend : List.of("scalar", "SIMD")) {
            try (Model model = Model.newInstance("iris", "Samebits")) {
                model.load(Iris.MODEL, null, Map.of("backend", backend, "threads", "3", "warmUp", 1));
                SamebitsBlock block = (SamebitsBlock) model.getBlock();
                assertThat(block.session().backend().name()).isEqualToIgnoringCase(backend);
                assertThat(block.session().threads()).isEqualTo(3);
            }
        }
        try (Model model = Model.newInstance("iris", "Samebits")) {
            model.load(Iris.MODEL, null, Map.of("intraOpNumThreads", "2", "optLevel", "NO_OPT"));
            assertThat(((SamebitsBlock) model.getBlock()).session().threads()).isEqualTo(2);
        }
        assertRefused(Map.of("threads", "many"), IllegalArgumentException.class, "option threads: 'many'");
        assertRefused(Map.of("threads", "-1"), IllegalArgumentException.class, "option threads: '-1'");
        assertRefused(Map.of("threads", "0"), IllegalArgumentException.class, "1 to 1024");
        assertRefused(Map.of("backend", "cuda"), BackendUnavailableException.class, "'cuda'");
        assertRefused(Map.of("warmUp", "x"), IllegalArgumentException.class, "option warmUp");
    }

    private static void assertRefused(Map<String, ?> options, Class<?> type, String message) {
        try (Model model = Model.newInstance("iris", "Samebits")) {
            assertThatThrownBy(() -> model.load(Iris.MODEL, null, options)).isInstanceOf(type).hasMessageContaining(message)
                    .message().hasLineCount(1);
        }
    }

    @Test
    void runsOnTheProcessor() {
        assertThatThrownBy(() -> Model.newInstance("x", Device.gpu(), "Samebits"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gpu(0)");
        assertThatThrownBy(() -> NDManager.newBaseManager(Device.gpu(), "Samebits"))
                .isInstanceOf(IllegalArgumentException.class);
        try (Model model = Model.newInstance("x", Device.cpu(), "Samebits")) {
            assertThat(model.getNDManager().getDevice()).isEqualTo(Device.cpu());
        }
    }
}
