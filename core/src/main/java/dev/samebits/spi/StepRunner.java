package dev.samebits.spi;

import dev.samebits.Activation;
import dev.samebits.IntegerLayer;
import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.Output;
import dev.samebits.PackedWeights;
import dev.samebits.Quantization;
import dev.samebits.spi.PlaceFinder.Places;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a network as calls of kernels, each of which finds its operands in the matrices of a {@link StepSpace}.
 * Columns need no call, nor do values that were made where they belong. Weights are packed once. Immutable.
 */
final class StepRunner {
    /** One call: its arguments are some of these matrices, which all have the same rows. */
    interface Call {
        void run(Matrix[] matrices);
    }

    private final LayerKernels kernels;
    private final Places places;
    private final int inputs;
    // What the matrices are views of, in their order, and the number of each.
    private final List<Place> views = new ArrayList<>();
    private final Map<Place, Integer> numbers = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    StepRunner(LayerKernels kernels, Network network) {
        this.kernels = kernels;
        this.places = PlaceFinder.of(network);
        this.inputs = network.inputSections().size();
        for (int s = 0; s < network.steps().size(); s++) {
            add(network.steps().get(s).operation(), network.steps().get(s).operands(), s);
        }
    }

    List<Place> views() {
        return views;
    }

    Places places() {
        return places;
    }

    void run(Matrix[] matrices) {
        for (int i = 0; i < calls.size(); i++) {
            calls.get(i).run(matrices);
        }
    }

    private int view(Place place) {
        Integer known = numbers.putIfAbsent(place, views.size());
        if (known == null) {
            views.add(place);
            return views.size() - 1;
        }
        return known;
    }

    private void add(Operation operation, List<Integer> operands, int step) {
        if (operation instanceof Operation.Columns) {
            return;
        }
        Place made = places.values().get(inputs + step);
        if (operation instanceof Operation.Concat) {
            concat(operands, made);
            return;
        }
        int x = view(places.values().get(operands.get(0)));
        int y = view(made);
        if (operation instanceof Operation.Apply apply) {
            layer(apply.layer(), x, y, places.scratch().get(step));
        } else if (operation instanceof Operation.IntegerDense dense) {
            integers(dense.layer(), x, made, places.scratch().get(step));
        } else if (operation instanceof Operation.Combine combine) {
            int second = view(places.values().get(operands.get(1)));
            calls.add(m -> kernels.combine(combine.combination(), m[x], m[second], m[y]));
        } else if (operation instanceof Operation.Dot) {
            int second = view(places.values().get(operands.get(1)));
            calls.add(m -> kernels.dot(m[x], m[second], m[y]));
        } else {
            calls.add(ofOneValue(operation, x, y));
        }
    }

    private void concat(List<Integer> operands, Place made) {
        int from = 0;
        for (int operand : operands) {
            Place there = places.values().get(operand);
            Place here = made.columns(from, there.width());
            if (!here.equals(there)) {
                int x = view(there);
                int y = view(here);
                calls.add(m -> m[x].copyTo(m[y]));
            }
            from += there.width();
        }
    }

    private void layer(Layer layer, int x, int y, Place scratch) {
        PackedWeights packed = kernels.pack(layer.weights(), layer.bias());
        if (layer.pieces() > 1) {
            int z = view(scratch);
            calls.add(m -> packed.affine(m[x], m[z]));
            calls.add(m -> kernels.maxout(layer.pieces(), m[z], m[y]));
            return;
        }
        if (layer.spec().isPrelu()) {
            float[] slopes = layer.slopes();
            calls.add(m -> packed.affine(m[x], m[y]));
            calls.add(m -> kernels.activate(layer.activation(), slopes, m[y], m[y]));
            return;
        }
        Activation activation = layer.activation();
        calls.add(m -> packed.affine(activation, m[x], m[y]));
    }

    // Sums of whole numbers are sums of floats, part by part: IntegerParts says why.
    private void integers(IntegerLayer layer, int x, Place made, Place scratch) {
        IntegerParts parts = IntegerParts.of(layer);
        int outputs = layer.outputs();
        boolean ofRows = layer.input().isEmpty();
        int whole = view(scratch.columns(0, layer.inputs() + (ofRows ? 1 : 0)));
        int rowScale = ofRows ? view(scratch.columns(layer.inputs(), 1)) : -1;
        Place sums = parts.count() == 1 ? made : scratch.columns(layer.inputs() + 1, parts.count() * outputs);
        if (ofRows) {
            calls.add(m -> kernels.quantizeRow(m[x], m[whole]));
        } else {
            Quantization centered = layer.input().get().centered();
            calls.add(m -> kernels.quantize(centered, m[x], m[whole]));
        }
        for (int k = 0; k < parts.count(); k++) {
            PackedWeights packed = kernels.pack(parts.weights(k), new float[outputs]);
            int some = view(scratch.columns(parts.from(k), packed.inputs()));
            int z = view(sums.columns(k * outputs, outputs));
            calls.add(m -> packed.affine(m[some], m[z]));
        }
        int z = view(sums);
        int y = view(made);
        int[] bias = layer.bias();
        float[] scale = layer.scale();
        float[] shift = layer.shift();
        calls.add(m -> kernels.integerOutput(bias, scale, shift, ofRows ? m[rowScale] : null, m[z], m[y]));
    }

    private Call ofOneValue(Operation operation, int x, int y) {
        if (operation instanceof Operation.Activate activate) {
            float[] slopes = activate.slopes();
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
            float[] gain = norm.gain();
            float[] shift = norm.shift();
            return m -> kernels.layerNorm(norm.epsilon(), gain, shift, m[x], m[y]);
        } else if (operation instanceof Operation.RmsNorm norm) {
            float[] gain = norm.gain();
            return m -> kernels.rmsNorm(norm.epsilon(), gain, m[x], m[y]);
        } else if (operation instanceof Operation.L2Norm norm) {
            return m -> kernels.l2Norm(norm.epsilon(), m[x], m[y]);
        } else if (operation instanceof Operation.Quantize quantize) {
            return m -> kernels.quantize(quantize.quantization(), m[x], m[y]);
        } else if (operation instanceof Operation.Embed embed) {
            return m -> kernels.embedding(embed.table(), m[x], m[y]);
        } else if (operation instanceof Operation.Sum) {
            return m -> kernels.sum(m[x], m[y]);
        } else if (operation instanceof Operation.Softmax softmax) {
            return softmax.output() == Output.SOFTMAX ? m -> kernels.softmax(m[x], m[y])
                    : m -> kernels.logSoftmax(m[x], m[y]);
        }
        throw new AssertionError(operation);
    }
}
