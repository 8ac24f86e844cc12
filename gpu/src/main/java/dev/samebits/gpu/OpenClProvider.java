package dev.samebits.gpu;

import dev.samebits.Availability;
import dev.samebits.spi.BackendProvider;

/**
 * Offers the OpenCL backend, to those who ask for it by name: a device may be far, busy, or slower than the processor.
 *
 * @since 0.1.0
 */
public final class OpenClProvider implements BackendProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public OpenClProvider() {}

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Availability probe() {
        return Probe.availability();
    }
}
