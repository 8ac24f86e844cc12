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
     * {@code y_i = Σ_k x_{k·M+i}} for k below K and i below M: vector by vector of M, then the columns that fill none.
     *
     * @param partial room for the partial sums of a vector of columns, {@link #PARTIAL} vectors
     */
    public static void columns(float[] x, int offset, int outputs, int count, float[] y, int yOffset, float[] partial) {
        int lanes = Math.min(PARTIAL, count);
        int whole = Lanes.F.loopBound(outputs);
        // Partial sums are never −0, so that to add the +0 of an empty one changes nothing.
        Arrays.fill(partial, lanes * Lanes.N, PARTIAL * Lanes.N, 0);
        for (int i = 0; i < whole; i += Lanes.N) {
            for (int lane = 0; lane < lanes; lane++) {
                sumColumns(x, offset + lane * outputs + i, PARTIAL * outputs, offset + count * outputs, partial,
                        lane * Lanes.N);
            }
            treeOfColumns(partial, y, yOffset + i);
        }
        for (int i = whole; i < outputs; i++) {
            y[yOffset + i] = Sums.sum(x, offset + i, outputs, count);
        }
    }

    // Every sixteenth row from one on, added up in a vector that starts from its first row and not from zeros, which JDK 17
    // would keep as an object.
    private static void sumColumns(float[] x, int from, int step, int end, float[] partial, int to) {
        FloatVector sums = FloatVector.fromArray(Lanes.F, x, from).add(0f);
        for (int j = from + step; j < end; j += step) {
            sums = sums.add(FloatVector.fromArray(Lanes.F, x, j));
        }
        sums.intoArray(partial, to);
    }

    // As tree, of sixteen vectors: first the lower half and what belongs to it, then the rest.
    private static void treeOfColumns(float[] partial, float[] y, int yOffset) {
        quarter(partial, 0);
        quarter(partial, 2);
        quarter(partial, 1);
        quarter(partial, 3);
        FloatVector even = row(partial, 0).add(row(partial, 2));
        even.add(row(partial, 1).add(row(partial, 3))).intoArray(y, yOffset);
    }

    // Lanes 8 apart, then 4.
    private static void quarter(float[] partial, int lane) {
        FloatVector first = row(partial, lane).add(row(partial, lane + 8));
        first.add(row(partial, lane + 4).add(row(partial, lane + 12))).intoArray(partial, lane * Lanes.N);
    }

    private static FloatVector row(float[] partial, int lane) {
        return FloatVector.fromArray(Lanes.F, partial, lane * Lanes.N);
    }
}
