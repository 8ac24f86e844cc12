package dev.samebits.simd.vector;

import dev.samebits.arithmetic.CounterHash;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Dropout of a row: {@code DropoutMasks.apply}, hashes in lanes. */
public final class VDropout {
    /** Bits of a hash that are below those that are compared. */
    private static final int LOWER = 8;
    private static final int SIGN = Integer.SIZE - 1;
    // The states of the first elements, but for the key.
    private static final int[] FIRST_STATES = new int[Lanes.N];

    static {
        for (int lane = 0; lane < Lanes.N; lane++) {
            FIRST_STATES[lane] = (lane + 1) * CounterHash.WEYL;
        }
    }

    private VDropout() {}

    /**
     * Sets to +0 what is dropped, and multiplies what stays by the factor.
     *
     * @param key0 the row's
     * @param key1 the row's
     * @param threshold what the upper 24 bits of a hash are below where a value is dropped
     * @param values n of them from the offset on, changed
     */
    public static void apply(int key0, int key1, int threshold, float factor, float[] values, int offset, int n) {
        int whole = Lanes.F.loopBound(n);
        IntVector state = IntVector.fromArray(Lanes.I, FIRST_STATES, 0).add(key0);
        IntVector second = IntVector.broadcast(Lanes.I, key1);
        FloatVector scale = FloatVector.broadcast(Lanes.F, factor);
        for (int j = 0; j < whole; j += Lanes.N) {
            IntVector x = state.lanewise(VectorOperators.XOR, state.lanewise(VectorOperators.LSHR, 16))
                    .mul(CounterHash.FIRST);
            x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15))
                    .lanewise(VectorOperators.XOR, second).mul(CounterHash.SECOND);
            x = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 15));
            // All bits where a value stays, none, which is +0, where it goes: no masks, which are slow where there are none.
            IntVector goes = x.lanewise(VectorOperators.LSHR, LOWER).sub(threshold).lanewise(VectorOperators.ASHR, SIGN);
            FloatVector.fromArray(Lanes.F, values, offset + j).mul(scale).reinterpretAsInts()
                    .lanewise(VectorOperators.AND_NOT, goes).reinterpretAsFloats().intoArray(values, offset + j);
            state = state.add(Lanes.N * CounterHash.WEYL);
        }
        for (int j = whole; j < n; j++) {
            boolean dropped = (CounterHash.of(key0, key1, j) >>> LOWER) < threshold;
            values[offset + j] = dropped ? 0 : values[offset + j] * factor;
        }
    }
}
