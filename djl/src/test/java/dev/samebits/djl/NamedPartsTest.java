package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.GraphBuilder;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.Value;
import dev.samebits.onnx.Onnx;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model with several named inputs and outputs takes an array for each, by name or in order, and gives one for each. */
class NamedPartsTest {
    @TempDir
    Path folder;

    private Network network;
    private Model model;
    private NDManager manager;

    @BeforeEach
    void load() throws Exception {
        GraphBuilder g = Network.graph();
        Value user = g.input("user", 1).embedding(9, 6).dense(4, Activation.TANH);
        Value item = g.input("item", 3).dense(4, Activation.RELU);
        g.output("score", user.dot(item)).output("taste", user);
        network = g.build(5);
        Path file = folder.resolve("towers.onnx");
        Onnx.write(network, file);
        model = Model.newInstance("towers", "Samebits");
        model.load(file);
        manager = Engine.getEngine("Samebits").newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
        model.close();
    }

    private NDList rows() {
        NDArray user = manager.create(new long[] {3, 8}, new Shape(2, 1));
        NDArray item = manager.create(new float[] {1, -2, 0.5f, 0.25f, 3, -1}, new Shape(2, 3));
        return new NDList(user, item);
    }

    @Test
    void anArrayForEach() throws TranslateException {
        float[] want;
        try (InferenceSession session = Backends.named("scalar").open(network, SessionOptions.defaults())) {
            want = session.predict(new float[] {8, 0.25f, 3, -1});
        }
        NDList byOrder = rows();
        NDList byName = new NDList(rows().get(1), rows().get(0));
        byName.get(0).setName("item");
        byName.get(1).setName("user");
        NDList whole = new NDList(manager.create(new float[] {3, 1, -2, 0.5f, 8, 0.25f, 3, -1}, new Shape(2, 4)));
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            for (NDList rows : new NDList[] {byOrder, byName, whole}) {
                NDList made = predictor.predict(rows);
                assertThat(made.get("score").getShape()).isEqualTo(new Shape(2, 1));
                assertThat(made.get("score").toFloatArray()[1]).isEqualTo(want[0]);
                assertThat(made.get("taste").getShape()).isEqualTo(new Shape(2, 4));
                assertThat(made.get("taste").toFloatArray()).endsWith(want[1], want[2], want[3], want[4]);
            }
        }
        assertThat(model.describeInput().toMap()).isEqualTo(Map.of("user", new Shape(-1, 1), "item", new Shape(-1, 3)));
        assertThat(model.describeOutput().toMap()).isEqualTo(Map.of("score", new Shape(-1, 1), "taste", new Shape(-1, 4)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        NDList called = rows();
        called.get(0).setName("item");
        called.get(1).setName("thing");
        refuses(called, "no NDArray is called 'user': the model's inputs are user, item: give the arrays these names");
        refuses(new NDList(rows().get(0), manager.create(new float[3], new Shape(1, 3))),
                "'item' has 1 rows, but 'user' has 2: give as many");
        refuses(new NDList(rows().get(0), manager.create(new double[6], new Shape(2, 3))),
                "'item' is float64: convert it with toType(DataType.FLOAT32, false)");
        refuses(new NDList(rows().get(1), rows().get(0)), "'user' has the shape (2, 3), but the network takes rows of 1");
        refuses(new NDList(manager.create(new long[] {3, 9}, new Shape(2, 1)), rows().get(1)),
                "row 1: column 0 of the input user is 9.0: give it an id, a whole number from 0 to 8");
        refuses(new NDList(manager.create(new long[] {3, (1L << 24) + 1}, new Shape(2, 1)), rows().get(1)),
                "'user' has the number 16777217, which no float is");
        refuses(new NDList(rows().get(0), rows().get(1), rows().get(1)),
                "the model takes an NDArray for each of user, item, but the NDList has 3: give these");
    }

    private void refuses(NDList rows, String message) {
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            assertThatThrownBy(() -> predictor.predict(rows)).hasStackTraceContaining(message);
        }
    }
}
