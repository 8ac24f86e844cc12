package dev.samebits.tck;

import dev.samebits.Matrix;
import org.junit.jupiter.api.Assertions;

/** Equality to the bit, all NaNs being equal; a failure prints what, index, got and want. */
final class Bits {
    private Bits() {}

    /** Whether two floats are the same number: −0 is not +0, and every NaN is every other NaN. */
    static boolean same(float got, float want) {
        return Float.floatToIntBits(got) == Float.floatToIntBits(want);
    }

    /** @param what kernel, shape and seed, for the message */
    static void assertSame(String what, Matrix got, Matrix want) {
        if (got.rows() != want.rows() || got.columns() != want.columns()) {
            Assertions.fail(what + ": the shape is " + got + " and should be " + want);
        }
        for (int r = 0; r < want.rows(); r++) {
            for (int c = 0; c < want.columns(); c++) {
                float g = got.data()[got.rowOffset(r) + c];
                float w = want.data()[want.rowOffset(r) + c];
                if (!same(g, w)) {
                    Assertions.fail(what + ": [" + r + "][" + c + "] got " + show(g) + ", want " + show(w));
                }
            }
        }
    }

    /** @param what kernel, shape and seed, for the message */
    static void assertSame(String what, float[] got, float[] want) {
        Assertions.assertEquals(want.length, got.length, what + ": length");
        for (int i = 0; i < want.length; i++) {
            if (!same(got[i], want[i])) {
                Assertions.fail(what + ": [" + i + "] got " + show(got[i]) + ", want " + show(want[i]));
            }
        }
    }

    /** Decimal and bits, as in {@code 1.0 (0x3f800000)}. */
    static String show(float value) {
        return value + String.format(" (0x%08x)", Float.floatToRawIntBits(value));
    }
}
