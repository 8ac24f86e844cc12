package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * Products of a matrix with one vector, bound by how fast its rows come from memory: several of them in a pass. Strides are
 * distances between neighbours, in floats.
 */
public final class Matvec {
    private Matvec() {}

    /**
     * {@code z_i = b_i + Σ_j w_ij x_j}: eight outputs at a time, eight independent chains of fma. The elements of b are
     * {@code bStride} apart, 0 if it is one number, those of x {@code xStride}; z may be b.
     */
    public static void multiply(float[] w, int wOffset, int wStride, int rows, int columns, float[] b, int bOffset,
            int bStride, float[] x, int xOffset, int xStride, float[] z, int zOffset) {
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            int w0 = wOffset + i * wStride;
            int w1 = w0 + wStride;
            int w2 = w1 + wStride;
            int w3 = w2 + wStride;
            int w4 = w3 + wStride;
            int w5 = w4 + wStride;
            int w6 = w5 + wStride;
            int w7 = w6 + wStride;
            float z0 = b[bOffset + i * bStride];
            float z1 = b[bOffset + (i + 1) * bStride];
            float z2 = b[bOffset + (i + 2) * bStride];
            float z3 = b[bOffset + (i + 3) * bStride];
            float z4 = b[bOffset + (i + 4) * bStride];
            float z5 = b[bOffset + (i + 5) * bStride];
            float z6 = b[bOffset + (i + 6) * bStride];
            float z7 = b[bOffset + (i + 7) * bStride];
            int xj = xOffset;
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
                xj += xStride;
            }
            z[zOffset + i] = z0;
            z[zOffset + i + 1] = z1;
            z[zOffset + i + 2] = z2;
            z[zOffset + i + 3] = z3;
            z[zOffset + i + 4] = z4;
            z[zOffset + i + 5] = z5;
            z[zOffset + i + 6] = z6;
            z[zOffset + i + 7] = z7;
        }
        for (; i < rows; i++) {
            float sum = b[bOffset + i * bStride];
            for (int j = 0; j < columns; j++) {
                sum = Math.fma(w[wOffset + i * wStride + j], x[xOffset + j * xStride], sum);
            }
            z[zOffset + i] = sum;
        }
    }

    /** {@code dx_j = fma(w_ij, dz_i, dx_j)} for i ascending: eight rows of w in a pass over dx. */
    static void multiplyTransposed(float[] w, int wOffset, int wStride, int rows, int columns, float[] dz, int dzOffset,
            float[] dx, int dxOffset) {
        int i = 0;
        for (; i + 8 <= rows; i += 8) {
            addRows(w, wOffset + i * wStride, wStride, columns, dz, dzOffset + i, dx, dxOffset);
        }
        for (; i < rows; i++) {
            addRow(w, wOffset + i * wStride, columns, dz[dzOffset + i], dx, dxOffset);
        }
    }

    private static void addRows(float[] w, int wOffset, int wStride, int columns, float[] dz, int dzOffset, float[] dx,
            int dxOffset) {
        FloatVector d0 = FloatVector.broadcast(Lanes.F, dz[dzOffset]);
        FloatVector d1 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 1]);
        FloatVector d2 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 2]);
        FloatVector d3 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 3]);
        FloatVector d4 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 4]);
        FloatVector d5 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 5]);
        FloatVector d6 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 6]);
        FloatVector d7 = FloatVector.broadcast(Lanes.F, dz[dzOffset + 7]);
        int w1 = wOffset + wStride;
        int w2 = w1 + wStride;
        int w3 = w2 + wStride;
        int w4 = w3 + wStride;
        int w5 = w4 + wStride;
        int w6 = w5 + wStride;
        int w7 = w6 + wStride;
        int j = 0;
        for (int whole = Lanes.F.loopBound(columns); j < whole; j += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, dx, dxOffset + j);
            sum = FloatVector.fromArray(Lanes.F, w, wOffset + j).fma(d0, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w1 + j).fma(d1, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w2 + j).fma(d2, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w3 + j).fma(d3, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w4 + j).fma(d4, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w5 + j).fma(d5, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w6 + j).fma(d6, sum);
            sum = FloatVector.fromArray(Lanes.F, w, w7 + j).fma(d7, sum);
            sum.intoArray(dx, dxOffset + j);
        }
        for (; j < columns; j++) {
            float sum = dx[dxOffset + j];
            for (int i = 0; i < 8; i++) {
                sum = Math.fma(w[wOffset + i * wStride + j], dz[dzOffset + i], sum);
            }
            dx[dxOffset + j] = sum;
        }
    }

    /** {@code y_j = fma(x_j, d, y_j)}. */
    static void addRow(float[] x, int xOffset, int columns, float d, float[] y, int yOffset) {
        FloatVector factor = FloatVector.broadcast(Lanes.F, d);
        int j = 0;
        for (int whole = Lanes.F.loopBound(columns); j < whole; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, x, xOffset + j).fma(factor, FloatVector.fromArray(Lanes.F, y, yOffset + j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < columns; j++) {
            y[yOffset + j] = Math.fma(x[xOffset + j], d, y[yOffset + j]);
        }
    }
}
