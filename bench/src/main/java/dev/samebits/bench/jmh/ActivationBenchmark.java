package dev.samebits.bench.jmh;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An activation and its derivative over one array, in cache or far larger than it. */
@State(Scope.Thread)
public class ActivationBenchmark extends Timed {
    @Param("simd")
    public String backend;

    @Param({"logistic", "tanh", "linear-logistic", "hard-logistic", "hard-tanh", "relu", "leaky-relu", "prelu", "elu",
            "softplus", "swish", "gelu", "gelu-tanh", "gelu-logistic", "sine", "hard-swish", "mish", "softsign",
            "log-logistic", "softshrink", "abs", "square", "exp", "sqrt", "reciprocal", "cosine", "log"})
    public String activation;

    @Param({"4096", "16777216"})
    public int elements;

    private LayerKernels kernels;
    private Activation function;
    private Matrix z;
    private Matrix da;
    private Matrix out;
    private float[] slopes;

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
        slopes = Workloads.uniform(1, elements, 5).data();
    }

    /** {@code a = f(z)}: reads one array, writes one. */
    @Benchmark
    public Matrix value() {
        kernels.activate(function, slopes, z, out);
        return out;
    }

    /** {@code dz = f'(z) ⊙ da}: reads two arrays, writes one. */
    @Benchmark
    public Matrix gradient() {
        kernels.activationGradient(function, slopes, z, da, out);
        return out;
    }
}
