package dev.samebits.bench;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Matrix;
import dev.samebits.kernel.LayerKernels;
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
import org.openjdk.jmh.annotations.Warmup;

/** An activation and its derivative over one array, in cache or far larger than it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 5, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ActivationBenchmark {
    @Param("simd")
    public String backend;

    @Param({"logistic", "tanh", "gelu", "gelu-tanh", "gelu-logistic", "softplus", "swish", "relu"})
    public String activation;

    @Param({"4096", "16777216"})
    public int elements;

    private LayerKernels kernels;
    private Activation function;
    private Matrix z;
    private Matrix da;
    private Matrix out;

    @Setup
    public void setup() {
        Backend chosen = ForkLine.backend(backend);
        kernels = chosen.kernels();
        function = Activation.parse(activation);
        z = Workloads.uniform(1, elements, 3);
        // Where the functions bend and saturate, not only where they are linear.
        for (int i = 0; i < elements; i++) {
            z.data()[i] *= 8;
        }
        da = Workloads.uniform(1, elements, 4);
        out = Matrix.zeros(1, elements);
    }

    /** {@code a = f(z)}: reads one array, writes one. */
    @Benchmark
    public Matrix value() {
        kernels.activate(function, null, z, out);
        return out;
    }

    /** {@code dz = f'(z) ⊙ da}: reads two arrays, writes one. */
    @Benchmark
    public Matrix gradient() {
        kernels.activationGradient(function, null, z, da, out);
        return out;
    }
}
