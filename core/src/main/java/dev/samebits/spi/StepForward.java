package dev.samebits.spi;

import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.spi.StepRunner.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a network forward, with parameters that learn, as calls of kernels on the matrices of places: what a training
 * step does first, with the values that its losses need, and what a prediction does, with all of them.
 */
final class StepForward {
    private final LayerKernels kernels;
    private final TrainingPlaces places;
    private final List<Call> calls = new ArrayList<>();

    /**
     * All steps.
     *
     * @param stages get the calls that make what a loss needs
     * @param needed by node, whether a loss needs it
     * @param dropout of hidden layers
     * @param norms of hidden layers, which predictions take as they are folded
     */
    StepForward(LayerKernels kernels, TrainingPlaces places, List<LearnedStep> steps, TrainingStages stages,
            boolean[] needed, StepDropout dropout, StepNorms norms) {
        this.kernels = kernels;
        this.places = places;
        for (int s = 0; s < steps.size(); s++) {
            int value = places.number(s);
            int before = calls.size();
            add(steps.get(s), value);
            for (int call = before; call < calls.size(); call++) {
                // Of a layer, the net input may be all that a loss reads.
                boolean wanted = needed[value] || call == before && needed[places.netInput(value)];
                if (wanted && call == before && norms.of(s) != null) {
                    norms.of(s).forward(stages, steps.get(s).weights.values(),
                            places.of(places.step(value).operands().get(0)), places.of(places.netInput(value)));
                } else if (wanted) {
                    stages.add(calls.get(call));
                }
            }
            if (needed[value]) {
                dropout.add(stages, s, places.of(value));
            }
        }
    }

    /** Predicts: computes all values. */
    void run(Matrix[] matrices) {
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).run(matrices);
        }
    }

    private void add(LearnedStep step, int value) {
        List<Integer> operands = places.step(value).operands();
        Operation operation = step.operation;
        int x = places.of(operands.get(0));
        int y = places.of(value);
        if (operation instanceof Operation.Apply apply) {
            layer(step, apply, x, places.of(places.netInput(value)), y);
        } else if (operation instanceof Operation.Combine combine) {
            int second = places.of(operands.get(1));
            calls.add(m -> kernels.combine(combine.combination(), m[x], m[second], m[y]));
        } else if (operation instanceof Operation.Dot) {
            int second = places.of(operands.get(1));
            calls.add(m -> kernels.dot(m[x], m[second], m[y]));
        } else if (operation instanceof Operation.Concat) {
            int from = 0;
            for (int operand : operands) {
                int there = places.of(operand);
                int here = places.columns(y, from, places.width(operand));
                calls.add(m -> m[there].copyTo(m[here]));
                from += places.width(operand);
            }
        } else if (!(operation instanceof Operation.Columns)) {
            calls.add(ofOneValue(step, x, y));
        }
    }

    private void layer(LearnedStep step, Operation.Apply apply, int x, int z, int y) {
        Matrix weights = step.norm == null ? step.weights.values() : step.norm.foldedWeights;
        float[] bias = step.norm == null ? step.bias.array() : step.norm.foldedBias;
        float[] slopes = step.slopesOrNone();
        int pieces = apply.layer().pieces();
        calls.add(m -> kernels.affine(m[x], weights, bias, m[z]));
        if (pieces > 1) {
            calls.add(m -> kernels.maxout(pieces, m[z], m[y]));
        } else if (!apply.layer().spec().isLinear()) {
            calls.add(m -> kernels.activate(apply.layer().activation(), slopes, m[z], m[y]));
        }
    }

    private Call ofOneValue(LearnedStep step, int x, int y) {
        Operation operation = step.operation;
        if (operation instanceof Operation.Activate activate) {
            float[] slopes = step.slopesOrNone();
            return m -> kernels.activate(activate.activation(), slopes, m[x], m[y]);
        } else if (operation instanceof Operation.ScaleShift scaled) {
            float[] scale = scaled.scale();
            float[] shift = scaled.shift();
            return m -> kernels.scaleShift(scale, shift, m[x], m[y]);
        } else if (operation instanceof Operation.CenterScale centred) {
            float[] center = centred.center();
            float[] scale = centred.scale();
            return m -> kernels.centerScale(center, scale, m[x], m[y]);
        } else if (operation instanceof Operation.LayerNorm norm) {
            float[] gain = step.slopes.array();
            float[] shift = step.bias.array();
            return m -> kernels.layerNorm(norm.epsilon(), gain, shift, m[x], m[y]);
        } else if (operation instanceof Operation.RmsNorm norm) {
            float[] gain = step.slopes.array();
            return m -> kernels.rmsNorm(norm.epsilon(), gain, m[x], m[y]);
        } else if (operation instanceof Operation.L2Norm norm) {
            return m -> kernels.l2Norm(norm.epsilon(), m[x], m[y]);
        } else if (operation instanceof Operation.Embed) {
            Matrix table = step.weights.values();
            return m -> lookUp(table, m[x], m[y]);
        } else if (operation instanceof Operation.Sum) {
            return m -> kernels.sum(m[x], m[y]);
        } else if (operation instanceof Operation.Softmax softmax) {
            return softmax.output() == Output.SOFTMAX ? m -> kernels.softmax(m[x], m[y])
                    : m -> kernels.logSoftmax(m[x], m[y]);
        }
        throw new AssertionError(operation);
    }

    // No arithmetic, of ids that were checked.
    private static void lookUp(Matrix table, Matrix ids, Matrix y) {
        int width = table.columns();
        for (int n = 0; n < ids.rows(); n++) {
            for (int k = 0; k < ids.columns(); k++) {
                int entry = (int) ids.data()[ids.rowOffset(n) + k];
                System.arraycopy(table.data(), entry * width, y.data(), y.rowOffset(n) + k * width, width);
            }
        }
    }
}
