package dev.samebits.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Latencies;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import dev.samebits.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;

/**
 * ONNX Runtime on the networks of {@link dev.samebits.bench.jmh.InferenceBenchmark}, written by our own writer. Input and
 * output are direct buffers that are wrapped once and used in every call, which spares it all copies but the caller's
 * reading of the result.
 */
@State(Scope.Benchmark)
// Its native part overflows the usual stack of 1 MiB where the JVM's class path is as long as that of a build with all
// peers.
@Fork(value = 5, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xss4m"})
public class OnnxRuntimePeer extends Timed {
    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide", "clicks",
            "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "relu"})
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "8", "64", "256", "4096", "65536"})
    public int batch;

    private OrtSession.SessionOptions options;
    private OrtSession session;
    private FloatBuffer out;
    private OnnxTensor xTensor;
    private OnnxTensor yTensor;
    private Map<String, OnnxTensor> inputs;
    private Map<String, OnnxTensor> outputs;
    private final Latencies latencies = new Latencies();
    private float[] y;

    @Setup
    public void setup() throws IOException, OrtException {
        Network model = Workloads.network(network);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Onnx.write(model, file);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
        session = environment.createSession(file.toByteArray(), options);
        Matrix x = Workloads.uniform(batch, model.inputs(), 3);
        FloatBuffer in = direct(x.data().length).put(x.data()).rewind();
        y = new float[batch * model.outputs()];
        out = direct(y.length);
        xTensor = OnnxTensor.createTensor(environment, in, new long[] {batch, model.inputs()});
        yTensor = OnnxTensor.createTensor(environment, out, new long[] {batch, model.outputs()});
        inputs = Map.of(session.getInputNames().iterator().next(), xTensor);
        outputs = Map.of(session.getOutputNames().iterator().next(), yTensor);
        ForkLine.announce("ONNX Runtime " + environment.getVersion() + ", threads " + threads);
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** The fastest way that its Java interface offers: the result is written into a buffer of the caller's. */
    @Benchmark
    public float[] predict() throws OrtException {
        session.run(inputs, outputs).close();
        out.get(0, y);
        return y;
    }

    /** {@link #predict}, each call timed by itself: the scenario of {@link dev.samebits.bench.jmh.SingleStreamBenchmark}. */
    @Benchmark
    public float[] query() throws OrtException {
        long began = System.nanoTime();
        predict();
        latencies.record(System.nanoTime() - began);
        return y;
    }

    @Setup(Level.Iteration)
    public void forgetWarmUp(IterationParams iteration) {
        latencies.begin(iteration);
    }

    /** The usual way: the session makes the result, the caller copies it out. */
    @Benchmark
    public float[] predictUnpinned() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(y);
        }
        return y;
    }

    @TearDown
    public void close() throws OrtException {
        xTensor.close();
        yTensor.close();
        session.close();
        options.close();
        latencies.report();
    }
}
