package dev.samebits.tck;

import dev.samebits.Layer;
import dev.samebits.LayerKernels;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.TrainingOptions;
import java.util.List;

/** What an optimizer remembers of a network from step to step: the moments of every parameter, zeros at first. */
final class Memory {
    /** m and v of the parameters of one kind in one layer. */
    private record Moments(Matrix m, Matrix v) {
        Moments(int rows, int columns) {
            this(Matrix.zeros(rows, columns), Matrix.zeros(rows, columns));
        }
    }

    final TrainingOptions options;
    final OptimizerStep step;
    private long steps;
    private final List<Moments> weights;
    private final List<Moments> biases;
    private final List<Moments> slopes;

    Memory(Optimizer optimizer, Network network) {
        this(TrainingOptions.of(optimizer), network);
    }

    Memory(TrainingOptions options, Network network) {
        this.options = options;
        step = new OptimizerStep(options);
        List<Layer> layers = network.layers();
        weights = layers.stream().map(layer -> new Moments(layer.rows(), layer.inputs())).toList();
        biases = layers.stream().map(layer -> new Moments(1, layer.rows())).toList();
        slopes = layers.stream().map(layer -> new Moments(1, Math.max(1, layer.slopes().length))).toList();
    }

    /** What the next step drops. */
    Mask nextMask() {
        steps++;
        return new Mask(options.dropout(), steps);
    }

    void weights(LayerKernels kernels, int layer, Matrix w, Matrix dw) {
        kernels.optimize(step, true, w, dw, weights.get(layer).m, weights.get(layer).v);
    }

    void bias(LayerKernels kernels, int layer, float[] b, float[] db) {
        kernels.optimize(step, false, Matrix.row(b), Matrix.row(db), biases.get(layer).m, biases.get(layer).v);
    }

    void slopes(LayerKernels kernels, int layer, float[] s, float[] ds) {
        kernels.optimize(step, false, Matrix.row(s), Matrix.row(ds), slopes.get(layer).m, slopes.get(layer).v);
    }
}
