package dev.samebits.bench.plan;

/**
 * What one fork measured.
 *
 * @param nanos time of a call, the mean over the fork's iterations
 * @param bytes allocated by a call on all threads, {@code gc.alloc.rate.norm} in the best iteration, less the harness's own
 * @param spread the slowest of these iterations over the fastest
 */
public record Sample(double nanos, double bytes, double spread) {
    private static final double STEADY = 1.5;

    /** Whether the iterations agree; if not, the code was still being compiled, or the machine had other work. */
    boolean isSteady() {
        return spread <= STEADY;
    }
}
