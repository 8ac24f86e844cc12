package dev.samebits.spi;

import dev.samebits.Layer;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers one behind the other, with steps before and behind them that work number by number: what a network is whose inputs,
 * or numbers to predict, are standardised.
 *
 * @param before what each input goes through
 * @param chain the layers, and their softmax
 * @param after what each of their outputs goes through
 */
record ScaledChain(List<Operation> before, Network chain, List<Operation> after) {
    /** What a network is made of, or null if it is no such one, or a chain without any such step. */
    static @Nullable ScaledChain of(Network network) {
        List<Operation> before = new ArrayList<>();
        List<Layer> layers = new ArrayList<>();
        List<Operation> after = new ArrayList<>();
        Output output = Output.IDENTITY;
        if (network.inputSections().size() != 1 || network.outputSections().size() != 1
                || network.outputValues().get(0) != network.steps().size()) {
            return null;
        }
        for (int s = 0; s < network.steps().size(); s++) {
            Step step = network.steps().get(s);
            Operation operation = step.operation();
            boolean ended = !after.isEmpty() || output != Output.IDENTITY;
            if (!step.operands().equals(List.of(s))) {
                return null;
            } else if (isScaling(operation)) {
                (layers.isEmpty() ? before : after).add(operation);
            } else if (operation instanceof Operation.Apply apply && !ended) {
                layers.add(apply.layer());
            } else if (operation instanceof Operation.Softmax softmax && !ended && !layers.isEmpty()) {
                output = softmax.output();
            } else {
                return null;
            }
        }
        return layers.isEmpty() || before.isEmpty() && after.isEmpty() ? null
                : new ScaledChain(before, Network.of(layers, output), after);
    }

    private static boolean isScaling(Operation operation) {
        return operation instanceof Operation.ScaleShift || operation instanceof Operation.CenterScale;
    }
}
