package dev.samebits.simd.kernel;

import dev.samebits.Combination;
import dev.samebits.simd.vector.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Arithmetic element by element: whole vectors first, then the definition's scalar code. One loop to a method, so that the
 * compiler does not come to its limit of nodes in the one that chooses.
 */
final class Elements {
    private Elements() {}

    /** {@code y = fma(s, x, t)} for {@code length} values. */
    static void scaleShift(float[] s, float[] t, float[] x, int xOffset, float[] y, int yOffset, int length) {
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, s, j)
                    .fma(FloatVector.fromArray(Lanes.F, x, xOffset + j), FloatVector.fromArray(Lanes.F, t, j))
                    .intoArray(y, yOffset + j);
        }
        for (; j < length; j++) {
            y[yOffset + j] = Math.fma(s[j], x[xOffset + j], t[j]);
        }
    }

    /** {@code y = (x − c) · s} for {@code length} values. */
    static void centerScale(float[] c, float[] s, float[] x, int xOffset, float[] y, int yOffset, int length) {
        int j = 0;
        for (; j + Lanes.N <= length; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, x, xOffset + j).sub(FloatVector.fromArray(Lanes.F, c, j))
                    .mul(FloatVector.fromArray(Lanes.F, s, j)).intoArray(y, yOffset + j);
        }
        for (; j < length; j++) {
            y[yOffset + j] = (x[xOffset + j] - c[j]) * s[j];
        }
    }

    /** {@code y = a ∘ b} for {@code length} values; y may be either. */
    static void combine(Combination combination, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset,
            int length) {
        int whole = Lanes.F.loopBound(length);
        switch (combination) {
            case ADD -> add(a, aOffset, b, bOffset, y, yOffset, whole);
            case SUBTRACT -> subtract(a, aOffset, b, bOffset, y, yOffset, whole);
            case MULTIPLY -> multiply(a, aOffset, b, bOffset, y, yOffset, whole);
            case MAXIMUM -> maximum(a, aOffset, b, bOffset, y, yOffset, whole);
            case MINIMUM -> minimum(a, aOffset, b, bOffset, y, yOffset, whole);
            case LESS -> less(a, aOffset, b, bOffset, y, yOffset, whole);
            case LESS_OR_EQUAL -> lessOrEqual(a, aOffset, b, bOffset, y, yOffset, whole);
            case EQUAL -> equal(a, aOffset, b, bOffset, y, yOffset, whole);
            case KEEP -> keep(a, aOffset, b, bOffset, y, yOffset, whole);
        }
        for (int j = whole; j < length; j++) {
            y[yOffset + j] = combination.value(a[aOffset + j], b[bOffset + j]);
        }
    }

    private static void add(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, a, aOffset + j).add(FloatVector.fromArray(Lanes.F, b, bOffset + j))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void subtract(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, a, aOffset + j).sub(FloatVector.fromArray(Lanes.F, b, bOffset + j))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void multiply(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector.fromArray(Lanes.F, a, aOffset + j).mul(FloatVector.fromArray(Lanes.F, b, bOffset + j))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void maximum(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            FloatVector second = FloatVector.fromArray(Lanes.F, b, bOffset + j);
            VectorMask<Float> isNaN = second.compare(VectorOperators.NE, second);
            first.blend(second, second.compare(VectorOperators.GT, first).or(isNaN)).intoArray(y, yOffset + j);
        }
    }

    private static void minimum(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            FloatVector second = FloatVector.fromArray(Lanes.F, b, bOffset + j);
            VectorMask<Float> isNaN = second.compare(VectorOperators.NE, second);
            first.blend(second, second.compare(VectorOperators.LT, first).or(isNaN)).intoArray(y, yOffset + j);
        }
    }

    private static void less(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        FloatVector zero = FloatVector.zero(Lanes.F);
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            zero.blend(1f, first.compare(VectorOperators.LT, FloatVector.fromArray(Lanes.F, b, bOffset + j)))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void lessOrEqual(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        FloatVector zero = FloatVector.zero(Lanes.F);
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            zero.blend(1f, first.compare(VectorOperators.LE, FloatVector.fromArray(Lanes.F, b, bOffset + j)))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void equal(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        FloatVector zero = FloatVector.zero(Lanes.F);
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            zero.blend(1f, first.compare(VectorOperators.EQ, FloatVector.fromArray(Lanes.F, b, bOffset + j)))
                    .intoArray(y, yOffset + j);
        }
    }

    private static void keep(float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int whole) {
        FloatVector nothing = FloatVector.broadcast(Lanes.F, -0f);
        for (int j = 0; j < whole; j += Lanes.N) {
            FloatVector first = FloatVector.fromArray(Lanes.F, a, aOffset + j);
            nothing.blend(FloatVector.fromArray(Lanes.F, b, bOffset + j), first.compare(VectorOperators.NE, 0f))
                    .intoArray(y, yOffset + j);
        }
    }
}
