package dev.samebits.simd.vector;

import dev.samebits.arithmetic.Quantized;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link Quantized} by vectors: whole vectors first, then its own code. */
public final class VQuantized {
    // What a sum of IntegerParts has at most.
    private static final float LARGEST_PART = 0x1p24f;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(Quantized.ROUNDER);

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
            boolean whole = true;
            for (int k = 0; k < parts; k++) {
                // As ints, a multiple of 2¹² and what is left of each number: JDK 17 converts floats to ints one by one.
                FloatVector part = FloatVector.fromArray(Lanes.F, z, zOffset + k * outputs + i);
                FloatVector high = part.mul(0x1p-12f).add(Quantized.ROUNDER);
                FloatVector multiple = high.sub(Quantized.ROUNDER).mul(0x1p12f);
                FloatVector low = part.sub(multiple).add(Quantized.ROUNDER);
                whole &= multiple.add(low.sub(Quantized.ROUNDER)).compare(VectorOperators.EQ, part)
                        .and(part.abs().compare(VectorOperators.LE, LARGEST_PART)).allTrue();
                sum = sum.add(high.reinterpretAsInts().sub(ROUNDER_BITS).lanewise(VectorOperators.LSHL, 12))
                        .add(low.reinterpretAsInts().sub(ROUNDER_BITS));
            }
            if (whole) {
                FloatVector t = sum.convertShape(VectorOperators.I2F, Lanes.F, 0).reinterpretAsFloats();
                FloatVector factor = FloatVector.fromArray(Lanes.F, scale, i).mul(rowScale);
                t.mul(factor).add(FloatVector.fromArray(Lanes.F, shift, i)).intoArray(y, yOffset + i);
            } else {
                some(bias, rowScale, scale, shift, z, zOffset, parts, y, yOffset, i, i + Lanes.N, outputs);
            }
        }
        some(bias, rowScale, scale, shift, z, zOffset, parts, y, yOffset, i, outputs, outputs);
    }

    // Some of the outputs, of any numbers.
    private static void some(int[] bias, float rowScale, float[] scale, float[] shift, float[] z, int zOffset, int parts,
            float[] y, int yOffset, int from, int to, int outputs) {
        for (int i = from; i < to; i++) {
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
