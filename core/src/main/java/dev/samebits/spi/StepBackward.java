package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.spi.StepRunner.Call;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a network backwards, as calls of kernels: from the last to the first each adds to the gradients of its
 * operands, in their order, what its value's gradient says. The first that a value gets is written, each further one added.
 * Values that no parameter is behind get none, and steps that no loss is behind are left out.
 */
final class StepBackward {
    private final LayerKernels kernels;
    private final TrainingPlaces places;
    private final List<LearnedStep> steps;
    // By node, whether a parameter is behind it.
    private final boolean[] learns;
    private final TrainingStages calls;
    private final StepDropout dropout;
    private final StepNorms norms;

    StepBackward(LayerKernels kernels, TrainingPlaces places, List<LearnedStep> steps, TrainingStages calls,
            StepDropout dropout, StepNorms norms) {
        this.norms = norms;
        this.calls = calls;
        this.dropout = dropout;
        this.kernels = kernels;
        this.places = places;
        this.steps = steps;
        this.learns = new boolean[2 * places.values];
        for (int s = 0; s < steps.size(); s++) {
            int value = places.number(s);
            learns[value] = steps.get(s).learns() || places.step(value).operands().stream().anyMatch(o -> learns[o]);
            learns[places.netInput(value)] = learns[value];
        }
    }

    /** Whether a parameter is behind a node, so that it gets a gradient. */
    boolean learns(int node) {
        return learns[node];
    }

    /** Adds the walk through all steps, when the losses have added theirs. */
    void walk() {
        for (int s = steps.size() - 1; s >= 0; s--) {
            int value = places.number(s);
            if (steps.get(s).operation instanceof Operation.Apply apply) {
                if (places.hasGradient(value)) {
                    dropout.add(calls, s, places.gradient(value));
                }
                layer(steps.get(s), norms.of(s), apply.layer(), value, places.step(value).operands().get(0));
            } else if (places.hasGradient(value)) {
                step(steps.get(s), value, places.step(value).operands());
            }
        }
    }

    /**
     * What one user of a node adds to its gradient.
     *
     * @param call makes it at a place, which it overwrites
     */
    void add(int node, IntFunction<Call> call) {
        if (!learns[node]) {
            return;
        }
        if (!places.hasGradient(node)) {
            calls.add(call.apply(places.makeGradient(node)));
            return;
        }
        int further = places.scratch(0, places.width(node));
        calls.add(call.apply(further));
        add(places.gradient(node), further);
    }

    private void add(int sum, int further) {
        calls.add(m -> kernels.combine(Combination.ADD, m[sum], m[further], m[sum]));
    }

    // The same where it lies at a place already.
    private void addCopy(int node, int from) {
        if (learns[node] && places.hasGradient(node)) {
            add(places.gradient(node), from);
        } else {
            add(node, to -> m -> m[from].copyTo(m[to]));
        }
    }

    private void layer(LearnedStep step, @Nullable NormCalls norm, Layer layer, int value, int operand) {
        int net = places.netInput(value);
        int z = places.of(net);
        if (net != value && places.hasGradient(value)) {
            int da = places.gradient(value);
            float[] slopes = step.slopesOrNone();
            add(net, to -> layer.pieces() > 1 ? m -> kernels.maxoutGradient(layer.pieces(), m[z], m[da], m[to])
                    : m -> kernels.activationGradient(layer.activation(), slopes, m[z], m[da], m[to]));
        }
        if (places.hasGradient(net)) {
            int dz = norm == null ? places.gradient(net) : norm.raw;
            if (norm != null) {
                norm.backward(calls, places.gradient(net));
            }
            Matrix weights = step.weights.values();
            add(operand, to -> m -> kernels.backpropagate(m[dz], weights, m[to]));
        }
    }

