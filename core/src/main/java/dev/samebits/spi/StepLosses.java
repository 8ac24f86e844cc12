package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.RowWeights;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The losses of some outputs: the first that gradients get, in the order of the objective, and what a row's losses are. */
final class StepLosses {
    // Of every row, by the rows of the batch.
    private float[] rows = {};
    // What each row counts; null if all count alike.
    private float @Nullable [] rowWeights;
    // The node that each loss reads.
    private final int[] read;

    StepLosses(TrainingPlaces places, Objective objective) {
        List<Objective.Term> terms = objective.terms();
        read = new int[terms.size()];
        for (int t = 0; t < read.length; t++) {
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

    /** Makes room for the losses of so many rows. */
    void reserve(int count) {
        rows = new float[count];
    }

    /** How many rows there is room for. */
    int capacity() {
        return rows.length;
    }

    /** What the rows of the next batch count; null if all count alike. */
    void weigh(float @Nullable [] weights) {
        rowWeights = weights;
    }

    /** The losses of the first rows added up, in double in their order. */
    double sum(int count) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
            sum += rows[n];
        }
        return sum;
    }

    /** Adds what the losses add to the gradients, before any step does. */
    void addTo(TrainingStages stages, StepBackward backward, LayerKernels kernels, TrainingPlaces places,
            Objective objective) {
        stages.addRows(part -> Arrays.fill(rows, part.from(), part.from() + part.count(), 0));
        for (int t = 0; t < read.length; t++) {
            add(stages, backward, kernels, places, objective.terms().get(t), read[t]);
        }
        stages.addRows(part -> {
            for (int n = part.from(); rowWeights != null && n < part.from() + part.count(); n++) {
                rows[n] = rowWeights[n] * rows[n];
            }
        });
    }

    private void add(TrainingStages stages, StepBackward backward, LayerKernels kernels, TrainingPlaces places,
            Objective.Term term, int node) {
        int in = places.of(node);
        int width = places.width(node);
        int targets = places.columns(places.targetRow(), places.network.outputSection(term.output()).from(), width);
        boolean writes = backward.learns(node) && !places.hasGradient(node);
        boolean adds = backward.learns(node) && !writes;
        int d = writes ? places.makeGradient(node) : places.scratch(0, width);
        int sum = places.gradient(node);
        float[] scale = filled(width, term.weight());
        float[] nothing = filled(width, -0f);
        stages.addRows(part -> {
            Matrix[] m = part.matrices();
            kernels.lossGradient(term.loss(), m[in], m[targets], m[d], part.losses());
            for (int n = 0; n < part.count(); n++) {
                rows[part.from() + n] = Math.fma(term.weight(), part.losses()[n], rows[part.from() + n]);
            }
            if (term.weight() != 1) {
                kernels.scaleShift(scale, nothing, m[d], m[d]);
            }
            if (rowWeights != null) {
                RowWeights.multiply(rowWeights, part.from(), m[d]);
            }
            if (adds) {
                kernels.combine(Combination.ADD, m[sum], m[d], m[sum]);
            }
        });
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
