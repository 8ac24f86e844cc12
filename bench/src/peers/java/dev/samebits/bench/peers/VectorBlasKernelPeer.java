package dev.samebits.bench.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * VectorBLAS of dev.ludovic.netlib on the kernels of {@link dev.samebits.bench.jmh.KernelBenchmark}, for one sample: sgemv
 * and sger on the Vector API. It takes matrices by column, so that our weights are its transposes.
 */
@State(Scope.Thread)
public class VectorBlasKernelPeer extends Timed {
    @Param("1")
    public int batch;

    @Param("784")
    public int inputs;

    @Param("512")
    public int outputs;

    private BLAS blas;
    private float[] w;
    private float[] b;
    private float[] x;
    private float[] dz;
    private float[] dw;
    private float[] dx;
    private float[] z;

    @Setup
    public void setup() {
        if (batch != 1) {
            throw new IllegalArgumentException("these are the products of one sample, not of " + batch);
        }
        blas = VectorBlasPeer.vectorBlas();
        w = Workloads.uniform(outputs, inputs, 1).data();
        b = Workloads.uniform(1, outputs, 2).data();
        x = Workloads.uniform(1, inputs, 3).data();
        dz = Workloads.uniform(1, outputs, 4).data();
        dw = Workloads.uniform(outputs, inputs, 5).data();
        dx = new float[inputs];
        z = new float[outputs];
        ForkLine.announce("netlib " + blas.getClass().getSimpleName() + ", threads 1");
    }

    /** {@code z = W x + b}. */
    @Benchmark
    public float[] matvec() {
        System.arraycopy(b, 0, z, 0, outputs);
        blas.sgemv("T", inputs, outputs, 1, w, inputs, x, 1, 1, z, 1);
        return z;
    }

    /** {@code dx = Wᵀ dz}. */
    @Benchmark
    public float[] backpropagate() {
        blas.sgemv("N", inputs, outputs, 1, w, inputs, dz, 1, 0, dx, 1);
        return dx;
    }

    /** {@code DW += dz xᵀ}. */
    @Benchmark
    public float[] outerProductGradient() {
        blas.sger(inputs, outputs, 1, x, 1, dz, 1, dw, inputs);
        return dw;
    }
}