    private void step(LearnedStep step, int value, List<Integer> operands) {
        Operation operation = step.operation;
        int dy = places.gradient(value);
        int first = operands.get(0);
        int x = places.of(first);
        if (operation instanceof Operation.Combine combine) {
            combine(combine.combination(), operands, dy);
        } else if (operation instanceof Operation.Dot) {
            int b = places.of(operands.get(1));
            add(first, to -> m -> kernels.combine(Combination.MULTIPLY, m[dy], m[b], m[to]));
            add(operands.get(1), to -> m -> kernels.combine(Combination.MULTIPLY, m[dy], m[x], m[to]));
        } else if (operation instanceof Operation.Concat) {
            int from = 0;
            for (int operand : operands) {
                addCopy(operand, places.columns(dy, from, places.width(operand)));
                from += places.width(operand);
            }
        } else if (operation instanceof Operation.Columns columns) {
            columns(columns, first, dy);
        } else if (operation instanceof Operation.LayerNorm norm) {
            float[] gain = step.slopes.array();
            int normal = places.keep(value);
            normed(first, to -> m -> kernels.layerNormGradient(norm.epsilon(), gain, m[x], m[dy], m[normal], m[to]));
        } else if (operation instanceof Operation.RmsNorm norm) {
            float[] gain = step.slopes.array();
            int normal = places.keep(value);
            normed(first, to -> m -> kernels.rmsNormGradient(norm.epsilon(), gain, m[x], m[dy], m[normal], m[to]));
        } else if (operation instanceof Operation.Softmax softmax) {
            softmax(softmax, first, places.of(value), dy);
        } else if (!(operation instanceof Operation.Embed)) {
            add(first, ofOneValue(step, x, dy));
        }
    }

    // A norm's update needs what its gradient makes besides, even where its operand needs no gradient.
    private void normed(int operand, IntFunction<Call> call) {
        if (learns[operand]) {
            add(operand, call);
        } else {
            calls.add(call.apply(places.scratch(0, places.width(operand))));
        }
    }

    private IntFunction<Call> ofOneValue(LearnedStep step, int x, int dy) {
        Operation operation = step.operation;
        if (operation instanceof Operation.Activate activate) {
            float[] slopes = step.slopesOrNone();
            return to -> m -> kernels.activationGradient(activate.activation(), slopes, m[x], m[dy], m[to]);
        } else if (operation instanceof Operation.ScaleShift scaled) {
            return scaled(scaled.scale(), dy);
        } else if (operation instanceof Operation.CenterScale centred) {
            return scaled(centred.scale(), dy);
        } else if (operation instanceof Operation.L2Norm norm) {
            return to -> m -> kernels.l2NormGradient(norm.epsilon(), m[x], m[dy], m[to]);
        } else if (operation instanceof Operation.Sum) {
            return to -> m -> kernels.sumGradient(m[dy], m[to]);
        }
        throw new AssertionError(operation);
    }

    // s · dy: to add −0 leaves every product as it is.
    private IntFunction<Call> scaled(float[] scale, int dy) {
        float[] nothing = new float[scale.length];
        Arrays.fill(nothing, -0f);
        return to -> m -> kernels.scaleShift(scale, nothing, m[dy], m[to]);
    }

    private void combine(Combination combination, List<Integer> operands, int dy) {
        int a = places.of(operands.get(0));
        int b = places.of(operands.get(1));
        for (int i = 0; i < 2; i++) {
            boolean second = i == 1;
            int operand = operands.get(i);
            int width = Math.max(places.width(operands.get(0)), places.width(operands.get(1)));
            boolean narrow = places.width(operand) < width;
            boolean plain = combination == Combination.ADD || combination == Combination.SUBTRACT && !second;
            if (plain && !narrow) {
                addCopy(operand, dy);
            } else if (!narrow) {
                add(operand, to -> m -> kernels.combineGradient(combination, second, m[a], m[b], m[dy], m[to]));
            } else {
                int wide = places.scratch(1, width);
                add(operand, to -> m -> {
                    kernels.combineGradient(combination, second, m[a], m[b], m[dy], m[wide]);
                    kernels.sum(m[wide], m[to]);
                });
            }
        }
    }

    private void columns(Operation.Columns columns, int operand, int dy) {
        if (!learns[operand]) {
            return;
        }
        boolean first = !places.hasGradient(operand);
        int sum = first ? places.makeGradient(operand) : places.gradient(operand);
        int part = places.columns(sum, columns.from(), columns.count());
        if (first) {
            calls.add(m -> {
                Matrix whole = m[sum];
                Arrays.fill(whole.data(), whole.offset(), whole.offset() + whole.rows() * whole.columns(), 0);
                m[dy].copyTo(m[part]);
            });
        } else {
            add(part, dy);
        }
    }

    private void softmax(Operation.Softmax softmax, int operand, int y, int dy) {
        if (softmax.output() == Output.SOFTMAX) {
            add(operand, to -> m -> kernels.softmaxGradient(m[y], m[dy], m[to]));
            return;
        }
        int x = places.of(operand);
        int p = places.scratch(1, places.width(operand));
        add(operand, to -> m -> {
            kernels.softmax(m[x], m[p]);
            kernels.logSoftmaxGradient(m[p], m[dy], m[to]);
        });
    }
}
