package dev.samebits.arithmetic;

/**
 * Softmax (equation 4.41) and log-softmax of one row (the logarithm in equation 4.42), without overflow.
 *
 * <p>With {@code m} the row's maximum at its first place {@code p}: {@code e_j = exp(z_j − m)} from all digits of the
 * difference ({@link #exponential}), and {@code s = Σ_{j≠p} e_j}. Then {@code ŷ_j = e_j · (1 / (1 + s))}, where {@code e_p =
 * 1}, and {@code log ŷ_j = (z_j − m) − log1p(s)}. Leaving the maximum out of the sum keeps the logarithm of a nearly certain
 * class accurate: {@code −log1p(s)} for an s that 1 + s would round away.
 *
 * <p>A row that holds a NaN, +∞, or nothing but −∞ gives NaN everywhere.
 */
public final class Softmax {
    private static final int LANES = 16;

    private Softmax() {}

    /** {@code y = softmax(z)} for n values; y may be z itself. */
    public static void softmax(float[] z, int zOffset, float[] y, int yOffset, int n) {
        int p = firstMaximum(z, zOffset, n);
        float m = z[zOffset + p];
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = exponential(z[zOffset + j], m);
        }
        // exp(m − m) is 1, or NaN where m is infinite or NaN.
        float one = y[yOffset + p];
        float scale = one / (1 + sumWithout(y, yOffset, n, p));
        for (int j = 0; j < n; j++) {
            y[yOffset + j] *= scale;
        }
    }

    /** {@code y = log softmax(z)} for n values; y may not be z. */
    public static void logSoftmax(float[] z, int zOffset, float[] y, int yOffset, int n) {
        int p = firstMaximum(z, zOffset, n);
        float m = z[zOffset + p];
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = exponential(z[zOffset + j], m);
        }
        // exp(m − m) is 1, or NaN where m is infinite or NaN.
        float logarithm = y[yOffset + p] * Log1p.log1p(sumWithout(y, yOffset, n, p));
        for (int j = 0; j < n; j++) {
            y[yOffset + j] = (z[zOffset + j] - m) - logarithm;
        }
    }

    /**
     * {@code exp(z − m)} for {@code z ≤ m}. The difference is rounded to d; what the rounding lost is exactly
     * {@code (z − (d − t)) − (m + t)} with {@code t = d − z} (Knuth's two-sum), and goes into the exponential as its second
     * part. Where the exponential is zero anyway, or d is not finite, nothing was lost that counts.
     */
    public static float exponential(float z, float m) {
        float d = z - m;
        float t = d - z;
        float lost = (z - (d - t)) - (m + t);
        return Exp.exp(d, d > Exp.LOWEST ? lost : 0f);
    }

    /** Place of the first largest value. NaNs are passed over unless the row starts with one; the sums do not miss them. */
    public static int firstMaximum(float[] z, int offset, int n) {
        int p = 0;
        for (int j = 1; j < n; j++) {
            p = z[offset + j] > z[offset + p] ? j : p;
        }
        return p;
    }

    /**
     * The sum of n values with the one at place p taken as 0: sixteen partial sums, value j going to sum j mod 16 in
     * ascending order, then a tree that adds the upper half to the lower (distances 8, 4, 2, 1), so that vectors of up to 16
     * lanes do it.
     */
    static float sumWithout(float[] e, int offset, int n, int p) {
        return sumWithout(e, offset, n, p, 0, 1);
    }

    // The tree from its root, as in Sums: what is left of the sums at this distance, from this lane on.
    private static float sumWithout(float[] e, int offset, int n, int p, int lane, int distance) {
        if (distance < LANES) {
            return sumWithout(e, offset, n, p, lane, 2 * distance)
                    + sumWithout(e, offset, n, p, lane + distance, 2 * distance);
        }
        float sum = 0;
        for (int j = lane; j < n; j += LANES) {
            sum += j == p ? 0 : e[offset + j];
        }
        return sum;
    }
}
