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
    /** Rows of W. */
    final int rows;
    /** Rows of W padded to whole vectors: the width of a row of z. */
    final int width;

    private final Activation activation;
    private final float[] panels;
    private final float[] bias;
    private final float[] slopes;

    PackedLayer(Layer layer) {
        inputs = layer.inputs();
        outputs = layer.outputs();
        pieces = layer.pieces();
        rows = layer.rows();
        width = VSoftmax.padded(rows);
        activation = layer.activation();
        bias = Arrays.copyOf(layer.bias(), width);
        slopes = Arrays.copyOf(layer.slopes(), width);
        panels = new float[Math.multiplyExact(width, inputs)];
        Matrix w = layer.weights();
        for (int from = 0; from < width; from += Tiles.PANEL_WIDTH) {
            int columns = Math.max(0, Math.min(Tiles.PANEL_WIDTH, rows - from));
            Packing.columns(w.data(), w.offset() + from * w.stride(), w.stride(), inputs, columns, panels, from * inputs,
                    Math.min(Tiles.PANEL_WIDTH, width - from));
        }
    }

    /**
     * {@code z = W x + b} and {@code z = f(z)} for some rows, in place.
     *
     * @param x {@code [count × inputs]}, rows {@code xRow} apart
     * @param z {@code [count × width]}, dense from index 0
     */
    void forward(int count, float[] x, int xAt, int xRow, float[] z) {
        for (int n = 0; n < count; n++) {
            System.arraycopy(bias, 0, z, n * width, width);
        }
        for (int from = 0; from < width; from += Tiles.PANEL_WIDTH) {
            int vectors = Math.min(Tiles.PANEL_WIDTH, width - from) / Lanes.N;
            Tiles.multiply(vectors, count, inputs, x, xAt, xRow, 1, panels, from * inputs, z, from, width);
        }
        if (activation.kind() == Activation.Kind.PRELU) {
            for (int n = 0; n < count; n++) {
                ActivationValues.prelu(slopes, z, n * width, z, n * width, width);
            }
        } else if (activation.kind() != Activation.Kind.IDENTITY) {
            ActivationValues.apply(activation, z, 0, z, 0, count * width);
        }
    }

    /** Maxout of some rows: z {@code [count × width]} to a, rows {@code aRow} apart. */
    void maxout(int count, float[] z, float[] a, int aRow) {
        for (int n = 0; n < count; n++) {
            Vectors.maxout(pieces, outputs, outputs, z, n * width, a, n * aRow);
        }
    }
}
