package dev.samebits.simd.tile;

import dev.samebits.Activation;
import dev.samebits.Bfloat16;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Panels} of weights that all are bfloat16 numbers, two bytes each: a vector of ints has two neighbouring vectors of
 * a panel's row, the first in its lower halves. A weight is the float that its half makes with zeros below, so that sums
 * have the bits that they have with weights in floats. Set once; then thread-safe.
 */
public final class Bfloat16Panels {
    /** How far a lower half is shifted to become a float. */
    static final int HALF = Short.SIZE;
    /** What of an int is its upper half. */
    static final int UPPER = -1 << HALF;
    /**
     * Panels of 2 and of 4 vectors that go together where there is one row: with one more JDK 17's C2 has not enough of 16
     * registers, and of SVE's 32.
     */
    private static final int NARROW_NEIGHBOURS = 3;
    private static final int WIDE_NEIGHBOURS = 2;
    /** Steps of the depth that become floats at a time, where there is no tile for the halves. */
    private static final int WIDENED_DEPTH = 512;
    private static final Pool<float[]> WIDENED =
            new Pool<>(64, () -> new float[Panels.START + WIDENED_DEPTH * Panels.WIDEST]);

    private final Panels panels;
    private final int depth;
    private final int[] pairs;

    /** Zeros, so many steps deep. */
    public Bfloat16Panels(Panels panels, int depth) {
        this.panels = panels;
        this.depth = depth;
        pairs = new int[Math.addExact(Panels.START, Math.multiplyExact(panels.padded(), depth) / 2)];
    }

    private int offset(int p, int step) {
        return Panels.START + (panels.from(p) * depth + step * panels.width(p)) / 2;
    }

    /**
     * Sets some steps of panel p.
     *
     * @param weights {@code [steps × width]}, bfloat16 numbers
     */
    public void set(int p, int from, int steps, float[] weights) {
        int width = panels.width(p);
        int to = offset(p, from);
        for (int first = 0; first < steps * width; first += 2 * Lanes.N) {
            for (int i = first; i < first + Lanes.N; i++) {
                int lower = Short.toUnsignedInt(Bfloat16.bits(weights[i]));
                pairs[to++] = Bfloat16.bits(weights[i + Lanes.N]) << HALF | lower;
            }
        }
    }

    /** {@code c = s + a B} for one row and some panels; as {@link Tiles#multiplyRow}. */
    public void multiplyRow(int fromPanel, int toPanel, float[] a, int aOffset, float[] s, float[] c, int cOffset) {
        int p = fromPanel;
        int neighbours = panels.fullWidth() == 4 * Lanes.N ? WIDE_NEIGHBOURS : NARROW_NEIGHBOURS;
        // Only full panels go together: the last may be of another width.
        for (; p + neighbours <= toPanel && panels.width(p + neighbours - 1) == panels.fullWidth(); p += neighbours) {
            int from = panels.from(p);
            if (panels.vectorsOf(p) == 4) {
                Tile1x2x4Bfloat16.multiply(depth, a, aOffset, pairs, offset(p, 0), s, from, c, cOffset + from);
            } else {
                Tile1x3x2Bfloat16.multiply(depth, a, aOffset, pairs, offset(p, 0), s, from, c, cOffset + from);
            }
        }
        for (; p < toPanel; p++) {
            int from = panels.from(p);
            if (panels.vectorsOf(p) == 4) {
                Tile1x1x4Bfloat16.multiply(depth, a, aOffset, pairs, offset(p, 0), s, from, c, cOffset + from);
            } else {
                Tile1x1x2Bfloat16.multiply(depth, a, aOffset, pairs, offset(p, 0), s, from, c, cOffset + from);
            }
        }
    }

    /**
     * {@code C = f(S + A B)} for some steps of panel p and several rows; as {@link StripTiles#multiply}.
     *
     * @param from the first step
     * @param f the activation, or null for none
     * @param aStride any distance between rows of A
     */
    public void multiply(Activation f, int p, int rows, int from, int steps, float[] a, int aOffset, int aStride, float[] s,
            int sOffset, int sStride, float[] c, int cOffset, int cStride) {
        int vectors = panels.vectorsOf(p);
        if (DirectTiles.take(vectors, rows, aStride)) {
            DirectTiles.multiply(f, vectors, rows, steps, a, aOffset, aStride, null, pairs, offset(p, from), s, sOffset,
                    sStride, c, cOffset, cStride);
            return;
        }
        float[] widened = WIDENED.take();
        for (int k = 0; k < steps; k += WIDENED_DEPTH) {
            int some = Math.min(WIDENED_DEPTH, steps - k);
            boolean last = k + some == steps;
            widen(offset(p, from + k), some * vectors / 2, widened);
            StripTiles.multiply(last ? f : null, vectors, rows, some, a, aOffset + k, aStride, widened, Panels.START,
                    k == 0 ? s : c, k == 0 ? sOffset : cOffset, k == 0 ? sStride : cStride, c, cOffset, cStride);
        }
        WIDENED.giveBack(widened);
    }

    private void widen(int offset, int vectors, float[] to) {
        int first = Panels.START;
        for (int i = 0; i < vectors; i++) {
            IntVector both = IntVector.fromArray(Lanes.I, pairs, offset + i * Lanes.N);
            both.lanewise(VectorOperators.LSHL, HALF).reinterpretAsFloats().intoArray(to, first);
            both.and(UPPER).reinterpretAsFloats().intoArray(to, first + Lanes.N);
            first += 2 * Lanes.N;
        }
    }
}
