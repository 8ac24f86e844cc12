package dev.samebits;

import java.util.ArrayList;
import java.util.List;

/**
 * Which layers of a network are hidden: those of which every way to an output leads through another layer. In a chain these
 * are all but the last one. What stands beside layers, such as a sum, a norm or a softmax, makes none hidden.
 *
 * @since 0.1.0
 */
public final class HiddenLayers {
    private HiddenLayers() {}

    /**
     * The hidden layers.
     *
     * @param network any
     * @return the numbers of their steps, from 0, ascending
     */
    public static List<Integer> of(Network network) {
        int inputs = network.inputSections().size();
        List<Step> steps = network.steps();
        boolean[] seen = new boolean[inputs + steps.size()];
        network.outputValues().forEach(value -> seen[value] = true);
        List<Integer> hidden = new ArrayList<>();
        for (int s = steps.size() - 1; s >= 0; s--) {
            boolean layer = steps.get(s).operation() instanceof Operation.Apply;
            if (layer && !seen[inputs + s]) {
                hidden.add(0, s);
            } else if (!layer && seen[inputs + s]) {
                steps.get(s).operands().forEach(operand -> seen[operand] = true);
            }
        }
        return List.copyOf(hidden);
    }
}
