package dev.samebits.spi;

import dev.samebits.Availability;
import dev.samebits.Backends;

/**
 * How a jar offers a backend: listed in {@code META-INF/services/dev.samebits.spi.BackendProvider}. A provider is loaded on
 * every JVM, so neither it nor its signatures may name a class that some JVM lacks.
 *
 * @since 0.1.0
 */
public interface BackendProvider {
    /** {@return the name of the backend it offers} */
    String name();

    /**
     * {@link Backends#best()} takes the available backend with the highest rank.
     *
     * @return the backend's place; where it is negative, the backend is taken only by name
     */
    int rank();

    /**
     * Looks whether the backend can run here, and well: one that would be slower than scalar is unavailable too, with the
     * reason and the remedy. Never throws for an ordinary absence. Called once.
     *
     * @return the backend, or why it cannot run and what to do
     */
    Availability probe();
}
