package dev.samebits.bench.jmh;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.djl.RowTranslatorFactory;
import dev.samebits.onnx.Onnx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One row through DJL's Predictor, beside the session that it calls: the difference is what DJL and its engine cost. */
@State(Scope.Benchmark)
public class DjlBenchmark extends Timed {
    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param("tabular")
    public String network;

    private InferenceSession session;
    private Model model;
    private Predictor<float[], float[]> rows;
    private Predictor<float[], float[]> translated;
    private Predictor<float[], float[]> stacked;
    private float[] x;

    /** As users of DJL write one. */
    private record Written(Batchifier batchifier) implements Translator<float[], float[]> {
        @Override
        public NDList processInput(TranslatorContext context, float[] row) {
            NDArray array = context.getNDManager().create(row, batchifier == null ? new Shape(1, row.length)
                    : new Shape(row.length));
            return new NDList(array);
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

    @Setup
    public void setup() throws IOException, MalformedModelException, TranslateException {
        Network shape = Workloads.network(network);
        session = ForkLine.backend(backend).open(shape);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Onnx.write(shape, file);
        model = Model.newInstance(network, "Samebits");
        model.load(new ByteArrayInputStream(file.toByteArray()), Map.of("backend", backend));
        rows = model.newPredictor(new RowTranslatorFactory().newInstance(float[].class, float[].class, model, null));
        translated = model.newPredictor(new Written(null));
        stacked = model.newPredictor(new Written(Batchifier.STACK));
        x = Workloads.uniform(1, shape.inputs(), 3).data();
    }

    /** The session alone, with a new array for the outputs, as DJL gives one. */
    @Benchmark
    public float[] bare() {
        return session.predict(x);
    }

    /** With the translator that comes with the engine. */
    @Benchmark
    public float[] rows() throws TranslateException {
        return rows.predict(x);
    }

    /** With one of a user's own that makes an array of one row. */
    @Benchmark
    public float[] translated() throws TranslateException {
        return translated.predict(x);
    }

    /** With one of a user's own whose rows DJL stacks and takes apart again. */
    @Benchmark
    public float[] stacked() throws TranslateException {
        return stacked.predict(x);
    }

    @TearDown
    public void close() {
        rows.close();
        translated.close();
        stacked.close();
        model.close();
        session.close();
    }
}
