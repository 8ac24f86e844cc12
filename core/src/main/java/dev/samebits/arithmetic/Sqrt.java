package dev.samebits.arithmetic;

/**
 * The square root, rounded once.
 *
 * <p>Error: at most 0.5 ulp; derivative 1.5 (docs/numerics.md).
 */
public final class Sqrt {

    private Sqrt() {
    }

    /** The root: NaN for negative x, a zero keeps its sign, NaN gives NaN. */
    public static float value(float x) {
        // Rounded twice, first to 53 bits: more than twice 24 and 2, so the same float as if rounded once.
        return (float) Math.sqrt(x);
    }

    /** {@code 1 / (2 sqrt x)}: an infinity of x's sign at zero, 0 at {@code +inf}, NaN for negative x and NaN. */
    public static float derivative(float x) {
        return 0.5f / value(x);
    }
}
