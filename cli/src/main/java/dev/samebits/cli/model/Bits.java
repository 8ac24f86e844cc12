package dev.samebits.cli.model;

import dev.samebits.Matrix;

/** Comparing outputs bit for bit. A NaN equals a NaN whatever its payload, as the arithmetic has it. */
public final class Bits {
    private Bits() {}

    /** The first element, counted in row order, in which two matrices of one shape differ, or −1. */
    public static long firstDifference(Matrix a, Matrix b) {
        for (int r = 0; r < a.rows(); r++) {
            for (int c = 0; c < a.columns(); c++) {
                if (of(a, r, c) != of(b, r, c)) {
                    return (long) r * a.columns() + c;
                }
            }
        }
        return -1;
    }

    public static int of(Matrix m, int row, int column) {
        return Float.floatToIntBits(m.get(row, column));
    }

    /** A value with its bits, for people. */
    public static String show(Matrix m, int row, int column) {
        return String.format("0x%08x (%s)", of(m, row, column), m.get(row, column));
    }
}
