package dev.samebits.tck;

/**
 * The error of a float, counted in units in the last place: the spacing of the floats around the exact value.
 */
final class Ulp {

    /** From here on the exact value rounds to an infinite float. */
    private static final double OVERFLOW = 0x1.ffffffp127;

    private Ulp() {
    }

    /**
     * The distance of {@code actual} from {@code reference} in float units in the last place of the reference: 0.5 at
     * most if it is correctly rounded, also among the denormal numbers and at the overflow threshold. Infinite if one
     * of the two is NaN and the other is not.
     */
    static double error(float actual, double reference) {
        if (Float.isNaN(actual) || Double.isNaN(reference)) {
            return Float.isNaN(actual) && Double.isNaN(reference) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Math.abs(reference) >= OVERFLOW && actual == (float) reference) {
            return 0;
        }
        return Math.abs(actual - reference) / of(reference);
    }

    /** The spacing of the floats in the binade of {@code reference}; that of the denormal numbers below them. */
    static double of(double reference) {
        int exponent = Math.min(Math.max(Math.getExponent(reference), Float.MIN_EXPONENT), Float.MAX_EXPONENT);
        return Math.scalb(1.0, exponent - 23);
    }
}
