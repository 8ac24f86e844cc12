package dev.samebits;

import java.util.List;

/**
 * Dropout while a network is trained: in each step, for each sample anew, some activations of the
 * {@linkplain HiddenLayers hidden layers} are set to 0, and the others multiplied by {@code 1 / (1 − rate)}, so that the
 * mean stays. Predictions use all activations as they are, during training as well, and the network that comes out knows
 * nothing of it.
 *
 * <p>Which ones are dropped depends on the seed, the number of the step in its session, the layer, the row of the mini-batch
 * and the column alone (docs/arithmetic.md), so that it is the same on every backend and number of threads. Immutable,
 * compared by value.
 *
 * @param rates the probability that an activation is dropped, for each hidden layer in order; or one, for all of them
 * @param seed names the sequence
 * @since 0.1.0
 */
public record Dropout(List<Float> rates, long seed) {
    // So that the same seed names one sequence for the order of the samples and another one here: "dropout" in ASCII.
    private static final long APART = 0x64726F706F7574L;

    /**
     * Dropout with a rate for each hidden layer, or one for all.
     *
     * @param rates from 0 to below 1 each
     * @param seed names the sequence
     * @throws IllegalArgumentException if there is no rate, or one is out of its range
     */
    public Dropout {
        rates = List.copyOf(rates);
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("dropout needs at least one rate");
        }
        for (float rate : rates) {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("a rate of dropout must lie from 0 to below 1, not " + rate);
            }
        }
    }

    /**
     * The same rate for all hidden layers.
     *
     * @param rate from 0 to below 1, such as 0.2
     * @param seed names the sequence
     * @return the dropout
     * @throws IllegalArgumentException if the rate is out of its range
     */
    public static Dropout of(float rate, long seed) {
        return new Dropout(List.of(rate), seed);
    }

    /**
     * The rate of a hidden layer.
     *
     * @param layer its number among the {@linkplain HiddenLayers hidden layers}, from 0
     * @return from 0 to below 1
     */
    public float rate(int layer) {
        return rates.size() == 1 ? rates.get(0) : rates.get(layer);
    }

    /** {@return a generator whose t-th draw is the key of step t} */
    public SplitMix64 keys() {
        return new SplitMix64(seed ^ APART);
    }

    /**
     * Refuses a network that has other hidden layers than these rates are for.
     *
     * @param network to be trained
     * @throws IllegalArgumentException if it has no {@linkplain HiddenLayers hidden layers}, or another number of them than
     *     there are rates
     */
    public void check(Network network) {
        int hidden = HiddenLayers.of(network).size();
        if (hidden == 0) {
            throw new IllegalArgumentException("dropout acts on hidden layers, and the network " + network
                    + " has none: train it without");
        }
        if (rates.size() > 1 && rates.size() != hidden) {
            throw new IllegalArgumentException("dropout has " + rates.size() + " rates, but the network " + network + " has "
                    + hidden + " hidden layer" + (hidden == 1 ? "" : "s") + ": give one rate for each, or one for all");
        }
    }

    /** The rates, such as {@code dropout 0.2} or {@code dropout 0.2, 0.5}. */
    @Override
    public String toString() {
        return "dropout " + String.join(", ", rates.stream().map(String::valueOf).toList());
    }
}
