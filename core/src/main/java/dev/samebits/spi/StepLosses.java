package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Objective;
import dev.samebits.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The losses of some outputs: the first that gradients get, in the order of the objective, and what a row's losses are. */
final class StepLosses {
    /** Computes a loss of every row, with its gradient. */
    private interface Call {
        void run(Matrix[] matrices, float[] losses);
    }

    private final List<Call> calls = new ArrayList<>();
    private final float[] weights;
    // The node that each loss reads.
    private final int[] read;

    StepLosses(TrainingPlaces places, Objective objective) {
        List<Objective.Term> terms = objective.terms();
        weights = new float[terms.size()];
        read = new int[terms.size()];
        for (int t = 0; t < weights.length; t++) {
            weights[t] = terms.get(t).weight();
            int output = outputs(places).indexOf(terms.get(t).output());
            read[t] = read(places, places.network.outputValues().get(output), terms.get(t).loss());
        }
    }

    private static List<String> outputs(TrainingPlaces places) {
        return places.network.outputSections().stream().map(section -> section.name()).toList();
    }

    // What is behind softmax for cross-entropy, behind the logistic function for its own, else the output.
    private static int read(TrainingPlaces places, int value, Loss loss) {
        if (loss == Loss.SQUARED_ERROR) {
            return value;
        }
        boolean layer = places.step(value).operation() instanceof Operation.Apply;
        return layer ? places.netInput(value) : places.step(value).operands().get(0);
    }

    /** By node, whether a loss needs it. */
    boolean[] needed(TrainingPlaces places) {
        boolean[] needed = new boolean[2 * places.values];
        for (int node : read) {
            needed[node] = true;
        }
        for (int value = places.values - 1; value >= 0; value--) {
            if (!places.isInput(value) && (needed[value] || needed[places.netInput(value)])) {
                needed[places.netInput(value)] = true;
                places.step(value).operands().forEach(operand -> needed[operand] = true);
            }
        }
        return needed;
    }

    /** Adds what the losses add to the gradients, before any step does. */
    void addTo(StepBackward backward, LayerKernels kernels, TrainingPlaces places, Objective objective) {
        for (int t = 0; t < read.length; t++) {
            Objective.Term term = objective.terms().get(t);
            int in = places.of(read[t]);
            int width = places.width(read[t]);
            int from = places.network.outputSection(term.output()).from();
            int targets = places.columns(places.targetRow(), from, width);
            boolean writes = backward.learns(read[t]) && !places.hasGradient(read[t]);
            int d = writes ? places.makeGradient(read[t]) : places.scratch(0, width);
            float[] scale = filled(width, term.weight());
            float[] nothing = filled(width, -0f);
            boolean adds = backward.learns(read[t]) && !writes;
            int sum = places.gradient(read[t]);
            calls.add((m, losses) -> {
                kernels.lossGradient(term.loss(), m[in], m[targets], m[d], losses);
                if (term.weight() != 1) {
                    kernels.scaleShift(scale, nothing, m[d], m[d]);
                }
                if (adds) {
                    kernels.combine(Combination.ADD, m[sum], m[d], m[sum]);
                }
            });
        }
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    /** Writes the weighted loss of each of some rows, and the first gradients. */
    void run(Matrix[] matrices, float[] rowLosses, float[] losses, int from, int count) {
        Arrays.fill(losses, from, from + count, 0);
        for (int t = 0; t < weights.length; t++) {
            calls.get(t).run(matrices, rowLosses);
            for (int n = 0; n < count; n++) {
                losses[from + n] = Math.fma(weights[t], rowLosses[n], losses[from + n]);
            }
        }
    }
}
