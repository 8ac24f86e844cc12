package dev.samebits.bench.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.samebits.Network;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Latencies;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import dev.samebits.onnx.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * ONNX Runtime on the networks of {@link dev.samebits.bench.jmh.InferenceBenchmark}, written by our own writer. Inputs and
 * outputs are direct buffers that are wrapped once and used in every call, which spares it all copies but the caller's
 * reading of the results.
 */
@State(Scope.Benchmark)
// Its native part overflows the usual stack of 1 MiB where the JVM's class path is as long as that of a build with all
// peers.
@Fork(value = 5, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xss4m"})
public class OnnxRuntimePeer extends Timed {
    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide", "clicks",
            "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "relu",
            "residual", "layer-norm", "wide-deep", "deepfm", "dcn", "two-towers", "ncf", "gated", "heads", "agent"})
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "8", "64", "256", "4096", "65536"})
    public int batch;

    private OrtSession.SessionOptions options;
    private OrtSession session;
    private SectionTensors tensors;
    private final Latencies latencies = new Latencies();

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
        tensors = new SectionTensors(environment, session, model, Workloads.rows(batch, model));
        ForkLine.announce("ONNX Runtime " + environment.getVersion() + ", threads " + threads);
    }

    /** The fastest way that its Java interface offers: the result is written into a buffer of the caller's. */
    @Benchmark
    public float[] predict() throws OrtException {
        session.run(tensors.inputs, tensors.outputs).close();
        return tensors.read();
    }

    /** {@link #predict}, each call timed by itself: the scenario of {@link dev.samebits.bench.jmh.SingleStreamBenchmark}. */
    @Benchmark
    public float[] query() throws OrtException {
        long began = System.nanoTime();
        float[] y = predict();
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
        try (OrtSession.Result result = session.run(tensors.inputs)) {
            return tensors.read(result);
        }
    }

    @TearDown
    public void close() throws OrtException {
        tensors.close();
        session.close();
        options.close();
        latencies.report();
    }
}
