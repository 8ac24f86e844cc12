package dev.samebits.simd.vector;

import static dev.samebits.simd.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Log1p;
import dev.samebits.arithmetic.Softmax;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Softmax} of one row that lies in a buffer padded to a multiple of {@link #PAD} floats. The sixteen partial sums of
 * the definition are the lanes of one 512-bit vector, or of two or four narrower ones.
 */
public final class VSoftmax {
    /** Rows are padded to a multiple of this: the number of partial sums. */
    public static final int PAD = 16;

    private VSoftmax() {}

    /** Floats that a row of n values takes in a padded buffer. */
    public static int padded(int n) {
        return (n + PAD - 1) & -PAD;
    }

    /** Softmax in place. What lies between n and the padded end is overwritten. */
    public static void softmax(float[] row, int offset, int n, float[] partial) {
        int p = firstMaximum(row, offset, n);
        exponentials(row, offset, row, offset, n, p);
        float one = row[offset + p];
        row[offset + p] = 0;
        float scale = one / (1 + sum(row, offset, padded(n), partial));
        for (int j = 0; j < padded(n); j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, row, offset + j).mul(scale).intoArray(row, offset + j);
        }
        // Behind the vectors: one that is read so soon after a number was written into it waits for that.
        row[offset + p] = one * scale;
    }

    /** Log-softmax in place, with a second padded buffer for the exponentials. */
    public static void logSoftmax(float[] row, int offset, int n, float[] e, int eOffset, float[] partial) {
        int p = firstMaximum(row, offset, n);
        exponentials(row, offset, e, eOffset, n, p);
        float m = row[offset + p];
        float one = e[eOffset + p];
        e[eOffset + p] = 0;
        float logarithm = one * Log1p.log1p(sum(e, eOffset, padded(n), partial));
        for (int j = 0; j < padded(n); j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, row, offset + j).sub(m).sub(logarithm).intoArray(row, offset + j);
        }
    }

    /**
     * {@link Softmax#firstMaximum}: the maximum lane by lane, without a branch for each number that another is larger than,
     * then the first place that has it. What lies between n and the padded end is overwritten.
     */
    private static int firstMaximum(float[] row, int offset, int n) {
        float first = row[offset];
        // Nothing is larger than NaN.
        if (first != first) {
            return 0;
        }
        Arrays.fill(row, offset + n, offset + padded(n), first);
        float m = maximum(row, offset, padded(n));
        int p = 0;
        while (row[offset + p] != m) {
            p++;
        }
        return p;
    }

    // Of numbers of which the first is not NaN. Lanes are compared as integers, which are in the order of floats once the
    // lower bits of negative ones are turned round: that takes one instruction a step.
    private static float maximum(float[] row, int offset, int length) {
        FloatVector m = broadcast(F, row[offset]);
        for (int j = 0; j < length; j += Lanes.N) {
            FloatVector x = FloatVector.fromArray(Lanes.F, row, offset + j);
            m = m.blend(x, x.compare(VectorOperators.GT, m));
        }
        IntVector bits = m.reinterpretAsInts();
        IntVector keys = bits.lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.ASHR, 31)
                .lanewise(VectorOperators.AND, Integer.MAX_VALUE));
        int key = keys.reduceLanes(VectorOperators.MAX);
        return Float.intBitsToFloat(key ^ key >> 31 & Integer.MAX_VALUE);
    }

    /**
     * {@code e_j = Softmax.exponential(row_j, m)} and zeros behind it, for the row's maximum m, which is at p.
     *
     * <p>{@link VExp#expOfNegative} written out. Called once a row, often for a single vector, the compiler inlines all of
     * softmax into one method, comes to its limit of nodes there, and boxes the vectors of what is left; this method is too
     * long to be inlined, and leaves the rest short enough.
     */
    static void exponentials(float[] row, int offset, float[] e, int eOffset, int n, int p) {
        FloatVector m = broadcast(F, row[offset + p]);
        int end = padded(n);
        for (int j = 0; j < end; j += Lanes.N) {
            FloatVector z = FloatVector.fromArray(Lanes.F, row, offset + j);
            FloatVector d = z.sub(m);
            FloatVector t = d.sub(z);
            FloatVector lost = z.sub(d.sub(t)).sub(t.add(m));
            FloatVector lo = broadcast(F, 0f).blend(lost, d.compare(VectorOperators.GT, Exp.LOWEST));
            FloatVector x = d.blend(Exp.LOWEST, d.compare(VectorOperators.LT, Exp.LOWEST));
            FloatVector shifted = x.fma(Exp.LOG2_E, Exp.ROUNDER);
            FloatVector k = shifted.sub(Exp.ROUNDER);
            FloatVector exact = k.fma(broadcast(F, Exp.MINUS_LN2_HI), x);
            FloatVector low = k.fma(broadcast(F, Exp.MINUS_LN2_LO), lo);
            FloatVector r = exact.add(low);
            FloatVector tail = exact.sub(r).add(low);
            FloatVector sum = r.add(1f);
            FloatVector rounded = r.sub(sum.sub(1f));
            FloatVector q = r.fma(Exp.Q4, Exp.Q3).fma(r, broadcast(F, Exp.Q2)).fma(r, broadcast(F, Exp.Q1))
                    .fma(r, broadcast(F, Exp.Q0));
            FloatVector mantissa = sum.add(r.mul(r).fma(q, rounded.add(tail)));
            IntVector power = shifted.reinterpretAsInts().add(VExp.LIFTED_BIAS)
                    .lanewise(VectorOperators.LSHL, Exp.MANTISSA_BITS);
            mantissa.mul(power.reinterpretAsFloats()).mul(VExp.LOWER).intoArray(e, eOffset + j);
        }
        Arrays.fill(e, eOffset + n, eOffset + end, 0);
    }

    static float sum(float[] e, int offset, int length, float[] partial) {
        for (int lane = 0; lane < PAD; lane += Lanes.N) {
            FloatVector sums = FloatVector.zero(Lanes.F);
            for (int j = lane; j < length; j += PAD) {
                sums = sums.add(FloatVector.fromArray(Lanes.F, e, offset + j));
            }
            sums.intoArray(partial, lane);
        }
        return VSums.tree(partial);
    }
}
