package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The gradient of PReLU's slopes: sums over the samples. */
public final class SlopeGradient {
    private SlopeGradient() {}

    /** {@code dγ_i = fma(da_ni, min(0, z_ni), dγ_i)} for n ascending. */
    public static void add(float[] z, int zOffset, int zStride, float[] da, int daOffset, int daStride, int rows,
            int columns, float[] dslopes, int dslopesOffset) {
        int i = 0;
        for (; i + Lanes.N <= columns; i += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, dslopes, dslopesOffset + i);
            for (int n = 0; n < rows; n++) {
                FloatVector net = FloatVector.fromArray(Lanes.F, z, zOffset + n * zStride + i);
                FloatVector negative = net.blend(0, net.compare(VectorOperators.GT, 0));
                sum = FloatVector.fromArray(Lanes.F, da, daOffset + n * daStride + i).fma(negative, sum);
            }
            sum.intoArray(dslopes, dslopesOffset + i);
        }
        for (; i < columns; i++) {
            for (int n = 0; n < rows; n++) {
                float net = z[zOffset + n * zStride + i];
                dslopes[dslopesOffset + i] = Math.fma(da[daOffset + n * daStride + i], net > 0 ? 0 : net,
                        dslopes[dslopesOffset + i]);
            }
        }
    }
}
