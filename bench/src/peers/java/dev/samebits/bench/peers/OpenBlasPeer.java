package dev.samebits.bench.peers;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;

import com.sun.jna.platform.unix.LibC;
import dev.samebits.Layer;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.jmh.Workloads;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * OpenBLAS on the layer of {@link dev.samebits.bench.jmh.AffineBenchmark}: the bias laid into Z, then {@code Z += X Wᵀ}
 * by sgemm. The operands lie outside the heap, so that none is copied on the way.
 */
@State(Scope.Benchmark)
public class OpenBlasPeer extends Timed {
    private static final String CORE_TYPE = "OPENBLAS_CORETYPE";

    @Param("1")
    public int threads;

    @Param("4096")
    public int batch;

    @Param("1024")
    public int inputs;

    @Param("1024")
    public int outputs;

    private FloatPointer x;
    private FloatPointer weights;
    private FloatPointer bias;
    private FloatPointer z;
    private Pointer[] rows;

    @Setup
    public void setup() {
        if (System.getenv(CORE_TYPE) != null) {
            throw new IllegalStateException(CORE_TYPE + " is set: OpenBLAS would run the kernels of that processor, "
                    + "not the best ones for this; unset it");
        }
        String core = System.getProperty(Vectors.OPENBLAS_CORE);
        if (core != null) {
            // Read once, when the library is loaded.
            LibC.INSTANCE.setenv(CORE_TYPE, core, 1);
        }
        Layer layer = Workloads.affine(inputs, outputs).layers().get(0);
        x = new FloatPointer(Workloads.uniform(batch, inputs, 3).data());
        weights = new FloatPointer(layer.weights().data());
        bias = new FloatPointer(layer.bias());
        z = new FloatPointer((long) batch * outputs);
        // Made once: memcpy would take a position for a number of bytes, whatever the pointer's type.
        rows = new Pointer[batch];
        Arrays.setAll(rows, n -> z.getPointer((long) n * outputs));
        openblas_nolapack.blas_set_num_threads(threads);
        if (openblas_nolapack.blas_get_num_threads() != threads) {
            throw new IllegalStateException(
                    "asked OpenBLAS for " + threads + " threads, but it uses " + openblas_nolapack.blas_get_num_threads());
        }
        String runs = openblas_full.openblas_get_corename().getString();
        if (core != null && !core.equals(runs)) {
            throw new IllegalStateException("asked OpenBLAS for the kernels of " + core + ", but it runs those of " + runs);
        }
        ForkLine.announce(openblas.OPENBLAS_VERSION.trim() + ", kernels of " + runs + ", threads " + threads);
    }

    @Benchmark
    public FloatPointer affine() {
        for (Pointer row : rows) {
            Pointer.memcpy(row, bias, (long) outputs * Float.BYTES);
        }
        openblas.cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch, outputs, inputs, 1, x, inputs, weights, inputs,
                1, z, outputs);
        return z;
    }

    float[] result() {
        float[] result = new float[batch * outputs];
        z.get(result);
        return result;
    }

    @TearDown
    public void close() {
        x.close();
        weights.close();
        bias.close();
        z.close();
    }
}
