package dev.samebits.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
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

    /** The output of this name, for inputs of one column each: arrays of floats or of text. */
    static float[] runColumns(byte[] file, String output, Map<String, Object> columns) throws OrtException {
        OrtEnvironment environment = environment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
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

    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError e) {
            return abort("ONNX Runtime has no native library for this machine: " + e);
        }
    }
}
