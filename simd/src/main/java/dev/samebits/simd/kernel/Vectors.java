package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The kernels that are bound by memory: one pass over rows, whole vectors first, then the definition's scalar code for what
 * is left. Offsets and lengths are in floats.
 */
public final class Vectors {
    private Vectors() {}

    /**
     * {@code z_i = b_i + Σ_j w_ij x_j}: eight outputs at a time, eight independent chains of fma. The elements of b are
     * {@code bStep} apart, 0 if it is one number, those of x {@code xStep}; z may be b.
     */
    public static void matvec(float[] w, int wAt, int wRow, int rows, int columns, float[] b, int bAt, int bStep, float[] x, int xAt,
            int xStep, float[] z, int zAt) {
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            int w0 = wAt + i * wRow;
            int w1 = w0 + wRow;
            int w2 = w1 + wRow;
            int w3 = w2 + wRow;
            int w4 = w3 + wRow;
            int w5 = w4 + wRow;
            int w6 = w5 + wRow;
            int w7 = w6 + wRow;
            float z0 = b[bAt + i * bStep];
            float z1 = b[bAt + (i + 1) * bStep];
            float z2 = b[bAt + (i + 2) * bStep];
            float z3 = b[bAt + (i + 3) * bStep];
            float z4 = b[bAt + (i + 4) * bStep];
            float z5 = b[bAt + (i + 5) * bStep];
            float z6 = b[bAt + (i + 6) * bStep];
            float z7 = b[bAt + (i + 7) * bStep];
            int xj = xAt;
            for (int j = 0; j < columns; j++) {
                float xValue = x[xj];
                z0 = Math.fma(w[w0 + j], xValue, z0);
                z1 = Math.fma(w[w1 + j], xValue, z1);
                z2 = Math.fma(w[w2 + j], xValue, z2);
                z3 = Math.fma(w[w3 + j], xValue, z3);
                z4 = Math.fma(w[w4 + j], xValue, z4);
                z5 = Math.fma(w[w5 + j], xValue, z5);
                z6 = Math.fma(w[w6 + j], xValue, z6);
                z7 = Math.fma(w[w7 + j], xValue, z7);
                xj += xStep;
            }
            z[zAt + i] = z0;
            z[zAt + i + 1] = z1;
            z[zAt + i + 2] = z2;
            z[zAt + i + 3] = z3;
            z[zAt + i + 4] = z4;
            z[zAt + i + 5] = z5;
            z[zAt + i + 6] = z6;
            z[zAt + i + 7] = z7;
        }
        for (; i < rows; i++) {
            float sum = b[bAt + i * bStep];
            for (int j = 0; j < columns; j++) {
                sum = Math.fma(w[wAt + i * wRow + j], x[xAt + j * xStep], sum);
            }
            z[zAt + i] = sum;
        }
    }

    /** {@code dx_j = fma(w_ij, dz_i, dx_j)} for i ascending: four rows of w in a pass over dx. */
    static void transposedMatvec(float[] w, int wAt, int wRow, int rows, int columns, float[] dz, int dzAt, float[] dx, int dxAt) {
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            FloatVector d0 = FloatVector.broadcast(Lanes.F, dz[dzAt + i]);
            FloatVector d1 = FloatVector.broadcast(Lanes.F, dz[dzAt + i + 1]);
            FloatVector d2 = FloatVector.broadcast(Lanes.F, dz[dzAt + i + 2]);
            FloatVector d3 = FloatVector.broadcast(Lanes.F, dz[dzAt + i + 3]);
            int w0 = wAt + i * wRow;
            int w1 = w0 + wRow;
            int w2 = w1 + wRow;
            int w3 = w2 + wRow;
            int j = 0;
            for (; j + Lanes.N <= columns; j += Lanes.N) {
                FloatVector sum = FloatVector.fromArray(Lanes.F, dx, dxAt + j);
                sum = FloatVector.fromArray(Lanes.F, w, w0 + j).fma(d0, sum);
                sum = FloatVector.fromArray(Lanes.F, w, w1 + j).fma(d1, sum);
                sum = FloatVector.fromArray(Lanes.F, w, w2 + j).fma(d2, sum);
                sum = FloatVector.fromArray(Lanes.F, w, w3 + j).fma(d3, sum);
                sum.intoArray(dx, dxAt + j);
            }
            for (; j < columns; j++) {
                float sum = Math.fma(w[w0 + j], dz[dzAt + i], dx[dxAt + j]);
                sum = Math.fma(w[w1 + j], dz[dzAt + i + 1], sum);
                sum = Math.fma(w[w2 + j], dz[dzAt + i + 2], sum);
                dx[dxAt + j] = Math.fma(w[w3 + j], dz[dzAt + i + 3], sum);
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                dx[dxAt + j] = Math.fma(w[wAt + i * wRow + j], dz[dzAt + i], dx[dxAt + j]);
            }
        }
    }

    /** {@code w = fma(−α, fma(λ, w, s · dw), w)}. */
    public static void update(float[] w, int wAt, float[] dw, int dwAt, int length, float learningRate, float scale, float weightDecay) {
        FloatVector minusAlpha = FloatVector.broadcast(Lanes.F, -learningRate);
        FloatVector s = FloatVector.broadcast(Lanes.F, scale);
        FloatVector lambda = FloatVector.broadcast(Lanes.F, weightDecay);
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wAt + j);
            FloatVector gradient = lambda.fma(old, s.mul(FloatVector.fromArray(Lanes.F, dw, dwAt + j)));
            minusAlpha.fma(gradient, old).intoArray(w, wAt + j);
        }
        for (; j < length; j++) {
            float old = w[wAt + j];
            w[wAt + j] = Math.fma(-learningRate, Math.fma(weightDecay, old, scale * dw[dwAt + j]), old);
        }
    }

    /** {@code db_i = db_i + dz_ni} for n ascending. */
    public static void columnSums(float[] dz, int dzAt, int dzRow, int rows, int columns, float[] db, int dbAt) {
        int i = 0;
        for (; i + Lanes.N <= columns; i += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, db, dbAt + i);
            for (int n = 0; n < rows; n++) {
                sum = sum.add(FloatVector.fromArray(Lanes.F, dz, dzAt + n * dzRow + i));
            }
            sum.intoArray(db, dbAt + i);
        }
        for (; i < columns; i++) {
            for (int n = 0; n < rows; n++) {
                db[dbAt + i] += dz[dzAt + n * dzRow + i];
            }
        }
    }

    /**
     * Gradient and update of a panel of neurons from one sample: {@link #update} with {@code dw = fma(dz, x, 0)} and a scale
     * of 1.
     *
     * @param w the panel {@code [inputs × width]}, dense
     * @param dz {@code [width]}, whole vectors
     * @param x {@code [inputs]}
     */
    public static void rankOneUpdate(float[] w, int wAt, int width, float[] dz, int dzAt, float[] x, int xAt, int inputs,
            float learningRate, float weightDecay) {
        // A vector of neurons at a time, its δ in a register; the panel's lines are in cache when the next one comes.
        for (int i = 0; i < width; i += Lanes.N) {
            rankOneColumn(w, wAt + i, width, dz, dzAt + i, x, xAt, inputs, learningRate, weightDecay);
        }
    }

    // One loop to a method: what stays the same in a nest of loops is an object on the heap.
    private static void rankOneColumn(float[] w, int wAt, int width, float[] dz, int dzAt, float[] x, int xAt, int inputs,
            float learningRate, float weightDecay) {
        FloatVector minusAlpha = FloatVector.broadcast(Lanes.F, -learningRate);
        FloatVector lambda = FloatVector.broadcast(Lanes.F, weightDecay);
        FloatVector zero = FloatVector.zero(Lanes.F);
        FloatVector delta = FloatVector.fromArray(Lanes.F, dz, dzAt);
        for (int j = 0; j < inputs; j++) {
            FloatVector old = FloatVector.fromArray(Lanes.F, w, wAt + j * width);
            FloatVector dw = delta.fma(FloatVector.broadcast(Lanes.F, x[xAt + j]), zero);
            minusAlpha.fma(lambda.fma(old, dw), old).intoArray(w, wAt + j * width);
        }
    }

    /** {@code dγ_i = fma(da_ni, min(0, z_ni), dγ_i)} for n ascending. */
    public static void slopeGradient(float[] z, int zAt, int zRow, float[] da, int daAt, int daRow, int rows, int columns,
            float[] dslopes, int dslopesAt) {
        int i = 0;
        for (; i + Lanes.N <= columns; i += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, dslopes, dslopesAt + i);
            for (int n = 0; n < rows; n++) {
                FloatVector net = FloatVector.fromArray(Lanes.F, z, zAt + n * zRow + i);
                FloatVector negative = net.blend(0, net.compare(VectorOperators.GT, 0));
                sum = FloatVector.fromArray(Lanes.F, da, daAt + n * daRow + i).fma(negative, sum);
            }
            sum.intoArray(dslopes, dslopesAt + i);
        }
        for (; i < columns; i++) {
            for (int n = 0; n < rows; n++) {
                float net = z[zAt + n * zRow + i];
                dslopes[dslopesAt + i] = Math.fma(da[daAt + n * daRow + i], net > 0 ? 0 : net, dslopes[dslopesAt + i]);
            }
        }
    }

    /** Maxout: {@code a[i] = max_k z[k · pieceStep + i]} for {@code length} values. */
    public static void maxout(int pieces, int pieceStep, int length, float[] z, int zAt, float[] a, int aAt) {
        int i = 0;
        for (; i + Lanes.N <= length; i += Lanes.N) {
            FloatVector best = FloatVector.fromArray(Lanes.F, z, zAt + i);
            for (int k = 1; k < pieces; k++) {
                FloatVector next = FloatVector.fromArray(Lanes.F, z, zAt + k * pieceStep + i);
                // Written out, as below: a mask that crosses a call that is not inlined is an object.
                VectorMask<Float> firstNaN = next.compare(VectorOperators.NE, next).and(best.compare(VectorOperators.EQ, best));
                best = best.blend(next, next.compare(VectorOperators.GT, best).or(firstNaN));
            }
            best.intoArray(a, aAt + i);
        }
        for (; i < length; i++) {
            float best = z[zAt + i];
            for (int k = 1; k < pieces; k++) {
                float next = z[zAt + k * pieceStep + i];
                best = wins(next, best) ? next : best;
            }
            a[aAt + i] = best;
        }
    }

    /** The gradient of {@link #maxout}: da goes to the winning piece, 0 to the others. */
    public static void maxoutGradient(int pieces, int pieceStep, int length, float[] z, int zAt, float[] da, int daAt, float[] dz,
            int dzAt) {
        int i = 0;
        for (; i + Lanes.N <= length; i += Lanes.N) {
            FloatVector best = FloatVector.fromArray(Lanes.F, z, zAt + i);
            FloatVector winner = FloatVector.zero(Lanes.F);
            for (int k = 1; k < pieces; k++) {
                FloatVector next = FloatVector.fromArray(Lanes.F, z, zAt + k * pieceStep + i);
                VectorMask<Float> firstNaN = next.compare(VectorOperators.NE, next).and(best.compare(VectorOperators.EQ, best));
                VectorMask<Float> wins = next.compare(VectorOperators.GT, best).or(firstNaN);
                best = best.blend(next, wins);
                winner = winner.blend(k, wins);
            }
            FloatVector gradient = FloatVector.fromArray(Lanes.F, da, daAt + i);
            for (int k = 0; k < pieces; k++) {
                FloatVector.zero(Lanes.F)
                        .blend(gradient, winner.compare(VectorOperators.EQ, k))
                        .intoArray(dz, dzAt + k * pieceStep + i);
            }
        }
        for (; i < length; i++) {
            int winner = 0;
            for (int k = 1; k < pieces; k++) {
                winner = wins(z[zAt + k * pieceStep + i], z[zAt + winner * pieceStep + i]) ? k : winner;
            }
            for (int k = 0; k < pieces; k++) {
                dz[dzAt + k * pieceStep + i] = k == winner ? da[daAt + i] : 0;
            }
        }
    }

    private static boolean wins(float next, float best) {
        return next > best || (next != next && best == best);
    }
}
