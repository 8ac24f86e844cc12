package dev.samebits.spi;

import dev.samebits.Dropout;
import dev.samebits.HiddenLayers;
import dev.samebits.LayerKernels;
import dev.samebits.Network;
import dev.samebits.StateExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dropout of the hidden layers of any network, among the calls of a training step; of none, if there is no dropout. */
final class StepDropout {
    private final LayerKernels kernels;
    private final @Nullable DropoutMasks masks;
    // The steps that are hidden layers.
    private final List<Integer> hidden;

    StepDropout(LayerKernels kernels, @Nullable Dropout dropout, Network network) {
        this.kernels = kernels;
        this.masks = dropout == null ? null : new DropoutMasks(dropout, network);
        this.hidden = HiddenLayers.of(network);
    }

    /** Goes on to the next step of training. */
    void advance() {
        if (masks != null) {
            masks.advance();
        }
    }

    /** How far it has come. */
    void exchange(StateExchange state) {
        if (masks != null) {
            masks.exchange(state);
        }
    }

    /** Drops what is at a place, if a step of the network is a hidden layer: its value, or the gradient of that. */
    void add(TrainingStages stages, int step, int place) {
        int layer = hidden.indexOf(step);
        if (masks == null || layer < 0 || !masks.drops(layer)) {
            return;
        }
        float factor = masks.factor(layer);
        int threshold = masks.threshold(layer);
        stages.addRows(rows -> kernels.dropout(masks.layerKey(layer, 0), masks.layerKey(layer, 1), threshold, factor,
                rows.from(), rows.matrices()[place]));
    }
}
