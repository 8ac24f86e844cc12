package dev.samebits.spi;

import dev.samebits.Dropout;
import dev.samebits.HiddenLayers;
import dev.samebits.Network;
import dev.samebits.SplitMix64;
import dev.samebits.StateExchange;
import dev.samebits.arithmetic.CounterHash;

/**
 * Which activations a training session drops in its present step: the definition, and the numbers that other ways to compute
 * it start from. An activation is dropped if the upper 24 bits of its hash are below the layer's {@link #threshold}; then it
 * is +0, and so is its gradient. All others, and their gradients, are multiplied by the layer's {@link #factor}. Layers have
 * the numbers of {@link HiddenLayers}.
 *
 * <p>Not thread-safe: many threads may read it while none makes it {@link #advance}.
 *
 * @since 0.1.0
 */
public final class DropoutMasks {
    private static final float UNIT = 0x1p24f;

    private final SplitMix64 keys;
    private final int[] thresholds;
    private final float[] factors;
    private int key0;
    private int key1;

    /**
     * Before the first step.
     *
     * @param dropout which activations
     * @param network whose they are
     * @throws IllegalArgumentException if the network has other layers than the dropout is for
     */
    public DropoutMasks(Dropout dropout, Network network) {
        dropout.check(network);
        keys = dropout.keys();
        // Behind the hidden layers one that has none: the last of a chain.
        thresholds = new int[HiddenLayers.of(network).size() + 1];
        factors = new float[thresholds.length];
        for (int l = 0; l < thresholds.length - 1; l++) {
            thresholds[l] = (int) (dropout.rate(l) * UNIT);
            factors[l] = 1 / (1 - dropout.rate(l));
        }
    }

    /**
     * How far it has come.
     *
     * @param state takes it, or gives it
     */
    public void exchange(StateExchange state) {
        keys.exchange("dropout keys", state);
    }

    /** Goes on to the next step. */
    public void advance() {
        long key = keys.nextLong();
        key0 = (int) key;
        key1 = (int) (key >>> 32);
    }

    /**
     * Whether activations of a layer are dropped at all.
     *
     * @param layer from 0
     * @return whether they are
     */
    public boolean drops(int layer) {
        return thresholds[layer] > 0;
    }

    /**
     * What the upper 24 bits of a hash must be below.
     *
     * @param layer from 0
     * @return {@code ⌊rate · 2²⁴⌋}
     */
    public int threshold(int layer) {
        return thresholds[layer];
    }

    /**
     * What stays is multiplied by.
     *
     * @param layer from 0
     * @return {@code 1 / (1 − rate)}, a float of a float
     */
    public float factor(int layer) {
        return factors[layer];
    }

    /** {@return the lower half of the step's key} */
    public int key0() {
        return key0;
    }

    /** {@return the upper half of the step's key} */
    public int key1() {
        return key1;
    }

    /**
     * A key of a layer.
     *
     * @param layer from 0
     * @param half 0 or 1
     * @return element {@code 2 layer + half} of the step's sequence
     */
    public int layerKey(int layer, int half) {
        return CounterHash.of(key0, key1, 2 * layer + half);
    }

    /**
     * A key of a row.
     *
     * @param layerKey0 the layer's
     * @param layerKey1 the layer's
     * @param row of the mini-batch
     * @param half 0 or 1
     * @return element {@code 2 row + half} of the layer's sequence
     */
    public static int rowKey(int layerKey0, int layerKey1, int row, int half) {
        return CounterHash.of(layerKey0, layerKey1, 2 * row + half);
    }

    /**
     * Drops activations, or their gradients.
     *
     * @param layer whose they are, from 0
     * @param row of the mini-batch
     * @param values {@code n} of them from {@code offset}, changed
     * @param offset index of the first
     * @param n columns of the row
     */
    public void apply(int layer, int row, float[] values, int offset, int n) {
        int layer0 = layerKey(layer, 0);
        int layer1 = layerKey(layer, 1);
        apply(rowKey(layer0, layer1, row, 0), rowKey(layer0, layer1, row, 1), thresholds[layer], factors[layer], values,
                offset, n);
    }

    /**
     * The definition: drops values of a row.
     *
     * @param rowKey0 the row's
     * @param rowKey1 the row's
     * @param threshold what the upper 24 bits of a hash are below where a value is dropped
     * @param factor of what stays
     * @param values {@code n} of them from {@code offset}, changed
     * @param offset index of the first
     * @param n columns of the row
     */
    static void apply(int rowKey0, int rowKey1, int threshold, float factor, float[] values, int offset, int n) {
        for (int j = 0; j < n; j++) {
            boolean dropped = (CounterHash.of(rowKey0, rowKey1, j) >>> 8) < threshold;
            values[offset + j] = dropped ? 0 : values[offset + j] * factor;
        }
    }
}
