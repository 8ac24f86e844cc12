package dev.samebits;

/**
 * How the weights of a layer are drawn. Only correctly rounded operations are used, so a seed gives the same bits
 * everywhere.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Initializer {
    /** Uniform on ±√(6 / inputs), for the ReLU family. */
    Initializer HE_UNIFORM = (w, inputs, outputs, random) -> spread(w, (float) Math.sqrt(6.0 / inputs), random);

    /** Uniform on ±√(6 / (inputs + outputs)), for logistic, tanh and linear layers. */
    Initializer GLOROT_UNIFORM =
            (w, inputs, outputs, random) -> spread(w, (float) Math.sqrt(6.0 / ((double) inputs + outputs)), random);

    /** Uniform on [0, 1), as the worked case of Algorithm 4.1 draws them. */
    Initializer UNIT_UNIFORM = (w, inputs, outputs, random) -> {
        for (int i = 0; i < w.length; i++) {
            w[i] = random.nextFloat();
        }
    };

    /**
     * Fills the weights of one layer in row order.
     *
     * @param weights W {@code [outputs × inputs]}, row-major (for maxout, all pieces)
     * @param inputs of the layer
     * @param outputs of the layer
     * @param random where the draws come from
     */
    void fill(float[] weights, int inputs, int outputs, SplitMix64 random);

    private static void spread(float[] w, float limit, SplitMix64 random) {
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.fma(2 * limit, random.nextFloat(), -limit);
        }
    }
}
