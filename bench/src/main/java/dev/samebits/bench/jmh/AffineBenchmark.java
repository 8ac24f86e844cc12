package dev.samebits.bench.jmh;

import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.LayerKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One affine layer over a batch, of any shape: {@code Z [batch × outputs] = X Wᵀ + b}. */
@State(Scope.Benchmark)
public class AffineBenchmark extends Timed {
    @Param("simd")
    public String backend;

    @Param("1")
    public int threads;

    @Param("4096")
    public int batch;

    @Param("1024")
    public int inputs;

    @Param("1024")
    public int outputs;

    private InferenceSession session;
    private LayerKernels kernels;
    private Matrix weights;
    private float[] bias;
    private Matrix x;
    private Matrix z;

    @Setup
    public void setup() {
        Network network = Workloads.affine(inputs, outputs);
        session = ForkLine.backend(backend).open(network, SessionOptions.ofThreads(threads));
        ForkLine.check(session.backend(), backend);
        kernels = session.backend().kernels();
        Layer layer = network.layers().get(0);
        weights = layer.weights();
        bias = layer.bias();
        x = Workloads.uniform(batch, inputs, 3);
        z = Matrix.zeros(batch, outputs);
    }

    /** With weights that the session has packed when it was opened. */
    @Benchmark
    public Matrix session() {
        session.predict(x, z);
        return z;
    }

    /** With weights as they lie, packed in every call; on the calling thread, whatever {@link #threads} says. */
    @Benchmark
    public Matrix kernel() {
        kernels.affine(x, weights, bias, z);
        return z;
    }

    @TearDown
    public void close() {
        session.close();
    }
}
