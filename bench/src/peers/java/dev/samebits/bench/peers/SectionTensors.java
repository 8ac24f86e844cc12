package dev.samebits.bench.peers;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** ONNX Runtime's tensors for all inputs and outputs of a network: direct buffers that are wrapped once. */
final class SectionTensors implements AutoCloseable {
    /** By the names of the file. */
    final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

    private final List<FloatBuffer> results = new ArrayList<>();
    private final float[] y;

    SectionTensors(OrtEnvironment environment, OrtSession session, Network network, Matrix x) throws OrtException {
        // In the order of the file, where their names may differ.
        List<String> names = List.copyOf(session.getInputNames());
        for (Section section : network.inputSections()) {
            String name = names.get(inputs.size());
            boolean ids = ((TensorInfo) session.getInputInfo().get(name).getInfo()).type == OnnxJavaType.INT64;
            inputs.put(name, input(environment, section.of(x).copy(), ids));
        }
        names = List.copyOf(session.getOutputNames());
        for (Section section : network.outputSections()) {
            FloatBuffer result = direct(x.rows() * section.width(), Float.BYTES).asFloatBuffer();
            outputs.put(names.get(results.size()),
                    OnnxTensor.createTensor(environment, result, new long[] {x.rows(), section.width()}));
            results.add(result);
        }
        y = new float[x.rows() * network.outputs()];
    }

    private static OnnxTensor input(OrtEnvironment environment, Matrix x, boolean ids) throws OrtException {
        long[] shape = {x.rows(), x.columns()};
        if (!ids) {
            return OnnxTensor.createTensor(environment,
                    direct(x.data().length, Float.BYTES).asFloatBuffer().put(x.data()).rewind(), shape);
        }
        LongBuffer longs = direct(x.data().length, Long.BYTES).asLongBuffer();
        for (float id : x.data()) {
            longs.put((long) id);
        }
        return OnnxTensor.createTensor(environment, longs.rewind(), shape);
    }

    private static ByteBuffer direct(int elements, int bytes) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, bytes)).order(ByteOrder.nativeOrder());
    }

    /** What is in the outputs' buffers, all rows of one output after all rows of the one before it. */
    float[] read() {
        int from = 0;
        for (int i = 0; i < results.size(); i++) {
            FloatBuffer result = results.get(i);
            result.get(0, y, from, result.capacity());
            from += result.capacity();
        }
        return y;
    }

    /** The same of a result that the session made. */
    float[] read(OrtSession.Result result) {
        int from = 0;
        for (int i = 0; i < results.size(); i++) {
            FloatBuffer buffer = ((OnnxTensor) result.get(i)).getFloatBuffer();
            int length = buffer.remaining();
            buffer.get(y, from, length);
            from += length;
        }
        return y;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
    }
}
