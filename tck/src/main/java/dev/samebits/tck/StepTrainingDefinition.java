package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Operation;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.Output;
import dev.samebits.Step;
import dev.samebits.Table;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What training of any network must compute, written as a plain walk through the steps and back with the definition's
 * kernels: one thread, the whole batch at once, an array of its own for everything, tables entry by entry.
 */
final class StepTrainingDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    private Network network;
    private final Objective objective;
    private final OptimizerStep step;
    // m and v of parameters, by the number of their step and what they are.
    private final Map<String, Matrix[]> moments = new HashMap<>();
    private final int inputs;
    private final int count;
    // Of the present batch: values and behind them net inputs, and their gradients.
    private Matrix[] values;
    private Matrix[] gradients;

    StepTrainingDefinition(Network network, Objective objective, Optimizer optimizer) {
        this.network = network;
        this.objective = objective;
        this.step = new OptimizerStep(optimizer);
        this.inputs = network.inputSections().size();
        this.count = inputs + network.steps().size();
    }

    /** The network as it is now. */
    Network network() {
        return network;
    }

    /** One step; the mean loss before it. */
    double step(Matrix x, Matrix targets, float rate, float decay) {
        step.advance(rate, 1f / x.rows(), decay);
        values = new Matrix[2 * count];
        gradients = new Matrix[2 * count];
        forward(x);
        float[] losses = losses(targets);
        for (int value = count - 1; value >= inputs; value--) {
            back(step(value), value);
        }
        List<Operation> learned = new ArrayList<>();
        for (int value = inputs; value < count; value++) {
            learned.add(learn(step(value), value));
        }
        network = network.withOperations(learned);
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        return sum / x.rows();
    }

    private Step step(int value) {
        return network.steps().get(value - inputs);
    }

    private void forward(Matrix x) {
        for (int i = 0; i < inputs; i++) {
            values[i] = network.inputSections().get(i).of(x).copy();
        }
        for (int value = inputs; value < count; value++) {
            values[value] = Matrix.zeros(x.rows(), step(value).width());
            StepDefinition.compute(step(value).operation(),
                    step(value).operands().stream().map(o -> values[o]).toList(), values[value]);
            if (step(value).operation() instanceof Operation.Apply apply) {
                Matrix z = Matrix.zeros(x.rows(), apply.layer().rows());
                KERNELS.affine(values[step(value).operands().get(0)], apply.layer().weights(), apply.layer().bias(), z);
                values[count + value] = z;
            }
        }
    }

    private float[] losses(Matrix targets) {
        float[] sums = new float[targets.rows()];
        List<String> names = network.outputSections().stream().map(o -> o.name()).toList();
        for (Objective.Term term : objective.terms()) {
            int read = network.outputValues().get(names.indexOf(term.output()));
            if (term.loss() != Loss.SQUARED_ERROR) {
                read = step(read).operation() instanceof Operation.Apply ? count + read : step(read).operands().get(0);
            }
            Matrix in = values[read];
            Matrix d = Matrix.zeros(in.rows(), in.columns());
            float[] losses = new float[in.rows()];
            KERNELS.lossGradient(term.loss(), in, network.outputSection(term.output()).of(targets), d, losses);
            for (int i = 0; i < d.data().length; i++) {
                d.data()[i] *= term.weight();
            }
            add(read, d);
            for (int n = 0; n < sums.length; n++) {
                sums[n] = Math.fma(term.weight(), losses[n], sums[n]);
            }
        }
        return sums;
    }

    // The first is as it is, others are added.
    private void add(int node, Matrix d) {
        if (gradients[node] == null) {
            gradients[node] = d.copy();
            return;
        }
        for (int n = 0; n < d.rows(); n++) {
            for (int j = 0; j < d.columns(); j++) {
                gradients[node].set(n, j, gradients[node].get(n, j) + d.get(n, j));
            }
        }
    }

    private void back(Step of, int value) {
        Operation operation = of.operation();
        Matrix dy = gradients[value];
        if (operation instanceof Operation.Apply apply) {
            layer(apply.layer(), of.operands().get(0), value);
            return;
        }
        if (dy == null || operation instanceof Operation.Embed) {
            return;
        }
        int first = of.operands().get(0);
        Matrix x = values[first];
        Matrix dx = Matrix.zeros(x.rows(), x.columns());
        if (operation instanceof Operation.Combine || operation instanceof Operation.Dot) {
            ofTwo(operation, first, of.operands().get(1), dy);
        } else if (operation instanceof Operation.Concat) {
            int from = 0;
            for (int operand : of.operands()) {
                add(operand, dy.columns(from, values[operand].columns()));
                from += values[operand].columns();
            }
        } else if (operation instanceof Operation.Columns columns) {
            Matrix sum = gradients[first];
            gradients[first] = sum == null ? dx : sum;
            for (int n = 0; n < dy.rows(); n++) {
                for (int j = 0; j < dy.columns(); j++) {
                    float old = gradients[first].get(n, columns.from() + j);
                    gradients[first].set(n, columns.from() + j, sum == null ? dy.get(n, j) : old + dy.get(n, j));
                }
            }
        } else {
            ofOne(operation, value, x, dy, dx);
            add(first, dx);
        }
    }

    private void layer(Layer layer, int operand, int value) {
        Matrix z = values[count + value];
        Matrix da = gradients[value];
        if (da != null) {
            Matrix dz = Matrix.zeros(z.rows(), z.columns());
            if (layer.pieces() > 1) {
                KERNELS.maxoutGradient(layer.pieces(), z, da, dz);
            } else if (layer.spec().isLinear()) {
                dz = da;
            } else {
                KERNELS.activationGradient(layer.activation(), layer.slopes(), z, da, dz);
            }
            add(count + value, dz);
        }
        if (gradients[count + value] != null) {
            Matrix dx = Matrix.zeros(z.rows(), layer.inputs());
            KERNELS.backpropagate(gradients[count + value], layer.weights(), dx);
            add(operand, dx);
        }
    }

    private void ofTwo(Operation operation, int first, int second, Matrix dy) {
        int width = Math.max(values[first].columns(), values[second].columns());
        for (int operand = 0; operand < 2; operand++) {
            Matrix a = values[first];
            Matrix b = values[second];
            Matrix wide = Matrix.zeros(dy.rows(), width);
            for (int n = 0; n < dy.rows(); n++) {
                for (int j = 0; j < width; j++) {
                    float one = a.get(n, a.columns() == 1 ? 0 : j);
                    float other = b.get(n, b.columns() == 1 ? 0 : j);
                    float d = dy.get(n, dy.columns() == 1 ? 0 : j);
                    wide.set(n, j, operation instanceof Operation.Combine combine
                            ? combine.combination().gradient(operand == 1, one, other, d)
                            : d * (operand == 1 ? one : other));
                }
            }
            int to = operand == 0 ? first : second;
            if (values[to].columns() < width) {
                Matrix sum = Matrix.zeros(dy.rows(), 1);
                KERNELS.sum(wide, sum);
                wide = sum;
            }
            add(to, wide);
        }
    }

    private void ofOne(Operation operation, int value, Matrix x, Matrix dy, Matrix dx) {
        if (operation instanceof Operation.Activate activate) {
            KERNELS.activationGradient(activate.activation(), activate.slopes(), x, dy, dx);
        } else if (operation instanceof Operation.ScaleShift || operation instanceof Operation.CenterScale) {
            float[] scale = operation instanceof Operation.ScaleShift scaled ? scaled.scale()
                    : ((Operation.CenterScale) operation).scale();
            for (int n = 0; n < x.rows(); n++) {
                for (int j = 0; j < x.columns(); j++) {
                    dx.set(n, j, scale[j] * dy.get(n, j));
                }
            }
        } else if (operation instanceof Operation.LayerNorm norm) {
            values[count + value] = Matrix.zeros(x.rows(), x.columns());
            KERNELS.layerNormGradient(norm.epsilon(), norm.gain(), x, dy, values[count + value], dx);
        } else if (operation instanceof Operation.RmsNorm norm) {
            values[count + value] = Matrix.zeros(x.rows(), x.columns());
            KERNELS.rmsNormGradient(norm.epsilon(), norm.gain(), x, dy, values[count + value], dx);
        } else if (operation instanceof Operation.L2Norm norm) {
            KERNELS.l2NormGradient(norm.epsilon(), x, dy, dx);
        } else if (operation instanceof Operation.Sum) {
            KERNELS.sumGradient(dy, dx);
        } else if (operation instanceof Operation.Softmax softmax && softmax.output() == Output.SOFTMAX) {
            KERNELS.softmaxGradient(values[value], dy, dx);
        } else {
            Matrix p = Matrix.zeros(x.rows(), x.columns());
            KERNELS.softmax(x, p);
            KERNELS.logSoftmaxGradient(p, dy, dx);
        }
    }

    private Operation learn(Step of, int value) {
        Operation operation = of.operation();
        Matrix x = values[of.operands().get(0)];
        Matrix dy = gradients[value];
        if (operation instanceof Operation.Apply apply && gradients[count + value] != null) {
            return learn(apply.layer(), value, x);
        } else if (dy == null) {
            return operation;
        } else if (operation instanceof Operation.Activate activate && activate.slopes().length > 0) {
            float[] ds = new float[x.columns()];
            KERNELS.slopeGradient(x, dy, ds);
            return new Operation.Activate(activate.activation(), moved(value, "slopes", activate.slopes(), ds));
        } else if (operation instanceof Operation.LayerNorm norm) {
            float[] dt = new float[x.columns()];
            KERNELS.biasGradient(dy, dt);
            return new Operation.LayerNorm(norm.epsilon(), gain(value, norm.gain(), dy),
                    moved(value, "t", norm.shift(), dt));
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new Operation.RmsNorm(norm.epsilon(), gain(value, norm.gain(), dy));
        } else if (operation instanceof Operation.Embed embed) {
            return new Operation.Embed(learn(embed.table(), value, x, dy));
        }
        return operation;
    }

    private float[] gain(int value, float[] gain, Matrix dy) {
        float[] dg = new float[gain.length];
        KERNELS.gainGradient(dy, values[count + value], dg);
        return moved(value, "g", gain, dg);
    }

    private Operation learn(Layer layer, int value, Matrix x) {
        Matrix dz = gradients[count + value];
        Matrix w = layer.weights();
        Matrix dw = Matrix.zeros(w.rows(), w.columns());
        KERNELS.outerProductGradient(dz, x, dw);
        Matrix[] of = moments(value + "w", w);
        KERNELS.optimize(step, true, w, dw, of[0], of[1]);
        float[] db = new float[layer.rows()];
        KERNELS.biasGradient(dz, db);
        float[] slopes = layer.slopes();
        if (slopes.length > 0) {
            float[] ds = new float[slopes.length];
            KERNELS.slopeGradient(values[count + value], gradients[value], ds);
            slopes = moved(value, "slopes", slopes, ds);
        }
        return new Operation.Apply(Layer.of(layer.spec(), w, moved(value, "b", layer.bias(), db), slopes));
    }

    private float[] moved(int value, String what, float[] parameters, float[] gradient) {
        Matrix[] of = moments(value + what, Matrix.row(parameters));
        KERNELS.optimize(step, false, Matrix.row(parameters), Matrix.row(gradient), of[0], of[1]);
        return parameters;
    }

    private Matrix[] moments(String key, Matrix like) {
        return moments.computeIfAbsent(key,
                k -> new Matrix[] {Matrix.zeros(like.rows(), like.columns()), Matrix.zeros(like.rows(), like.columns())});
    }

    // Entry by entry: those that the batch does not name stay as they are, and so do their moments.
    private Table learn(Table table, int value, Matrix ids, Matrix dy) {
        Matrix w = table.toMatrix();
        Matrix[] of = moments(value + "table", w);
        for (int entry = 0; entry < table.entries(); entry++) {
            float[] gradient = new float[table.width()];
            boolean touched = false;
            for (int n = 0; n < ids.rows(); n++) {
                for (int k = 0; k < ids.columns(); k++) {
                    for (int j = 0; ids.get(n, k) == entry && j < gradient.length; j++) {
                        gradient[j] += dy.get(n, k * gradient.length + j);
                        touched = true;
                    }
                }
            }
            if (touched) {
                KERNELS.optimize(step, true, w.rows(entry, 1), Matrix.row(gradient), of[0].rows(entry, 1),
                        of[1].rows(entry, 1));
            }
        }
        return Table.of(w);
    }

    /** Fails where two networks have other parameters. */
    static void same(String what, Network got, Network want) {
        for (int s = 0; s < want.steps().size(); s++) {
            String step = what + ": step " + (s + 1) + ", " + want.steps().get(s) + ", ";
            float[][] wanted = parameters(want.steps().get(s).operation());
            float[][] found = parameters(got.steps().get(s).operation());
            for (int k = 0; k < wanted.length; k++) {
                Bits.assertSame(step + "parameters " + (k + 1) + " of " + wanted.length, found[k], wanted[k]);
            }
        }
    }

    /** All parameters of an operation that learn, an array for each kind: weights or table first. */
    static float[][] parameters(Operation operation) {
        if (operation instanceof Operation.Apply apply) {
            Layer layer = apply.layer();
            return new float[][] {layer.weights().data(), layer.bias(), layer.slopes()};
        } else if (operation instanceof Operation.Activate activate) {
            return new float[][] {activate.slopes()};
        } else if (operation instanceof Operation.LayerNorm norm) {
            return new float[][] {norm.gain(), norm.shift()};
        } else if (operation instanceof Operation.RmsNorm norm) {
            return new float[][] {norm.gain()};
        } else if (operation instanceof Operation.Embed embed) {
            return new float[][] {embed.table().toMatrix().data()};
        }
        return new float[0][];
    }
}
