package dev.samebits.train;

import dev.samebits.Network;
import java.util.List;

/**
 * What training gave.
 *
 * @param network the parameters after the epoch with the lowest {@link Epoch#validation} (the first of equals), or after the
 *     last epoch without a validation set
 * @param epochs what each epoch gave
 * @since 0.1.0
 */
public record TrainingResult(Network network, List<Epoch> epochs) {
    /**
     * What training gave.
     *
     * @param network the best
     * @param epochs its history, copied
     */
    public TrainingResult {
        epochs = List.copyOf(epochs);
    }
}
