package dev.samebits.bench.jmh;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it takes to make a network ready to predict: weights packed or sent to the device, threads started, all freed again.
 */
@State(Scope.Thread)
public class SessionOpenBenchmark extends Timed {
    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide"})
    public String network;

    @Param("1")
    public int threads;

    private Backend opener;
    private Network model;
    private SessionOptions options;

    @Setup
    public void setup() {
        model = Workloads.network(network);
        opener = ForkLine.backend(backend);
        options = SessionOptions.ofThreads(threads);
    }

    @Benchmark
    public int openAndClose() {
        try (InferenceSession session = opener.open(model, options)) {
            ForkLine.check(session.backend(), backend);
            return session.threads();
        }
    }
}
