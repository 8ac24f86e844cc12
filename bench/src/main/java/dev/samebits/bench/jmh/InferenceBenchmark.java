package dev.samebits.bench.jmh;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole network on a batch, from the caller's array to the caller's array. */
@State(Scope.Benchmark)
public class InferenceBenchmark extends Timed {
    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide", "clicks",
            "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "relu",
            "residual", "layer-norm", "wide-deep", "deepfm", "dcn", "two-towers", "ncf", "gated", "heads", "agent"})
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "8", "64", "256", "4096", "65536"})
    public int batch;

    private InferenceSession session;
    private Matrix x;
    private Matrix y;

    @Setup
    public void setup() {
        Network model = Workloads.network(network);
        session = ForkLine.backend(backend).open(model, SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        x = Workloads.rows(batch, model);
        y = Matrix.zeros(batch, model.outputs());
    }

    @Benchmark
    public Matrix predict() {
        session.predict(x, y);
        return y;
    }

    @TearDown
    public void close() {
        session.close();
    }
}
