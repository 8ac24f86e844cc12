package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.OptimizerStep;
import dev.samebits.Step;
import dev.samebits.TrainingOptions;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What training of any network must compute, written as a plain walk through the steps and back with the definition's
 * kernels: one thread, the whole batch at once, an array of its own for everything.
 */
final class StepTrainingDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    private Network network;
    private final Objective objective;
    private final TrainingOptions options;
    private final OptimizerStep step;
    private final MovesDefinition moves = new MovesDefinition();
    private final int inputs;
    private final int count;
    // By value.
    private final Map<Integer, NormDefinition> norms = new HashMap<>();
    private long steps;

    StepTrainingDefinition(Network network, Objective objective, TrainingOptions options) {
        this.network = network;
        this.objective = objective;
        this.options = options;
        this.step = new OptimizerStep(options);
        this.inputs = network.inputSections().size();
        this.count = inputs + network.steps().size();
        for (int s : options.batchNorm() == null ? List.<Integer>of() : HiddenMask.hidden(network)) {
            if (needed()[inputs + s]) {
                norms.put(inputs + s, new NormDefinition(options.batchNorm(), layer(inputs + s).rows()));
            }
        }
    }

    private Layer layer(int value) {
        return ((Operation.Apply) step(value).operation()).layer();
    }

    // By value, whether a loss is behind it.
    private boolean[] needed() {
        boolean[] needed = new boolean[count];
        for (Objective.Term term : objective.terms()) {
            needed[output(term)] = true;
        }
        for (int value = count - 1; value >= inputs; value--) {
            for (int operand : step(value).operands()) {
                needed[operand] |= needed[value];
            }
        }
        return needed;
    }

    private int output(Objective.Term term) {
        List<String> names = network.outputSections().stream().map(o -> o.name()).toList();
        return network.outputValues().get(names.indexOf(term.output()));
    }

    /** The network as it is now, without normalisation. */
    Network network() {
        List<Operation> folded = new ArrayList<>();
        for (int value = inputs; value < count; value++) {
            NormDefinition norm = norms.get(value);
            folded.add(norm == null ? step(value).operation() : new Operation.Apply(norm.fold(layer(value))));
        }
        return network.withOperations(folded);
    }

    /** The parameters of a step as it learns them, and behind those of a normalised layer its gain. */
    float[][] parameters(int step) {
        float[][] own = StepParameters.of(network.steps().get(step).operation());
        NormDefinition norm = norms.get(inputs + step);
        return norm == null ? own : new float[][] {own[0], own[1], own[2], norm.gain.clone()};
    }

    /** One step on rows of these weights, or, if they are null, of rows that count alike; the mean loss before it. */
    double step(Matrix x, Matrix targets, float @Nullable [] weights, float rate, float decay) {
        double rows = weights == null ? x.rows() : 0;
        for (int n = 0; weights != null && n < x.rows(); n++) {
            rows += weights[n];
        }
        step.advance(rate, rows == 0 ? 0 : 1 / (float) rows, decay);
        steps++;
        HiddenMask mask = new HiddenMask(network, options.dropout(), steps);
        BackwardDefinition walk = new BackwardDefinition(network, mask, norms);
        forward(walk, mask, x);
        float[] losses = losses(walk, targets, weights);
        moves.begin();
        for (int value = count - 1; value >= inputs; value--) {
            walk.back(step(value), value);
        }
        learn(walk);
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return rows == 0 ? 0 : sum / rows;
    }

    private Step step(int value) {
        return network.steps().get(value - inputs);
    }

    private void forward(BackwardDefinition walk, HiddenMask mask, Matrix x) {
        for (int i = 0; i < inputs; i++) {
            walk.values[i] = network.inputSections().get(i).of(x).copy();
        }
        for (int value = inputs; value < count; value++) {
            walk.values[value] = Matrix.zeros(x.rows(), step(value).width());
            StepDefinition.compute(step(value).operation(),
                    step(value).operands().stream().map(o -> walk.values[o]).toList(), walk.values[value]);
            if (step(value).operation() instanceof Operation.Apply apply) {
                walk.values[count + value] = netInput(apply.layer(), value, walk.values[step(value).operands().get(0)]);
                if (norms.containsKey(value)) {
                    activate(apply.layer(), walk.values[count + value], walk.values[value]);
                }
            }
            mask.drop(value - inputs, walk.values[value]);
        }
    }

    private Matrix netInput(Layer layer, int value, Matrix x) {
        if (norms.containsKey(value)) {
            return norms.get(value).forward(layer, x);
        }
        Matrix z = Matrix.zeros(x.rows(), layer.rows());
        KERNELS.affine(x, layer.weights(), layer.bias(), z);
        return z;
    }

    private static void activate(Layer layer, Matrix z, Matrix a) {
        if (layer.pieces() > 1) {
            KERNELS.maxout(layer.pieces(), z, a);
        } else {
            KERNELS.activate(layer.activation(), layer.slopes(), z, a);
        }
    }

    private float[] losses(BackwardDefinition walk, Matrix targets, float @Nullable [] weights) {
        float[] sums = new float[targets.rows()];
        for (Objective.Term term : objective.terms()) {
            int read = output(term);
            if (term.loss() != Loss.SQUARED_ERROR) {
                read = step(read).operation() instanceof Operation.Apply ? count + read : step(read).operands().get(0);
            }
            Matrix in = walk.values[read];
            Matrix d = Matrix.zeros(in.rows(), in.columns());
            float[] losses = new float[in.rows()];
            KERNELS.lossGradient(term.loss(), in, network.outputSection(term.output()).of(targets), d, losses);
            for (int n = 0; n < sums.length; n++) {
                sums[n] = Math.fma(term.weight(), losses[n], sums[n]);
                for (int j = 0; j < d.columns(); j++) {
                    float weighted = d.get(n, j) * term.weight();
                    d.set(n, j, weights == null ? weighted : weights[n] * weighted);
                }
            }
            walk.add(read, d);
        }
        for (int n = 0; weights != null && n < sums.length; n++) {
            sums[n] = weights[n] * sums[n];
        }
        return sums;
    }

    private void learn(BackwardDefinition walk) {
        for (int value = inputs; value < count; value++) {
            boolean layer = step(value).operation() instanceof Operation.Apply;
            Matrix da = walk.gradients[value];
            Matrix dz = layer ? walk.gradients[count + value] : da;
            moves.sum(step(value).operation(), value, walk.values[step(value).operands().get(0)], walk.values[count + value],
                    dz, da, norms.get(value));
        }
        if (options.clips()) {
            step.clip(moves.squares(inputs, count, step.scale() / options.clipNorm()));
        }
        List<Operation> learned = new ArrayList<>();
        for (int value = inputs; value < count; value++) {
            learned.add(moves.move(step(value), value, step, norms.get(value)));
        }
        network = network.withOperations(learned);
    }
}
