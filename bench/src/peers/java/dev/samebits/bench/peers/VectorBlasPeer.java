package dev.samebits.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.samebits.Layer;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * VectorBLAS of dev.ludovic.netlib on the layer of {@link dev.samebits.bench.jmh.AffineBenchmark}, by sgemm on the Vector
 * API. It takes matrices by column, so ours are its transposes: {@code Zᵀ = W Xᵀ}, the first operand to be transposed. One
 * thread.
 */
@State(Scope.Benchmark)
public class VectorBlasPeer extends Timed {
    @Param("1")
    public int threads;

    @Param("1024")
    public int batch;

    @Param("1024")
    public int inputs;

    @Param("1024")
    public int outputs;

    private BLAS blas;
    private float[] x;
    private float[] weights;
    private float[] bias;
    private float[] z;

    static BLAS vectorBlas() {
        BLAS blas = JavaBLAS.getInstance();
        if (!blas.getClass().getSimpleName().equals("VectorBLAS")) {
            throw new IllegalStateException("netlib takes " + blas.getClass().getSimpleName() + ", not VectorBLAS");
        }
        return blas;
    }

    @Setup
    public void setup() {
        if (threads != 1) {
            throw new IllegalArgumentException("VectorBLAS has one thread, not " + threads);
        }
        blas = vectorBlas();
        Layer layer = Workloads.affine(inputs, outputs).layers().get(0);
        x = Workloads.uniform(batch, inputs, 3).data();
        weights = layer.weights().data();
        bias = layer.bias();
        z = new float[batch * outputs];
        ForkLine.announce("netlib " + blas.getClass().getSimpleName() + ", threads 1");
    }

    @Benchmark
    public float[] affine() {
        for (int n = 0; n < batch; n++) {
            System.arraycopy(bias, 0, z, n * outputs, outputs);
        }
        blas.sgemm("T", "N", outputs, batch, inputs, 1, weights, inputs, x, inputs, 1, z, outputs);
        return z;
    }
}
