package dev.samebits.simd;

import dev.samebits.Availability;
import dev.samebits.spi.BackendProvider;
import java.util.Optional;

/**
 * Offers the Vector API backend. Loaded on every JVM, also where the module is missing: names no vector type, and no class
 * that does before {@link Probe} has looked.
 */
public final class SimdProvider implements BackendProvider {
    @Override
    public String name() {
        return "simd";
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public Availability probe() {
        Optional<Availability.Unavailable> why = Probe.unavailable();
        return why.isPresent() ? why.get() : new Availability.Available(new SimdBackend());
    }
}
