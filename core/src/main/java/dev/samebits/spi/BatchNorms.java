package dev.samebits.spi;

import dev.samebits.BatchNorm;
import dev.samebits.HiddenLayers;
import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.StateExchange;
import org.jspecify.annotations.Nullable;

/** Batch normalisation of a network's hidden layers, while it is trained; of none, if there is no batch normalisation. */
final class BatchNorms {
    private final @Nullable BatchNorm options;
    // By the numbers of steps; null for those that are not normalised.
    private final @Nullable NormedLayer[] layers;
    private long batches;

    /**
     * Before the first step.
     *
     * @param needed by step, whether a loss needs it: what learns nothing is not normalised
     */
    BatchNorms(@Nullable BatchNorm options, Network network, boolean[] needed, Optimizer.Kind kind) {
        this.options = options;
        layers = new NormedLayer[network.steps().size()];
        if (options == null) {
            return;
        }
        options.check(network);
        for (int s : HiddenLayers.of(network)) {
            if (needed[s]) {
                Layer layer = ((Operation.Apply) network.steps().get(s).operation()).layer();
                layers[s] = new NormedLayer(options.epsilon(), layer, kind);
            }
        }
    }

    @Nullable NormedLayer of(int step) {
        return layers[step];
    }

    /** Goes on to the next batch. One row has no variance, and does not count. */
    void advance(int rows) {
        if (options == null) {
            return;
        }
        float weight = 0;
        if (rows > 1) {
            batches++;
            weight = Math.max(1 / (float) batches, options.momentum());
        }
        for (NormedLayer layer : layers) {
            if (layer != null) {
                layer.weigh(weight);
            }
        }
    }

    /** How many batches there were. */
    void exchange(StateExchange state) {
        if (options != null) {
            batches = state.number("normalised batches", batches);
        }
    }

    /** Makes the layers that predictions take. */
    void fold() {
        for (NormedLayer layer : layers) {
            if (layer != null) {
                layer.fold();
            }
        }
    }
}
