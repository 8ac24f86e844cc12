package dev.samebits.simd;

import dev.samebits.InferenceSession;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import dev.samebits.simd.kernel.SimdKernels;
import dev.samebits.simd.session.SimdInferenceSession;
import dev.samebits.simd.session.SimdTrainingSession;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.spi.KernelBackend;

/** The JDK's Vector API. */
final class SimdBackend extends KernelBackend {
    private final LayerKernels kernels = new SimdKernels();

    static {
        Rehearsal.run();
    }

    @Override
    public String name() {
        return "simd";
    }

    @Override
    public String device() {
        return System.getProperty("os.arch") + ", " + Lanes.N * Float.SIZE + "-bit vectors of " + Lanes.N + " floats";
    }

    @Override
    public LayerKernels kernels() {
        return kernels;
    }

    @Override
    protected InferenceSession openChain(Network network, SessionOptions options) {
        return new SimdInferenceSession(this, network, options);
    }

    @Override
    protected TrainingSession trainChain(Network network, Loss loss, TrainingOptions training, SessionOptions options) {
        return new SimdTrainingSession(this, network, loss, training, options);
    }
}
