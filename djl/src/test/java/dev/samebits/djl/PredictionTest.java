package dev.samebits.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictors on iris.onnx give the bits of a bare session, however the rows come; what does not fit is refused. */
class PredictionTest {
    /** As DJL's users write one: a row at a time, stacked into a batch by DJL. */
    private static final class Rows implements Translator<float[], float[]> {
        private final Batchifier batchifier;

        Rows(Batchifier batchifier) {
            this.batchifier = batchifier;
        }

        @Override
        public NDList processInput(TranslatorContext context, float[] row) {
            NDArray array = context.getNDManager().create(row);
            return new NDList(batchifier == null ? array.expandDims(0) : array);
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList list) {
            return list.singletonOrThrow().toFloatArray();
        }

        @Override
        public Batchifier getBatchifier() {
            return batchifier;
        }
    }

    private Model model;
    private NDManager manager;

    @BeforeEach
    void load() throws Exception {
        model = Model.newInstance("iris", "Samebits");
        model.load(Iris.MODEL);
        manager = Engine.getEngine("Samebits").newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
        model.close();
    }

    private NDArray only(NDArray x) throws TranslateException {
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            return predictor.predict(new NDList(x)).singletonOrThrow();
        }
    }

    @Test
    void givesTheBitsOfABareSession() throws Exception {
        List<float[]> want = Iris.outputs(Iris.MODEL, Iris.flowers());
        for (Batchifier batchifier : new Batchifier[] {null, Batchifier.STACK}) {
            try (Predictor<float[], float[]> predictor = model.newPredictor(new Rows(batchifier))) {
                List<float[]> got = new ArrayList<>();
                for (float[] flower : Iris.flowers()) {
                    got.add(predictor.predict(flower));
                }
                Iris.assertSame(got, want);
                Iris.assertSame(predictor.batchPredict(Iris.flowers()), want);
            }
        }
        float[] all = Iris.joined(Iris.flowers());
        Iris.assertSame(only(manager.create(all, new Shape(150, 4))).toFloatArray(), Iris.joined(want), "one array");
        Iris.assertSame(only(manager.create(all, new Shape(150, 2, 1, 2))).toFloatArray(), Iris.joined(want), "more axes");
        assertThat(only(manager.create(new float[0], new Shape(0, 4))).getShape()).isEqualTo(new Shape(0, 3));
    }

    @Test
    void readsDirectMemoryWhereItLies() throws Exception {
        List<float[]> flowers = Iris.flowers();
        ByteBuffer memory = manager.allocateDirect(150 * 4 * Float.BYTES);
        FloatBuffer floats = memory.asFloatBuffer();
        NDArray x = manager.create(memory, new Shape(150, 4), DataType.FLOAT32);
        floats.put(Iris.joined(flowers));
        Iris.assertSame(only(x).toFloatArray(), Iris.joined(Iris.outputs(Iris.MODEL, flowers)), "direct");
        Collections.reverse(flowers);
        floats.clear().put(Iris.joined(flowers));
        Iris.assertSame(only(x).toFloatArray(), Iris.joined(Iris.outputs(Iris.MODEL, flowers)), "written again");
    }

    @Test
    void takesArraysOfOtherEngines() throws Exception {
        try (NDManager other = NDManager.newBaseManager("OnnxRuntime")) {
            NDArray x = other.create(Iris.joined(Iris.flowers()), new Shape(150, 4));
            NDArray y = only(x);
            assertThat(y.getManager()).isSameAs(other);
            Iris.assertSame(y.toFloatArray(), Iris.joined(Iris.outputs(Iris.MODEL, Iris.flowers())), "other engine");
            assertThat(manager.from(x).toFloatArray()).isEqualTo(x.toFloatArray());
        }
    }

    /** One predictor for all, and one for each; a session of two threads besides. */
    @Test
    void servesManyThreads(@TempDir Path folder) throws Exception {
        Network network = Network.builder(32).dense(64, Activation.RELU).dense(32, Activation.RELU)
                .dense(1, Activation.IDENTITY).biases(0.1f).build(42);
        Path file = folder.resolve("tabular.onnx");
        Onnx.write(network, file);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Model tabular = Model.newInstance("tabular", "Samebits");
                InferenceSession bare = Backends.named("scalar").open(network)) {
            tabular.load(folder, null, Map.of("threads", "2"));
            try (Predictor<float[], float[]> shared = tabular.newPredictor(new Rows(Batchifier.STACK))) {
                List<Callable<Void>> callers = new ArrayList<>();
                for (int t = 0; t < 8; t++) {
                    int seed = t;
                    callers.add(() -> {
                        try (Predictor<float[], float[]> own = tabular.newPredictor(new Rows(Batchifier.STACK))) {
                            Random random = new Random(seed);
                            for (int round = 0; round < 40; round++) {
                                List<float[]> rows = new ArrayList<>();
                                for (int n = 0; n <= random.nextInt(40); n++) {
                                    float[] row = new float[32];
                                    for (int i = 0; i < row.length; i++) {
                                        row[i] = random.nextFloat() * 2 - 1;
                                    }
                                    rows.add(row);
                                }
                                List<float[]> want = rows.stream().map(bare::predict).toList();
                                Iris.assertSame((seed % 2 == 0 ? own : shared).batchPredict(rows), want);
                            }
                        }
                        return null;
                    });
                }
                for (Future<Void> caller : threads.invokeAll(callers)) {
                    caller.get();
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    private void assertRefused(NDList list, String... parts) {
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            assertThatThrownBy(() -> predictor.predict(list)).isInstanceOf(TranslateException.class)
                    .rootCause().isInstanceOf(IllegalArgumentException.class)
                    .message().contains(parts).hasLineCount(1);
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        assertRefused(new NDList(manager.zeros(new Shape(1, 5))), "(1, 5)", "rows of 4 numbers", "reshape(1, 4)");
        assertRefused(new NDList(manager.zeros(new Shape(4))), "(4)", "rows of 4 numbers");
        assertRefused(new NDList(manager.zeros(new Shape())), "()");
        assertRefused(new NDList(manager.zeros(new Shape(4, 1))), "(4, 1)");
        assertRefused(new NDList(manager.zeros(new Shape(1, 4), DataType.FLOAT64)), "float64", "float32", "toType");
        assertRefused(new NDList(manager.zeros(new Shape(1, 4), DataType.INT32)), "int32");
        assertRefused(new NDList(manager.zeros(new Shape(1, 4)), manager.zeros(new Shape(1, 4))), "1 NDArray", "has 2");
        NDArray named = manager.zeros(new Shape(1, 4));
        named.setName("other");
        assertRefused(new NDList(named), "'other'", "'" + model.describeInput().keyAt(0) + "'");
        named.setName(model.describeInput().keyAt(0));
        assertThat(only(named).toFloatArray()).hasSize(3);
        NDArray closed = manager.zeros(new Shape(1, 4));
        closed.close();
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            assertThatThrownBy(() -> predictor.predict(new NDList(closed))).rootCause()
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("was closed");
            assertThat(predictor.predict(new NDList())).isEmpty();
        }
        try (Predictor<float[], float[]> predictor = model.newPredictor(new Rows(Batchifier.STACK))) {
            assertThatThrownBy(() -> predictor.batchPredict(List.of(new float[4], new float[5]))).rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("stack: float32 (5) does not go with float32 (4)");
        }
    }

    @Test
    void describesItself() {
        assertThat(model.describeInput().values()).containsExactly(new Shape(-1, 4));
        assertThat(model.describeOutput().values()).containsExactly(new Shape(-1, 3));
        assertThat(model.getBlock().getOutputShapes(new Shape[] {new Shape(7, 4)})).containsExactly(new Shape(7, 3));
        assertThat(model.getBlock()).hasToString("Samebits: 4 → 16 tanh → 3 identity → softmax");
        assertThat(model.getNDManager().getEngine().getVersion()).isNotBlank().doesNotContain("$");
    }

    /** The model ends its session and all that was made of it; what a caller's own manager holds stays. */
    @Test
    void theModelEndsTheSession() throws Exception {
        NDArray mine = only(manager.create(Iris.joined(Iris.flowers()), new Shape(150, 4)));
        Predictor<float[], float[]> predictor = model.newPredictor(new Rows(Batchifier.STACK));
        NDArray inModel = model.getNDManager().create(new float[] {1});
        InferenceSession session = ((SamebitsBlock) model.getBlock()).session();
        model.close();
        model.close();
        assertThatThrownBy(() -> session.predict(new float[4])).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> predictor.predict(new float[4])).isInstanceOf(TranslateException.class).rootCause()
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThat(inModel.isReleased()).isTrue();
        assertThatThrownBy(inModel::toFloatArray).isInstanceOf(IllegalStateException.class);
        assertThat(mine.toFloatArray()).hasSize(450);
        predictor.close();
    }

    @Test
    void arraysOfACallEndWithIt() throws IOException, TranslateException {
        List<NDArray> seen = new ArrayList<>();
        Rows keeping = new Rows(Batchifier.STACK);
        Translator<float[], float[]> spying = new Translator<>() {
            @Override
            public NDList processInput(TranslatorContext context, float[] row) {
                return keeping.processInput(context, row);
            }

            @Override
            public float[] processOutput(TranslatorContext context, NDList list) {
                NDArray temporary = context.getNDManager().create(new float[] {1});
                NDArray kept = list.get(0).duplicate();
                kept.attach(manager);
                seen.addAll(List.of(list.get(0), temporary, kept));
                return list.get(0).toFloatArray();
            }
        };
        try (Predictor<float[], float[]> predictor = model.newPredictor(spying)) {
            predictor.predict(Iris.flowers().get(0));
        }
        assertThat(seen).extracting(NDArray::isReleased).containsExactly(true, true, false);
        assertThat(seen.get(2).toFloatArray()).hasSize(3);
    }
}
