package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.LayerKernels;

/** What all contracts share: the name of the backend that a subclass hands in, and how it is found. */
public abstract class BackendContract {
    /** The name of the backend to judge, as {@code Backends.report()} has it. */
    protected abstract String backend();

    /** The backend to judge: the one of that name, unless overridden. Skips or fails the test if it cannot run. */
    protected Backend underTest() {
        return BackendUnderTest.named(backend());
    }

    /** The kernels to judge: the backend's, unless overridden. */
    protected LayerKernels kernels() {
        return underTest().kernels();
    }
}
