package dev.samebits.bench.peers;

import dev.samebits.Layer;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * EJML on the layer of {@link dev.samebits.bench.jmh.AffineBenchmark}: the bias laid into Z, then {@code Z += X Wᵀ} in plain
 * Java. The weights are transposed once, since its product of rows with columns is several times as fast as that of rows
 * with rows; for several threads its concurrent product.
 */
@State(Scope.Benchmark)
public class EjmlPeer extends Timed {
    @Param("1")
    public int threads;

    @Param("1024")
    public int batch;

    @Param("1024")
    public int inputs;

    @Param("1024")
    public int outputs;

    private FMatrixRMaj x;
    private FMatrixRMaj weights;
    private float[] bias;
    private FMatrixRMaj z;

    @Setup
    public void setup() {
        Layer layer = Workloads.affine(inputs, outputs).layers().get(0);
        x = FMatrixRMaj.wrap(batch, inputs, Workloads.uniform(batch, inputs, 3).data());
        weights = CommonOps_FDRM.transpose(FMatrixRMaj.wrap(outputs, inputs, layer.weights().data()), null);
        bias = layer.bias();
        z = new FMatrixRMaj(batch, outputs);
        EjmlConcurrency.setMaxThreads(threads);
        ForkLine.announce("EJML " + EjmlVersion.VERSION + ", threads " + threads);
    }

    @Benchmark
    public float[] affine() {
        for (int n = 0; n < batch; n++) {
            System.arraycopy(bias, 0, z.data, n * outputs, outputs);
        }
        if (threads == 1) {
            CommonOps_FDRM.multAdd(x, weights, z);
        } else {
            CommonOps_MT_FDRM.multAdd(x, weights, z);
        }
        return z.data;
    }
}
