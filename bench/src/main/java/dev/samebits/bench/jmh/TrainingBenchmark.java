package dev.samebits.bench.jmh;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One step of gradient descent: forward, the loss that goes with the network's output, backward, update. */
@State(Scope.Benchmark)
public class TrainingBenchmark extends Timed {
    /**
     * So small that the weights hardly move: a network that learnt its samples by heart while it is measured would end in
     * gradients of denormal numbers, and what is measured would depend on how long.
     */
    public static final float LEARNING_RATE = 1e-6f;

    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param({"mnist", "tabular", "policy", "recommender", "wide"})
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "64", "256"})
    public int batch;

    float learningRate = LEARNING_RATE;

    private TrainingSession session;
    private Matrix x;
    private Matrix targets;

    @Setup
    public void setup() {
        Network model = Workloads.network(network);
        session = ForkLine.backend(backend).train(model, Loss.of(model), SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        x = Workloads.uniform(batch, model.inputs(), 3);
        // One-hot rows are targets of every loss: classes, or values like any others.
        targets = Workloads.oneHot(batch, model.outputs());
    }

    @Benchmark
    public double step() {
        return session.step(x, targets, learningRate, 0);
    }

    /** The network as learnt so far. */
    Network learnt() {
        return session.network();
    }

    @TearDown
    public void close() {
        session.close();
    }
}
