package dev.samebits;

/**
 * Batch normalisation while a network is trained: the net inputs of each {@linkplain HiddenLayers hidden layer} are brought
 * to mean 0 and variance 1 over the mini-batch, column by column, and then multiplied by a gain and shifted, which are
 * learned. What the layer's weights make starts from 0: its bias is the shift.
 *
 * <p>Outside of training there is none. The means and variances of the batches go into running ones.
 * {@link TrainingSession#network} and {@link TrainingSession#predict(Matrix, Matrix)} have these folded into the layer's
 * weights and bias, so that the network that comes out has the same layers as the one that went in. Before
 * the first step the running mean is 0 and the variance 1.
 *
 * @param momentum part of a batch's mean and variance in the running ones; the first batches are averaged instead as long as
 *     that is more
 * @param epsilon what is added to a variance
 * @since 0.1.0
 */
public record BatchNorm(float momentum, float epsilon) {
    /** A tenth of each batch, and 1e-5. */
    public static final BatchNorm STANDARD = new BatchNorm(0.1f, 1e-5f);

    /**
     * Batch normalisation.
     *
     * @param momentum above 0, at most 1
     * @param epsilon from 1e-10 to 1
     * @throws IllegalArgumentException if one is out of its range
     */
    public BatchNorm {
        if (!(momentum > 0 && momentum <= 1)) {
            throw new IllegalArgumentException("the momentum of batch normalisation must be above 0 and at most 1, not "
                    + momentum);
        }
        if (!(epsilon >= 1e-10f && epsilon <= 1)) {
            throw new IllegalArgumentException("the epsilon of batch normalisation must lie from 1e-10 to 1, not "
                    + epsilon);
        }
    }

    /**
     * Refuses a network that has nothing to normalise.
     *
     * @param network to be trained
     * @throws IllegalArgumentException if it has no {@linkplain HiddenLayers hidden layers}
     */
    public void check(Network network) {
        if (HiddenLayers.of(network).isEmpty()) {
            throw new IllegalArgumentException("batch normalisation acts on hidden layers, and the network " + network
                    + " has none: train it without");
        }
    }

    /** As in {@code batch normalisation (momentum 0.1, epsilon 1.0E-5)}. */
    @Override
    public String toString() {
        return "batch normalisation (momentum " + momentum + ", epsilon " + epsilon + ")";
    }
}
