package dev.samebits.simd;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import java.util.Arrays;

/**
 * A layer's parameters as the kernels want them: Wᵀ cut into panels of a tile's width, each dense {@code [inputs × width]}, so
 * that a forward pass reads the weights in one straight line. Rows of W are padded with zeros to whole vectors, and stay zeros.
 * Inference never writes them; training does, in place, so that weights are packed once and learn as they lie.
 */
final class PackedLayer {
    // Deepest block of a panel, 21 KiB: it stays in the first-level cache while the rows of a batch go past it, even where another
    // thread of the same core uses half of that cache.
    private static final int BLOCK_INPUTS = 5_376 / (Panels.FULL * Lanes.N);

    final Activation activation;
    final int inputs;
    final int outputs;
    final int pieces;
    /** Rows of W. */
    final int neurons;
    /** How the rows of W are cut into panels. */
    final Panels panels;
    /** Distance between two rows of z: all panels, and room for softmax's padding. */
    final int zRow;
    /** Distance between two rows of a: that of z, but for maxout, which has fewer columns. */
    final int aRow;

    // Inputs of a block of a panel, all blocks of about the same depth.
    private final int depth;

    final float[] weights;
    final float[] bias;
    final float[] slopes;

    PackedLayer(Layer layer) {
        activation = layer.activation();
        inputs = layer.inputs();
        outputs = layer.outputs();
        pieces = layer.pieces();
        neurons = layer.rows();
        panels = new Panels(neurons);
        int blocks = (inputs + BLOCK_INPUTS - 1) / BLOCK_INPUTS;
        depth = (inputs + blocks - 1) / blocks;
        zRow = Strides.of(VSoftmax.padded(neurons));
        aRow = pieces > 1 ? Strides.of(VSoftmax.padded(outputs)) : zRow;
        bias = Arrays.copyOf(layer.bias(), zRow);
        slopes = Arrays.copyOf(layer.slopes(), isPrelu() ? zRow : 0);
        weights = new float[Panels.length(neurons, inputs)];
        Matrix w = layer.weights();
        for (int p = 0; p < panels.count(); p++) {
            Packing.columns(w.data(), w.rowOffset(panels.from(p)), w.stride(), inputs, panels.columns(p), weights,
                    panels.at(p, inputs), panels.width(p));
        }
    }

    /** The layer with the present parameters. */
    Layer toLayer() {
        Matrix w = Matrix.zeros(neurons, inputs);
        for (int p = 0; p < panels.count(); p++) {
            for (int i = 0; i < panels.columns(p); i++) {
                Packing.column(weights, panels.at(p, inputs) + i, panels.width(p), inputs, w.data(),
                        w.rowOffset(panels.from(p) + i));
            }
        }
        float[] b = Arrays.copyOf(bias, neurons);
        if (pieces > 1) {
            return Layer.maxout(w, b, pieces);
        }
        return isPrelu() ? Layer.prelu(w, b, Arrays.copyOf(slopes, neurons)) : Layer.dense(w, b, activation);
    }

    boolean isPrelu() {
        return activation.kind() == Activation.Kind.PRELU;
    }

    /** Whether a and z are the same numbers. */
    boolean isLinear() {
        return pieces == 1 && activation.kind() == Activation.Kind.IDENTITY;
    }

    /** Multiply-adds for one sample. */
    long work() {
        return weights.length;
    }

    /**
     * {@code z = W x + b} for some rows of x and the neurons of some panels.
     *
     * @param x {@code [count × inputs]}, rows {@code xRow} apart
     * @param z {@code [count × neurons]}, rows {@link #zRow} apart
     */
    void net(int fromPanel, int toPanel, int count, float[] x, int xAt, int xRow, float[] z, int zAt) {
        if (count == 1) {
            Tiles.multiplyRow(panels, fromPanel, toPanel, inputs, x, xAt, weights, bias, z, zAt);
            return;
        }
        int block = count > Tiles.ROWS ? depth : inputs;
        for (int p = fromPanel; p < toPanel; p++) {
            int from = panels.from(p);
            for (int j = 0; j < inputs; j += block) {
                Tiles.multiply(panels.vectorsOf(p), count, Math.min(block, inputs - j), x, xAt + j, xRow, 1, weights,
                        panels.at(p, inputs) + j * panels.width(p), j == 0 ? bias : z, j == 0 ? from : zAt + from,
                        j == 0 ? 0 : zRow, z, zAt + from, zRow);
            }
        }
    }

    private int widthOf(int fromPanel, int toPanel) {
        return panels.from(toPanel - 1) + panels.width(toPanel - 1) - panels.from(fromPanel);
    }

    /** {@code a = f(z)} for some rows and the neurons of some panels; a may be z. Not for maxout. */
    void activate(int fromPanel, int toPanel, int count, float[] z, int zAt, float[] a, int aAt) {
        if (!isPrelu() && widthOf(fromPanel, toPanel) == panels.padded()) {
            // Whole rows: one run over all of them, and over the few floats between them, costs less than a run for each.
            ActivationValues.apply(activation, z, zAt, a, aAt, (count - 1) * zRow + panels.padded());
            return;
        }
        int from = panels.from(fromPanel);
        int width = widthOf(fromPanel, toPanel);
        for (int n = 0; n < count; n++) {
            int row = n * zRow + from;
            if (isPrelu()) {
                ActivationValues.prelu(slopes, from, z, zAt + row, a, aAt + row, width);
            } else {
                ActivationValues.apply(activation, z, zAt + row, a, aAt + row, width);
            }
        }
    }

    /** Maxout of some rows: z, rows {@link #zRow} apart, to a, rows {@link #aRow} apart. */
    void maxout(int count, float[] z, int zAt, float[] a, int aAt) {
        for (int n = 0; n < count; n++) {
            Vectors.maxout(pieces, outputs, outputs, z, zAt + n * zRow, a, aAt + n * aRow);
        }
    }
}
