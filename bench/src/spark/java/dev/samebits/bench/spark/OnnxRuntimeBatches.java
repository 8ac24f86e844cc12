package dev.samebits.bench.spark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.samebits.Network;
import dev.samebits.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime in the plain way, as well as it goes: one session, one thread, one direct buffer. */
final class OnnxRuntimeBatches extends RowBatches {
    private static final long serialVersionUID = 1;
    private static OrtSession session;
    private static FloatBuffer direct;

    OnnxRuntimeBatches(Network network, int batch) throws IOException, OrtException {
        super(batch);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Onnx.write(network, bytes);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = OrtEnvironment.getEnvironment().createSession(bytes.toByteArray(), options);
        }
        direct = ByteBuffer.allocateDirect(Float.BYTES * batch * SparkRows.INPUTS).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    void predict(float[] x, float[] y, int rows) throws OrtException {
        direct.clear().put(x, 0, rows * SparkRows.INPUTS).flip();
        try (OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), direct,
                        new long[] {rows, SparkRows.INPUTS});
                OrtSession.Result result = session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y, 0, rows * SparkRows.OUTPUTS);
        }
    }
}
