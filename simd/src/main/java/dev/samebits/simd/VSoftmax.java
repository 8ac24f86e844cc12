package dev.samebits.simd;

import dev.samebits.arithmetic.Exp;
import dev.samebits.arithmetic.Log1p;
import dev.samebits.arithmetic.Softmax;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Softmax} of one row that lies in a buffer padded to a multiple of {@link #PAD} floats. The sixteen partial sums of the
 * definition are the lanes of one 512-bit vector, or of two or four narrower ones.
 */
final class VSoftmax {
    /** Rows are padded to a multiple of this: the number of partial sums. */
    static final int PAD = 16;

    private VSoftmax() {}

    /** Floats that a row of n values takes in a padded buffer. */
    static int padded(int n) {
        return (n + PAD - 1) & -PAD;
    }

    /** Softmax in place. What lies between n and the padded end is overwritten. */
    static void softmax(float[] row, int at, int n, float[] partial) {
        int p = exponentials(row, at, row, at, n);
        float one = row[at + p];
        row[at + p] = 0;
        float sum = sum(row, at, padded(n), partial);
        row[at + p] = one;
        float scale = one / (1 + sum);
        for (int j = 0; j < padded(n); j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, row, at + j).mul(scale).intoArray(row, at + j);
        }
    }

    /** Log-softmax in place, with a second padded buffer for the exponentials. */
    static void logSoftmax(float[] row, int at, int n, float[] e, int eAt, float[] partial) {
        int p = exponentials(row, at, e, eAt, n);
        float m = row[at + p];
        float one = e[eAt + p];
        e[eAt + p] = 0;
        float logarithm = one * Log1p.log1p(sum(e, eAt, padded(n), partial));
        for (int j = 0; j < padded(n); j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, row, at + j).sub(m).sub(logarithm).intoArray(row, at + j);
        }
    }

    // e = exp(row − maximum), zeros behind it; the place of the maximum.
    static int exponentials(float[] row, int at, float[] e, int eAt, int n) {
        int p = Softmax.firstMaximum(row, at, n);
        float m = row[at + p];
        for (int j = 0; j < padded(n); j += Lanes.N) {
            FloatVector z = FloatVector.fromArray(Lanes.F, row, at + j);
            FloatVector d = z.sub(m);
            FloatVector t = d.sub(z);
            FloatVector lost = z.sub(d.sub(t)).sub(t.add(m));
            VExp.expOfNegative(d, FloatVector.zero(Lanes.F).blend(lost, d.compare(VectorOperators.GT, Exp.LOWEST)))
                    .intoArray(e, eAt + j);
        }
        Arrays.fill(e, eAt + n, eAt + padded(n), 0);
        return p;
    }

    static float sum(float[] e, int at, int length, float[] partial) {
        for (int lane = 0; lane < PAD; lane += Lanes.N) {
            FloatVector sums = FloatVector.zero(Lanes.F);
            for (int j = lane; j < length; j += PAD) {
                sums = sums.add(FloatVector.fromArray(Lanes.F, e, at + j));
            }
            sums.intoArray(partial, lane);
        }
        for (int distance = PAD / 2; distance > 0; distance /= 2) {
            for (int lane = 0; lane < distance; lane++) {
                partial[lane] += partial[lane + distance];
            }
        }
        return partial[0];
    }
}
