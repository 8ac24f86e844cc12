package dev.samebits.simd;

import dev.samebits.Availability;
import dev.samebits.BackendProvider;

/**
 * Offers the Vector API backend. Loaded on every JVM, also where the module is missing: names no vector type, and no class that
 * does before {@link Probe} has looked.
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
        return Probe.unavailable().<Availability>map(reason -> reason).orElseGet(() -> new Availability.Available(backend()));
    }

    private static dev.samebits.Backend backend() {
        return new SimdBackend();
    }
}
