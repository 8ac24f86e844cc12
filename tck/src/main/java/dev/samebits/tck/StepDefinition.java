package dev.samebits.tck;

import dev.samebits.LayerKernels;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.Step;
import dev.samebits.scalar.ScalarKernels;
import java.util.ArrayList;
import java.util.List;

/**
 * What sessions of networks with branches must compute, written as a plain walk through the steps with the definition's
 * kernels: one thread, the whole batch at once, an array of its own for every value.
 */
final class StepDefinition {
    private static final LayerKernels KERNELS = new ScalarKernels();

    private StepDefinition() {}

    /** The output row of every input row. */
    static Matrix predict(Network network, Matrix x) {
        List<Matrix> values = new ArrayList<>();
        network.inputSections().forEach(input -> values.add(input.of(x).copy()));
        for (Step step : network.steps()) {
            Matrix y = Matrix.zeros(x.rows(), step.width());
            compute(step.operation(), step.operands().stream().map(values::get).toList(), y);
            values.add(y);
        }
        Matrix y = Matrix.zeros(x.rows(), network.outputs());
        for (int o = 0; o < network.outputSections().size(); o++) {
            values.get(network.outputValues().get(o)).copyTo(network.outputSections().get(o).of(y));
        }
        return y;
    }

    /** The value of one step. */
    static void compute(Operation operation, List<Matrix> operands, Matrix y) {
        Matrix x = operands.get(0);
        if (operation instanceof Operation.Apply apply) {
            layer(apply.layer(), x, y);
        } else if (operation instanceof Operation.Activate activate) {
            KERNELS.activate(activate.activation(), activate.slopes(), x, y);
        } else if (operation instanceof Operation.ScaleShift scaled) {
            KERNELS.scaleShift(scaled.scale(), scaled.shift(), x, y);
        } else if (operation instanceof Operation.CenterScale centred) {
            KERNELS.centerScale(centred.center(), centred.scale(), x, y);
        } else if (operation instanceof Operation.Combine combine) {
            KERNELS.combine(combine.combination(), x, operands.get(1), y);
        } else if (operation instanceof Operation.Concat) {
            int from = 0;
            for (Matrix operand : operands) {
                operand.copyTo(y.columns(from, operand.columns()));
                from += operand.columns();
            }
        } else if (operation instanceof Operation.Columns columns) {
            x.columns(columns.from(), columns.count()).copyTo(y);
        } else if (operation instanceof Operation.LayerNorm norm) {
            KERNELS.layerNorm(norm.epsilon(), norm.gain(), norm.shift(), x, y);
        } else if (operation instanceof Operation.RmsNorm norm) {
            KERNELS.rmsNorm(norm.epsilon(), norm.gain(), x, y);
        } else if (operation instanceof Operation.L2Norm norm) {
            KERNELS.l2Norm(norm.epsilon(), x, y);
        } else if (operation instanceof Operation.Embed embed) {
            KERNELS.embedding(embed.table(), x, y);
        } else if (operation instanceof Operation.Dot) {
            KERNELS.dot(x, operands.get(1), y);
        } else if (operation instanceof Operation.Quantize quantize) {
            KERNELS.quantize(quantize.quantization(), x, y);
        } else if (operation instanceof Operation.IntegerDense dense) {
            IntegerDefinition.dense(dense.layer(), x, y);
        } else if (operation instanceof Operation.Sum) {
            KERNELS.sum(x, y);
        } else if (operation instanceof Operation.Softmax softmax && softmax.output() == Output.SOFTMAX) {
            KERNELS.softmax(x, y);
        } else {
            KERNELS.logSoftmax(x, y);
        }
    }

    private static void layer(Layer layer, Matrix x, Matrix y) {
        Matrix z = Matrix.zeros(x.rows(), layer.rows());
        KERNELS.affine(x, layer.weights(), layer.bias(), z);
        if (layer.pieces() > 1) {
            KERNELS.maxout(layer.pieces(), z, y);
        } else {
            KERNELS.activate(layer.activation(), layer.slopes(), z, y);
        }
    }
}
