package dev.samebits.bench.jmh;

import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;

/**
 * MLPerf's scenario "single stream": one row, and the next when its answer is there. Each call is timed by itself, so that
 * the slow ones are seen; the clock's own 20 to 30 ns are in the numbers.
 */
@State(Scope.Thread)
public class SingleStreamBenchmark extends Timed {
    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide"})
    public String network;

    @Param("1")
    public int threads;

    private final Latencies latencies = new Latencies();
    private InferenceSession session;
    private float[] x;
    private float[] y;

    @Setup
    public void setup() {
        Network model = Workloads.network(network);
        session = ForkLine.backend(backend).open(model, SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        x = Workloads.uniform(1, model.inputs(), 3).data();
        y = new float[model.outputs()];
    }

    @Setup(Level.Iteration)
    public void forgetWarmUp(IterationParams iteration) {
        latencies.begin(iteration);
    }

    @Benchmark
    public float[] query() {
        long began = System.nanoTime();
        session.predict(x, y);
        latencies.record(System.nanoTime() - began);
        return y;
    }

    @TearDown
    public void close() {
        session.close();
        latencies.report();
    }
}
