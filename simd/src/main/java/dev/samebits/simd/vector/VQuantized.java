package dev.samebits.simd.vector;

import dev.samebits.arithmetic.Quantized;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** {@link Quantized} by vectors: whole vectors first, then its own code. */
public final class VQuantized {
    private VQuantized() {}

    private static FloatVector value(FloatVector x, FloatVector scale, FloatVector low, FloatVector high) {
        FloatVector q = x.div(scale);
        q = q.blend(low, q.compare(VectorOperators.LT, low));
        q = q.blend(high, q.compare(VectorOperators.GT, high));
        return q.add(Quantized.ROUNDER).sub(Quantized.ROUNDER);
    }

    /** {@link Quantized#value} plus the zero point, for {@code length} values; y may be x. */
    public static void values(float scale, float low, float high, float zeroPoint, float[] x, int xOffset, float[] y,
            int yOffset, int length) {
        FloatVector s = FloatVector.broadcast(Lanes.F, scale);
        FloatVector least = FloatVector.broadcast(Lanes.F, low);
        FloatVector most = FloatVector.broadcast(Lanes.F, high);
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            value(FloatVector.fromArray(Lanes.F, x, xOffset + j), s, least, most).add(zeroPoint).intoArray(y, yOffset + j);
        }
        for (; j < length; j++) {
            y[yOffset + j] = Quantized.value(x[xOffset + j], scale, low, high) + zeroPoint;
        }
    }

    /** {@link Quantized#row}. */
    public static float row(float[] x, int xOffset, float[] y, int yOffset, int n) {
        FloatVector least = FloatVector.zero(Lanes.F);
        FloatVector most = FloatVector.zero(Lanes.F);
        // x − x is 0 unless x is not finite.
        FloatVector notFinite = FloatVector.zero(Lanes.F);
        int j = 0;
        for (; j + Lanes.N <= n; j += Lanes.N) {
            FloatVector v = FloatVector.fromArray(Lanes.F, x, xOffset + j);
            least = least.blend(v, v.compare(VectorOperators.LT, least));
            most = most.blend(v, v.compare(VectorOperators.GT, most));
            notFinite = notFinite.add(v.sub(v));
        }
        float lowest = least.reduceLanes(VectorOperators.MIN);
        float highest = most.reduceLanes(VectorOperators.MAX);
        boolean finite = !notFinite.compare(VectorOperators.NE, notFinite).anyTrue();
        for (; j < n; j++) {
            float v = x[xOffset + j];
            lowest = v < lowest ? v : lowest;
            highest = v > highest ? v : highest;
            finite &= Math.abs(v) < Float.POSITIVE_INFINITY;
        }
        float scale = finite ? Quantized.scale(lowest, highest) : Float.NaN;
        float zero = Quantized.zeroPoint(lowest, scale);
        values(scale, -zero, Quantized.LARGEST - zero, 0, x, xOffset, y, yOffset, n);
        return scale;
    }

    /** The sums of whole numbers of one row as floats, {@link Quantized#output}; y may be z where there is one part. */
    public static void outputs(int[] bias, float rowScale, float[] scale, float[] shift, float[] z, int zOffset, int parts,
            float[] y, int yOffset, int outputs) {
        int i = 0;
        for (; i + Lanes.N <= outputs; i += Lanes.N) {
            IntVector sum = IntVector.fromArray(Lanes.I, bias, i);
            // NaN once a part is.
            FloatVector seen = FloatVector.zero(Lanes.F);
            for (int k = 0; k < parts; k++) {
                FloatVector part = FloatVector.fromArray(Lanes.F, z, zOffset + k * outputs + i);
                sum = sum.add(part.convertShape(VectorOperators.F2I, Lanes.I, 0).reinterpretAsInts());
                seen = seen.blend(part, part.compare(VectorOperators.NE, part));
            }
            FloatVector t = sum.convertShape(VectorOperators.I2F, Lanes.F, 0).reinterpretAsFloats();
            FloatVector factor = FloatVector.fromArray(Lanes.F, scale, i).mul(rowScale);
            VectorMask<Float> isNaN = seen.compare(VectorOperators.NE, seen);
            t.mul(factor).add(FloatVector.fromArray(Lanes.F, shift, i)).blend(Float.NaN, isNaN).intoArray(y, yOffset + i);
        }
        for (; i < outputs; i++) {
            int sum = bias[i];
            boolean isNaN = false;
            for (int k = 0; k < parts; k++) {
                float part = z[zOffset + k * outputs + i];
                sum += (int) part;
                isNaN |= part != part;
            }
            y[yOffset + i] = isNaN ? Float.NaN : Quantized.output(sum, rowScale, scale[i], shift[i]);
        }
    }
}
