package dev.samebits.bench.peers;

import dev.samebits.Layer;
import dev.samebits.bench.jmh.ForkLine;
import dev.samebits.bench.jmh.Timed;
import dev.samebits.bench.jmh.Workloads;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * ND4J, native, on the layer of {@link dev.samebits.bench.jmh.AffineBenchmark}: its product into an array of the caller's,
 * and the bias added to every row in place. Its arrays lie outside the heap; nothing is copied in or out.
 */
@State(Scope.Benchmark)
public class Nd4jPeer extends Timed {
    @Param("1")
    public int threads;

    @Param("1024")
    public int batch;

    @Param("1024")
    public int inputs;

    @Param("1024")
    public int outputs;

    private INDArray x;
    private INDArray weights;
    private INDArray bias;
    private INDArray z;

    @Setup
    public void setup() {
        Layer layer = Workloads.affine(inputs, outputs).layers().get(0);
        // Its own loops and the BLAS below them count threads apart.
        openblas_nolapack.blas_set_num_threads(threads);
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        x = Nd4j.createFromArray(Workloads.uniform(batch, inputs, 3).data()).reshape(batch, inputs);
        // Transposed once and laid out so: a view is copied in every call.
        weights = Nd4j.createFromArray(layer.weights().data()).reshape(outputs, inputs).transpose().dup('f');
        bias = Nd4j.createFromArray(layer.bias());
        z = Nd4j.createUninitialized(new int[] {batch, outputs}, 'f');
        ForkLine.announce("ND4J " + Nd4j.class.getPackage().getImplementationVersion() + ", threads " + threads);
    }

    @Benchmark
    public INDArray affine() {
        x.mmuli(weights, z);
        z.addiRowVector(bias);
        return z;
    }

    float[] result() {
        return z.dup('c').data().asFloat();
    }
}
