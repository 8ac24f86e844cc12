package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/** The gradient of a norm's gain: sums over the samples. */
final class GainGradient {
    private GainGradient() {}

    /** {@code dg_j = fma(dy_nj, x̂_nj, dg_j)} for n ascending. */
    static void add(float[] dy, int dyOffset, int dyStride, float[] normal, int normalOffset, int normalStride, int rows,
            int columns, float[] dgain) {
        int j = 0;
        for (; j + Lanes.N <= columns; j += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, dgain, j);
            for (int n = 0; n < rows; n++) {
                sum = FloatVector.fromArray(Lanes.F, dy, dyOffset + n * dyStride + j)
                        .fma(FloatVector.fromArray(Lanes.F, normal, normalOffset + n * normalStride + j), sum);
            }
            sum.intoArray(dgain, j);
        }
        for (; j < columns; j++) {
            for (int n = 0; n < rows; n++) {
                dgain[j] = Math.fma(dy[dyOffset + n * dyStride + j], normal[normalOffset + n * normalStride + j], dgain[j]);
            }
        }
    }
}
