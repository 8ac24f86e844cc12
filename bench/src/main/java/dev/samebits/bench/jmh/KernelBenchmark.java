package dev.samebits.bench.jmh;

import dev.samebits.Matrix;
import dev.samebits.LayerKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The kernels of one layer by themselves, on the calling thread, with operands as they lie. */
@State(Scope.Thread)
public class KernelBenchmark extends Timed {
    @Param("simd")
    public String backend;

    @Param("64")
    public int batch;

    @Param("784")
    public int inputs;

    @Param("512")
    public int outputs;

    private LayerKernels kernels;
    private Matrix w;
    private Matrix x;
    private Matrix dz;
    private Matrix dw;
    private Matrix dx;
    private Matrix y;
    private float[] b;
    private float[] row;
    private float[] z;

    @Setup
    public void setup() {
        kernels = ForkLine.backend(backend).kernels();
        w = Workloads.uniform(outputs, inputs, 1);
        b = Workloads.uniform(1, outputs, 2).data();
        x = Workloads.uniform(batch, inputs, 3);
        dz = Workloads.uniform(batch, outputs, 4);
        dw = Workloads.uniform(outputs, inputs, 5);
        dx = Matrix.zeros(batch, inputs);
        y = Matrix.zeros(batch, outputs);
        row = Workloads.uniform(1, inputs, 3).data();
        z = new float[outputs];
    }

    /** One sample: {@code z = W x + b}. */
    @Benchmark
    public float[] matvec() {
        kernels.matvec(w, b, row, z);
        return z;
    }

    /** {@code DX = DZ W}. */
    @Benchmark
    public Matrix backpropagate() {
        kernels.backpropagate(dz, w, dx);
        return dx;
    }

    /** {@code DW += DZᵀ X}; the sums grow from call to call, by far too little to overflow. */
    @Benchmark
    public Matrix outerProductGradient() {
        kernels.outerProductGradient(dz, x, dw);
        return dw;
    }

    /** {@code W ← W − α(s DW + λ W)}, with a rate that hardly moves the weights, see {@link TrainingBenchmark}. */
    @Benchmark
    public Matrix update() {
        kernels.update(w, dw, TrainingBenchmark.LEARNING_RATE, 1f / batch, 0.01f);
        return w;
    }

    /** Of every row of {@code batch × outputs}. */
    @Benchmark
    public Matrix softmax() {
        kernels.softmax(dz, y);
        return y;
    }
}
