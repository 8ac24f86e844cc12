package dev.samebits;

/**
 * The random generator of initialisation and shuffling, specified here so that a seed names the same sequence for ever:
 * SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). The state starts at the seed;
 * each draw adds 0x9E3779B97F4A7C15 to it and mixes the sum. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class SplitMix64 {
    private long state;

    /**
     * Starts a sequence.
     *
     * @param seed names it
     */
    public SplitMix64(long seed) {
        this.state = seed;
    }

    /**
     * Where in its sequence it is.
     *
     * @param name of the sequence
     * @param exchange takes it, or gives it
     */
    public void exchange(String name, StateExchange exchange) {
        state = exchange.number(name, state);
    }

    /** {@return the next 64 bits} */
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** {@return a number that is uniform on [0, 1): the upper 24 bits of the next draw, times 2⁻²⁴} */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /**
     * Uniform on 0 to {@code bound} − 1, without bias: draws the upper 32 bits until they fall below the largest multiple of
     * the bound, and takes the remainder.
     *
     * @param bound one more than the largest
     * @return the number drawn
     * @throws IllegalArgumentException if the bound is not positive
     */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("a bound must be positive, not " + bound);
        }
        long limit = (1L << 32) / bound * bound;
        long draw = nextLong() >>> 32;
        while (draw >= limit) {
            draw = nextLong() >>> 32;
        }
        return (int) (draw % bound);
    }

    /**
     * Shuffles in place (Fisher–Yates, from the last element down).
     *
     * @param values to shuffle
     */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
