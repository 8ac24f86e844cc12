package dev.samebits.arithmetic;

/**
 * Sums of n numbers in the order that all reductions of a row have: sixteen partial sums that start at +0, number j going to
 * sum j mod 16 in ascending order, then a tree that adds the upper half to the lower (distances 8, 4, 2, 1), so that vectors
 * of up to 16 lanes do it.
 */
public final class Sums {
    private static final int LANES = 16;

    private Sums() {}

    /** {@code Σ x_j}, of n numbers that lie so many elements apart. */
    public static float sum(float[] x, int offset, int step, int n) {
        return sum(x, offset, step, n, 0, 1);
    }

    // The tree from its root: what is left of the sums at this distance, from this lane on.
    private static float sum(float[] x, int offset, int step, int n, int lane, int distance) {
        if (distance < LANES) {
            return sum(x, offset, step, n, lane, 2 * distance) + sum(x, offset, step, n, lane + distance, 2 * distance);
        }
        float sum = 0;
        for (int j = lane; j < n; j += LANES) {
            sum += x[offset + j * step];
        }
        return sum;
    }

    /** {@code Σ a_j b_j}, each product and sum fused: {@code t = fma(a_j, b_j, t)}. */
    public static float products(float[] a, int aOffset, float[] b, int bOffset, int n) {
        return products(a, aOffset, b, bOffset, n, 0, 1);
    }

    private static float products(float[] a, int aOffset, float[] b, int bOffset, int n, int lane, int distance) {
        if (distance < LANES) {
            return products(a, aOffset, b, bOffset, n, lane, 2 * distance)
                    + products(a, aOffset, b, bOffset, n, lane + distance, 2 * distance);
        }
        float sum = 0;
        for (int j = lane; j < n; j += LANES) {
            sum = Math.fma(a[aOffset + j], b[bOffset + j], sum);
        }
        return sum;
    }

    /** {@code Σ (k a_j)²}: each product {@code r = k a_j} rounded, its square and sum fused, {@code t = fma(r, r, t)}. */
    public static float squares(float k, float[] a, int offset, int n) {
        return squares(k, a, offset, n, 0, 1);
    }

    private static float squares(float k, float[] a, int offset, int n, int lane, int distance) {
        if (distance < LANES) {
            return squares(k, a, offset, n, lane, 2 * distance) + squares(k, a, offset, n, lane + distance, 2 * distance);
        }
        float sum = 0;
        for (int j = lane; j < n; j += LANES) {
            float r = k * a[offset + j];
            sum = Math.fma(r, r, sum);
        }
        return sum;
    }
}
