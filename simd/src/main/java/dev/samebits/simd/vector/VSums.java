package dev.samebits.simd.vector;

import dev.samebits.arithmetic.Sums;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * {@link Sums} of a row. The sixteen partial sums of the definition are the lanes of one 512-bit vector, or of two or four
 * narrower ones; what does not fill a vector is added to them one by one.
 */
public final class VSums {
    /** The number of partial sums. */
    public static final int PARTIAL = 16;

    private VSums() {}

    /** {@code Σ x_j} of n values, with room for the partial sums. */
    public static float sum(float[] x, int offset, int n, float[] partial) {
        int whole = Lanes.F.loopBound(n);
        for (int lane = 0; lane < PARTIAL; lane += Lanes.N) {
            sumLanes(x, offset, lane, whole, partial);
        }
        for (int j = whole; j < n; j++) {
            partial[j % PARTIAL] += x[offset + j];
        }
        return tree(partial);
    }

    private static void sumLanes(float[] x, int offset, int lane, int whole, float[] partial) {
        FloatVector sums = FloatVector.zero(Lanes.F);
        for (int j = lane; j < whole; j += PARTIAL) {
            sums = sums.add(FloatVector.fromArray(Lanes.F, x, offset + j));
        }
        sums.intoArray(partial, lane);
    }

    /** {@code Σ a_j b_j} of n values, fused, with room for the partial sums. */
    public static float products(float[] a, int aOffset, float[] b, int bOffset, int n, float[] partial) {
        int whole = Lanes.F.loopBound(n);
        for (int lane = 0; lane < PARTIAL; lane += Lanes.N) {
            productLanes(a, aOffset, b, bOffset, lane, whole, partial);
        }
        for (int j = whole; j < n; j++) {
            partial[j % PARTIAL] = Math.fma(a[aOffset + j], b[bOffset + j], partial[j % PARTIAL]);
        }
        return tree(partial);
    }

    private static void productLanes(float[] a, int aOffset, float[] b, int bOffset, int lane, int whole, float[] partial) {
        FloatVector sums = FloatVector.zero(Lanes.F);
        for (int j = lane; j < whole; j += PARTIAL) {
            sums = FloatVector.fromArray(Lanes.F, a, aOffset + j)
                    .fma(FloatVector.fromArray(Lanes.F, b, bOffset + j), sums);
        }
        sums.intoArray(partial, lane);
    }

    /** Lanes 8 apart, then 4, 2 and 1: written out, since loops so short cost more than their work. */
    static float tree(float[] partial) {
        float s0 = partial[0] + partial[8];
        float s1 = partial[1] + partial[9];
        float s2 = partial[2] + partial[10];
        float s3 = partial[3] + partial[11];
        float s4 = partial[4] + partial[12];
        float s5 = partial[5] + partial[13];
        float s6 = partial[6] + partial[14];
        float s7 = partial[7] + partial[15];
        return s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7));
    }

    /**
     * {@code y_i = Σ_k x_{k·M+i}} for k below K and i below M.
     *
     * @param partial room for sixteen rows of M
     */
    public static void columns(float[] x, int offset, int outputs, int count, float[] y, int yOffset, float[] partial) {
        int lanes = Math.min(PARTIAL, count);
        for (int lane = 0; lane < lanes; lane++) {
            add(x, offset, outputs, count, lane, partial);
        }
        // Partial sums are never −0, so that to add the +0 of an empty one changes nothing.
        for (int distance = PARTIAL / 2; distance > 0; distance /= 2) {
            for (int lane = 0; lane < distance && lane + distance < lanes; lane++) {
                addRow(partial, (lane + distance) * outputs, partial, lane * outputs, outputs);
            }
            lanes = Math.min(lanes, distance);
        }
        System.arraycopy(partial, 0, y, yOffset, outputs);
    }

    private static void add(float[] x, int offset, int outputs, int count, int lane, float[] partial) {
        Arrays.fill(partial, lane * outputs, (lane + 1) * outputs, 0);
        for (int k = lane; k < count; k += PARTIAL) {
            addRow(x, offset + k * outputs, partial, lane * outputs, outputs);
        }
    }

    private static void addRow(float[] x, int offset, float[] sums, int sumsOffset, int length) {
        int i = 0;
        for (; i + Lanes.N <= length; i += Lanes.N) {
            FloatVector.fromArray(Lanes.F, sums, sumsOffset + i).add(FloatVector.fromArray(Lanes.F, x, offset + i))
                    .intoArray(sums, sumsOffset + i);
        }
        for (; i < length; i++) {
            sums[sumsOffset + i] += x[offset + i];
        }
    }
}
