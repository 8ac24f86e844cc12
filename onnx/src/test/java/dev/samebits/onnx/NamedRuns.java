package dev.samebits.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs of ONNX Runtime with inputs and outputs by name: numbers, ids and truths. */
final class NamedRuns {
    private NamedRuns() {}

    /** Every output of numbers by its name, for rows of the inputs: their numbers and shapes by name. */
    static Map<String, float[]> run(byte[] file, Map<String, float[]> rows, Map<String, long[]> shapes) throws OrtException {
        OrtEnvironment environment = OnnxRuntime.environment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        Map<String, float[]> outputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file)) {
            for (Map.Entry<String, NodeInfo> input : session.getInputInfo().entrySet()) {
                OnnxJavaType type = ((TensorInfo) input.getValue().getInfo()).type;
                float[] values = rows.get(input.getKey());
                inputs.put(input.getKey(), tensor(environment, type, values, shapes.get(input.getKey())));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    FloatBuffer got = ((OnnxTensor) output.getValue()).getFloatBuffer();
                    float[] values = new float[got.remaining()];
                    got.get(values);
                    outputs.put(output.getKey(), values);
                }
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
        return outputs;
    }

    private static OnnxTensor tensor(OrtEnvironment environment, OnnxJavaType type, float[] values, long[] shape)
            throws OrtException {
        if (type == OnnxJavaType.INT64) {
            LongBuffer longs = LongBuffer.allocate(values.length);
            for (float value : values) {
                longs.put((long) value);
            }
            return OnnxTensor.createTensor(environment, longs.flip(), shape);
        }
        if (type == OnnxJavaType.BOOL) {
            ByteBuffer truths = ByteBuffer.allocateDirect(values.length);
            for (float value : values) {
                truths.put((byte) value);
            }
            return OnnxTensor.createTensor(environment, truths.flip(), shape, OnnxJavaType.BOOL);
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }
}
