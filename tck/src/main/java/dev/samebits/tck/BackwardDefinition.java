package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Step;
import dev.samebits.scalar.ScalarKernels;
import java.util.Map;

/** Values and gradients of one batch, and the walk back through the steps that makes gradients of gradients. */
final class BackwardDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    /** Of the batch: values and behind them net inputs, and their gradients, null where there is none. */
    final Matrix[] values;
    final Matrix[] gradients;
    private final int inputs;
    private final int count;
    private final HiddenMask mask;
    // By value.
    private final Map<Integer, NormDefinition> norms;

    BackwardDefinition(Network network, HiddenMask mask, Map<Integer, NormDefinition> norms) {
        this.norms = norms;
        this.inputs = network.inputSections().size();
        this.count = inputs + network.steps().size();
        this.mask = mask;
        values = new Matrix[2 * count];
        gradients = new Matrix[2 * count];
    }

    // The first is as it is, others are added.
    void add(int node, Matrix d) {
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

    /** What a step adds to the gradients of its operands. */
    void back(Step of, int value) {
        Operation operation = of.operation();
        Matrix dy = gradients[value];
        if (operation instanceof Operation.Apply apply) {
            if (dy != null) {
                mask.drop(value - inputs, dy);
            }
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

    // The gradient of what the weights make.
    private Matrix raw(int value) {
        Matrix dz = gradients[count + value];
        return norms.containsKey(value) ? norms.get(value).back(dz) : dz;
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
            KERNELS.backpropagate(raw(value), layer.weights(), dx);
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
}
