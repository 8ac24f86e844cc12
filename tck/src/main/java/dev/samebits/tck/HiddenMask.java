package dev.samebits.tck;

import dev.samebits.Dropout;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step of training drops of any network: of the layers of which every way to an output leads through another layer,
 * numbered in the order of the steps.
 */
final class HiddenMask {
    private final Mask mask;
    private final List<Integer> hidden;

    /**
     * The mask of a step.
     *
     * @param dropout null for none
     * @param step from 1
     */
    HiddenMask(Network network, @Nullable Dropout dropout, long step) {
        mask = new Mask(dropout, step);
        hidden = hidden(network);
    }

    /** The numbers of the steps that are hidden layers. */
    static List<Integer> hidden(Network network) {
        List<Integer> hidden = new ArrayList<>();
        for (int s = 0; s < network.steps().size(); s++) {
            boolean layer = network.steps().get(s).operation() instanceof Operation.Apply;
            if (layer && !reachesAnOutput(network, s)) {
                hidden.add(s);
            }
        }
        return hidden;
    }

    // Without a layer in between.
    private static boolean reachesAnOutput(Network network, int step) {
        int value = network.inputSections().size() + step;
        boolean reaches = network.outputValues().contains(value);
        for (int s = step + 1; s < network.steps().size(); s++) {
            boolean layer = network.steps().get(s).operation() instanceof Operation.Apply;
            boolean reads = network.steps().get(s).operands().contains(value);
            reaches |= reads && !layer && reachesAnOutput(network, s);
        }
        return reaches;
    }

    /** Drops of the value of a step, or of the gradient of that, in place. */
    void drop(int step, Matrix values) {
        if (hidden.contains(step)) {
            mask.drop(hidden.indexOf(step), values);
        }
    }

    /** What a number of the value of a step is multiplied by. */
    double factor(int step, int row, int column, @Nullable Dropout dropout) {
        int layer = hidden.indexOf(step);
        if (dropout == null || layer < 0 || dropout.rate(layer) == 0) {
            return 1;
        }
        return mask.drops(layer, row, column) ? 0 : 1 / (1 - (double) dropout.rate(layer));
    }
}
