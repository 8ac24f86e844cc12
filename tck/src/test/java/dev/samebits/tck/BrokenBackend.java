package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.LayerKernels;
import dev.samebits.spi.KernelBackend;

/** A backend with a defect, for the contract that must find it. */
class BrokenBackend extends KernelBackend {
    private final LayerKernels kernels;

    BrokenBackend(LayerKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "broken";
    }

    @Override
    public String device() {
        return "a test of the tests";
    }

    @Override
    public LayerKernels kernels() {
        return kernels;
    }

    /** What the contracts judge if they judge this backend. */
    BackendContracts judged() {
        Backend broken = this;
        return new BackendContracts() {
            @Override
            protected String backend() {
                return broken.name();
            }

            @Override
            protected Backend underTest() {
                return broken;
            }
        };
    }
}
