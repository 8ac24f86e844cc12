package dev.samebits.cli.convert;

import dev.samebits.Layer;
import dev.samebits.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * How the weights of a layer, or of several together, differ from what they were.
 *
 * @param weights how many there are
 * @param changed how many of them are other numbers now
 * @param largest the largest change beside the weight as it was: 0.01 is one per cent
 */
record WeightChanges(long weights, long changed, double largest) {
    /** Layer by layer. */
    static List<WeightChanges> of(Network before, Network after) {
        List<WeightChanges> changes = new ArrayList<>();
        for (int l = 0; l < before.layers().size(); l++) {
            changes.add(of(before.layers().get(l), after.layers().get(l)));
        }
        return changes;
    }

    private static WeightChanges of(Layer before, Layer after) {
        long changed = 0;
        double largest = 0;
        for (int i = 0; i < before.rows(); i++) {
            for (int j = 0; j < before.inputs(); j++) {
                double was = before.weight(i, j);
                double is = after.weight(i, j);
                // NaN stays NaN, and zeros of both signs stay as they are.
                if (Double.compare(was, is) != 0) {
                    changed++;
                    largest = Math.max(largest, Math.abs(is - was) / Math.abs(was));
                }
            }
        }
        return new WeightChanges((long) before.rows() * before.inputs(), changed, largest);
    }

    static WeightChanges together(List<WeightChanges> layers) {
        return new WeightChanges(layers.stream().mapToLong(WeightChanges::weights).sum(),
                layers.stream().mapToLong(WeightChanges::changed).sum(),
                layers.stream().mapToDouble(WeightChanges::largest).max().orElse(0));
    }
}
