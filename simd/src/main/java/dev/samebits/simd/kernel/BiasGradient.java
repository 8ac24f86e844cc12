package dev.samebits.simd.kernel;

import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;

/** The bias gradient: the sums of δ's columns over the samples. */
public final class BiasGradient {
    private BiasGradient() {}

    /** {@code db_i = db_i + dz_ni} for n ascending. */
    public static void add(float[] dz, int dzOffset, int dzStride, int rows, int columns, float[] db, int dbOffset) {
        int i = 0;
        for (; i + Lanes.N <= columns; i += Lanes.N) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, db, dbOffset + i);
            for (int n = 0; n < rows; n++) {
                sum = sum.add(FloatVector.fromArray(Lanes.F, dz, dzOffset + n * dzStride + i));
            }
            sum.intoArray(db, dbOffset + i);
        }
        for (; i < columns; i++) {
            for (int n = 0; n < rows; n++) {
                db[dbOffset + i] += dz[dzOffset + n * dzStride + i];
            }
        }
    }
}
