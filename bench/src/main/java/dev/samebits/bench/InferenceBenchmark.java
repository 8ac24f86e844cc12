package dev.samebits.bench;

import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
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

/** A whole network on a batch, from the caller's array to the caller's array. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class InferenceBenchmark {
    @Param("simd")
    public String backend;

    /** See {@link Workloads#network}. */
    @Param({Workloads.CLASSIFIER, "logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "relu"})
    public String network;

    @Param("1")
    public int threads;

    @Param({"1", "8", "64", "256", "4096"})
    public int batch;

    private InferenceSession session;
    private Matrix x;
    private Matrix y;

    @Setup
    public void setup() {
        Network model = Workloads.network(network);
        session = ForkLine.backend(backend).open(model, SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        x = Workloads.uniform(batch, model.inputs(), 3);
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
