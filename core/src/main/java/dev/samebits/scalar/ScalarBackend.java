package dev.samebits.scalar;

import dev.samebits.LayerKernels;
import dev.samebits.spi.KernelBackend;

/** Plain Java, the reference. */
final class ScalarBackend extends KernelBackend {
    private final LayerKernels kernels = new ScalarKernels();

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String device() {
        return "plain Java, the reference";
    }

    @Override
    public LayerKernels kernels() {
        return kernels;
    }
}
