package dev.samebits.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Section;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The other implementation. A test that asks for it is skipped where it has no native library. */
final class OnnxRuntime {
    private OnnxRuntime() {}

    /** The output of this name, for an input of this shape. */
    static float[] run(byte[] file, String output, float[] x, long... shape) throws OrtException {
        OrtEnvironment environment = environment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            FloatBuffer got = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
            float[] values = new float[got.remaining()];
            got.get(values);
            return values;
        }
    }

    /** All outputs side by side, for rows that hold all inputs side by side; inputs of integers get whole numbers. */
    static Matrix run(byte[] file, Network network, Matrix x) throws OrtException {
        OrtEnvironment environment = environment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        Matrix y = Matrix.zeros(x.rows(), network.outputs());
        try (OrtSession session = environment.createSession(file)) {
            for (Section section : network.inputSections()) {
                // In the order of the file, where their names may differ.
                String name = List.copyOf(session.getInputNames()).get(inputs.size());
                TensorInfo info = (TensorInfo) session.getInputInfo().get(name).getInfo();
                // A column of ids may be declared without a dimension of its own.
                long[] shape = info.getShape().length == 1 ? new long[] {x.rows()}
                        : new long[] {x.rows(), section.width()};
                float[] values = section.of(x).copy().data();
                boolean ids = info.type == OnnxJavaType.INT64;
                inputs.put(name, ids ? OnnxTensor.createTensor(environment, LongBuffer.wrap(longs(values)), shape)
                        : OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                for (int o = 0; o < network.outputSections().size(); o++) {
                    // A file may have outputs that no network gives; those that it does are called the same, or stand first.
                    int place = o;
                    OnnxTensor output = (OnnxTensor) result.get(network.outputSections().get(o).name())
                            .orElseGet(() -> result.get(place));
                    FloatBuffer got = output.getFloatBuffer();
                    Matrix part = network.outputSections().get(o).of(y);
                    for (int i = 0; i < part.rows() * part.columns(); i++) {
                        part.set(i / part.columns(), i % part.columns(), got.get());
                    }
                }
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return y;
    }

    private static long[] longs(float[] values) {
        long[] longs = new long[values.length];
        Arrays.setAll(longs, i -> (long) values[i]);
        return longs;
    }

    /** The output of this name, for inputs of one column each: arrays of floats or of text. */
    static float[] runColumns(byte[] file, String output, Map<String, Object> columns) throws OrtException {
        OrtEnvironment environment = environment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file)) {
            for (Map.Entry<String, Object> column : columns.entrySet()) {
                inputs.put(column.getKey(), column.getValue() instanceof String[] texts
                        ? OnnxTensor.createTensor(environment, texts, new long[] {texts.length, 1})
                        : OnnxTensor.createTensor(environment, FloatBuffer.wrap((float[]) column.getValue()),
                                new long[] {((float[]) column.getValue()).length, 1}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                FloatBuffer got = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
                float[] values = new float[got.remaining()];
                got.get(values);
                return values;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Whether it has the operators of the model in this form. */
    static boolean runs(byte[] file, String output, long... shape) {
        long elements = 1;
        for (long dim : shape) {
            elements *= dim;
        }
        try {
            return run(file, output, new float[(int) elements], shape).length > 0;
        } catch (OrtException e) {
            return false;
        }
    }

    static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            return abort("ONNX Runtime has no native library for this machine: " + e);
        }
    }
}
