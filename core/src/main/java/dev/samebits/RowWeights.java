package dev.samebits;

/**
 * Weights of the rows of a mini-batch.
 *
 * @since 0.1.0
 */
public final class RowWeights {
    private static final float SMALLEST = 1e-20f;
    private static final float LARGEST = 1e20f;

    private RowWeights() {}

    /**
     * What the weights add up to, in double in row order.
     *
     * @param weights at least one for each row
     * @param x the rows of the mini-batch
     * @return their sum
     * @throws IllegalArgumentException if there are fewer weights than rows, or one is neither 0 nor from 1e-20 to 1e20, naming its row
     */
    public static double sum(float[] weights, Matrix x) {
        if (weights.length < x.rows()) {
            throw new IllegalArgumentException("step: x is " + x + ", but there are " + weights.length + " weights");
        }
        double sum = 0;
        for (int n = 0; n < x.rows(); n++) {
            if (!isWeight(weights[n])) {
                throw new IllegalArgumentException("the weight of row " + n + " must be 0, or lie from 1e-20 to 1e20, not "
                        + weights[n]);
            }
            sum += weights[n];
        }
        return sum;
    }

    /**
     * Whether a number may be the weight of a row.
     *
     * @param weight perhaps
     * @return whether it is 0, or lies from 1e-20 to 1e20
     */
    public static boolean isWeight(float weight) {
        return weight == 0 || weight >= SMALLEST && weight <= LARGEST;
    }

    /**
     * The definition: multiplies the gradients of some rows at the output, and their losses, by their weights.
     *
     * @param weights of all rows of the mini-batch
     * @param from the first of these rows
     * @param gradients {@code [rows × outputs]} of these rows, changed
     * @param losses of all rows, changed from {@code from} on
     */
    public static void multiply(float[] weights, int from, Matrix gradients, float[] losses) {
        for (int r = 0; r < gradients.rows(); r++) {
            losses[from + r] *= weights[from + r];
        }
        multiply(weights, from, gradients);
    }

    /**
     * Multiplies the gradients of some rows by their weights.
     *
     * @param weights of all rows of the mini-batch
     * @param from the first of these rows
     * @param gradients {@code [rows × outputs]} of these rows, changed
     */
    public static void multiply(float[] weights, int from, Matrix gradients) {
        for (int r = 0; r < gradients.rows(); r++) {
            float weight = weights[from + r];
            int offset = gradients.rowOffset(r);
            for (int j = 0; j < gradients.columns(); j++) {
                gradients.data()[offset + j] *= weight;
            }
        }
    }
}
