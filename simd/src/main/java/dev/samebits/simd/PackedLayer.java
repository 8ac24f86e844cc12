package dev.samebits.simd;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import java.util.Arrays;

/**
 * A layer made ready for inference: Wᵀ cut into panels of a tile's width, each dense {@code [inputs × width]}, so that a forward
 * pass reads the weights in one straight line. Rows of W are padded with zeros to whole vectors. Immutable.
 */
final class PackedLayer {
    final int inputs;
    final int outputs;
    final int pieces;
    /** How the rows of W are cut into panels. */
    final Panels panels;
    /** Distance between two rows of z: all panels, and room for softmax's padding. */
    final int zRow;

    private final Activation activation;
    private final float[] weights;
    private final float[] bias;
    private final float[] slopes;

    PackedLayer(Layer layer) {
        inputs = layer.inputs();
        outputs = layer.outputs();
        pieces = layer.pieces();
        panels = new Panels(layer.rows());
        zRow = Strides.of(VSoftmax.padded(layer.rows()));
        activation = layer.activation();
        bias = Arrays.copyOf(layer.bias(), zRow);
        slopes = Arrays.copyOf(layer.slopes(), zRow);
        weights = new float[Panels.length(layer.rows(), inputs)];
        Matrix w = layer.weights();
        for (int p = 0; p < panels.count(); p++) {
            Packing.columns(w.data(), w.rowOffset(panels.from(p)), w.stride(), inputs, panels.columns(p), weights,
                    panels.at(p, inputs), panels.width(p));
        }
    }

    /** Multiply-adds for one sample. */
    long work() {
        return weights.length;
    }

    /**
     * {@code z = f(W x + b)} for some rows of x and the neurons of some panels; for maxout the net inputs of its pieces.
     *
     * @param x {@code [count × inputs]}, rows {@code xRow} apart
     * @param z {@code [count × neurons]}, rows {@link #zRow} apart, from index 0
     */
    void forward(int fromPanel, int toPanel, int count, float[] x, int xAt, int xRow, float[] z) {
        int from = panels.from(fromPanel);
        int width = panels.from(toPanel - 1) + panels.width(toPanel - 1) - from;
        for (int n = 0; n < count; n++) {
            System.arraycopy(bias, from, z, n * zRow + from, width);
        }
        if (count == 1) {
            Tiles.multiplyRow(panels, fromPanel, toPanel, inputs, x, xAt, weights, z, 0);
        }
        for (int p = fromPanel; p < toPanel && count > 1; p++) {
            Tiles.multiply(panels.vectorsOf(p), count, inputs, x, xAt, xRow, 1, weights, panels.at(p, inputs), z,
                    panels.from(p), zRow);
        }
        if (activation.kind() == Activation.Kind.PRELU) {
            for (int n = 0; n < count; n++) {
                ActivationValues.prelu(slopes, from, z, n * zRow + from, z, n * zRow + from, width);
            }
        } else if (activation.kind() != Activation.Kind.IDENTITY) {
            for (int n = 0; n < count; n++) {
                ActivationValues.apply(activation, z, n * zRow + from, z, n * zRow + from, width);
            }
        }
    }

    /** Distance between two rows of a: of z, but for maxout, which has fewer columns. */
    int aRow() {
        return pieces > 1 ? Strides.of(VSoftmax.padded(outputs)) : zRow;
    }

    /** Maxout of some rows: z, rows {@link #zRow} apart, to a, rows {@link #aRow} apart. */
    void maxout(int count, float[] z, float[] a) {
        for (int n = 0; n < count; n++) {
            Vectors.maxout(pieces, outputs, outputs, z, n * zRow, a, n * aRow());
        }
    }
}
