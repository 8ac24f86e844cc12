package dev.samebits.bench;

import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One step of gradient descent on the classifier: forward, cross-entropy, backward, update. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingBenchmark {
    /**
     * So small that the weights hardly move: a network that learnt its samples by heart while it is measured would end in
     * gradients of denormal numbers, and what is measured would depend on how long.
     */
    public static final float LEARNING_RATE = 1e-6f;

    @Param("simd")
    public String backend;

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
        Network model = Workloads.network(Workloads.CLASSIFIER);
        session = ForkLine.backend(backend).train(model, Loss.CROSS_ENTROPY, SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        x = Workloads.uniform(batch, model.inputs(), 3);
        targets = Workloads.oneHot(batch, model.outputs());
    }

    @Benchmark
    public double step() {
        return session.step(x, targets, learningRate, 0);
    }

    /** The network as learnt so far. */
    Network network() {
        return session.network();
    }

    @TearDown
    public void close() {
        session.close();
    }
}
