package dev.samebits.tck;

import dev.samebits.Dropout;
import dev.samebits.Matrix;
import org.jspecify.annotations.Nullable;

/** What a step drops, written from docs/arithmetic.md alone, in 64-bit integers: it shares no code with the library. */
final class Mask {
    private static final long M = 0xFFFFFFFFL;

    private final @Nullable Dropout dropout;
    private final long key;

    /**
     * The mask of a step.
     *
     * @param dropout null for none
     * @param step from 1
     */
    Mask(@Nullable Dropout dropout, long step) {
        this.dropout = dropout;
        long z = (dropout == null ? 0 : dropout.seed() ^ 0x64726F706F7574L) + step * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        key = z ^ (z >>> 31);
    }

    /** Drops activations of a layer, or their gradients, in place: all rows of the mini-batch. */
    void drop(int layer, Matrix values) {
        if (dropout == null || dropout.rate(layer) == 0) {
            return;
        }
        for (int n = 0; n < values.rows(); n++) {
            for (int j = 0; j < values.columns(); j++) {
                values.set(n, j, drops(layer, n, j) ? 0 : values.get(n, j) * (1 / (1 - dropout.rate(layer))));
            }
        }
    }

    /** Whether an activation of a layer, counted from 0, is dropped. */
    boolean drops(int layer, int row, int column) {
        long k0 = key & M;
        long k1 = key >>> 32;
        long l0 = hash(k0, k1, 2L * layer);
        long l1 = hash(k0, k1, 2L * layer + 1);
        long h = hash(hash(l0, l1, 2L * row), hash(l0, l1, 2L * row + 1), column);
        return h / 256 < (long) (dropout.rate(layer) * 16777216.0);
    }

    private static long hash(long k0, long k1, long i) {
        long x = (k0 + (i + 1) * 0x9E3779B9L) & M;
        x = (x ^ (x >> 16)) * 0x21F0AAADL & M;
        x = (x ^ (x >> 15) ^ k1) * 0x735A2D97L & M;
        return x ^ (x >> 15);
    }
}
