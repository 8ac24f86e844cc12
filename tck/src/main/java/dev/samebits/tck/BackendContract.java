package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.LayerKernels;

/** What the contracts that {@link BackendContracts} nests share: the backend that they judge. */
abstract class BackendContract {
    private final BackendContracts judged;

    BackendContract(BackendContracts judged) {
        this.judged = judged;
    }

    String backend() {
        return judged.backend();
    }

    Backend underTest() {
        return judged.underTest();
    }

    LayerKernels kernels() {
        return judged.kernels();
    }
}
