package dev.samebits.scalar;

import dev.samebits.Availability;
import dev.samebits.spi.BackendProvider;

/** Offers the scalar backend, which runs everywhere. */
public final class ScalarProvider implements BackendProvider {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public Availability probe() {
        return new Availability.Available(new ScalarBackend());
    }
}
