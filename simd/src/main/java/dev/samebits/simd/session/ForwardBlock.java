package dev.samebits.simd.session;

import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.OutputValues;
import dev.samebits.simd.vector.VSoftmax;

/**
 * A block of rows on its way through all layers, and its work space: two buffers for the activations, which layers use in
 * turn, and one for the pieces of maxout. Used by one caller at a time.
 */
final class ForwardBlock {
    private final ForwardLayout layout;
    private final float[][] activations = new float[2][];
    private final float[] pieces;
    private final float[] partial = new float[VSoftmax.PAD];
    // Where the input, the layers' activations, the pieces and the caller's output lie.
    private final RowView input = new RowView();
    private final RowView[] activationRows = {new RowView(), new RowView()};
    private final RowView pieceRows = new RowView();
    private final RowView output = new RowView();

    ForwardBlock(ForwardLayout layout, int rows) {
        this.layout = layout;
        for (int i = 0; i < 2; i++) {
            activations[i] = new float[Math.multiplyExact(rows, layout.activationFloats[i])];
        }
        pieces = new float[Math.multiplyExact(rows, layout.pieceFloats)];
    }

    /** So many rows of x, through all layers, to y. */
    void predict(int count, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
        PackedLayer[] layers = layout.layers;
        RowView a = read(count, x, xOffset, xStride);
        int placed = 0;
        for (int l = 0; l < layers.length; l++) {
            PackedLayer layer = layers[l];
            RowView z = net(l, count);
            RowView whole = z;
            if (l == layers.length - 1 && layout.isDirect() && PackedLayer.inStrips(count, a)) {
                whole = output.set(y, yOffset, yStride, layer.zStride);
                placed = layer.panels.unpadded();
            }
            layer.forward(0, layer.panels.count(), count, a, z, whole);
            a = activations(l, count, z);
        }
        write(count, placed, a, y, yOffset, yStride);
    }

    /** Where the first layer reads: the caller's rows, or a copy where a tile of rows would profit from how it lies. */
    RowView read(int count, float[] x, int xOffset, int xStride) {
        int inputs = layout.layers[0].inputs;
        if (layout.input == null || count < Tiles.FEWEST_IN_STRIPS) {
            return input.set(x, xOffset, xStride, inputs);
        }
        RowView copied = input.set(activations[1], layout.input, count);
        Packing.rows(x, xOffset, xStride, count, inputs, copied);
        return copied;
    }

    /** Where layer l's net inputs go. */
    RowView net(int l, int count) {
        PackedLayer layer = layout.layers[l];
        if (layout.isColumn(l, count)) {
            return activationRows[l % 2].setColumn(activations[l % 2]);
        }
        if (layer.pieces == 1) {
            return activationRows[l % 2].set(activations[l % 2], layout.outputs[l], count);
        }
        return pieceRows.set(pieces, 0, layer.zStride, layer.zStride);
    }

    /** Where layer l's activations are: its net inputs' place, or that of what maxout makes of them. */
    RowView activations(int l, int count, RowView z) {
        PackedLayer layer = layout.layers[l];
        if (layer.pieces == 1) {
            return z;
        }
        layer.maxout(count, z.data, 0, activations[l % 2], 0);
        return activationRows[l % 2].set(activations[l % 2], layout.outputs[l], count);
    }

    /**
     * Softmax, and to the caller what is not there yet: the columns from {@code first} on. Lets go of the caller's arrays.
     */
    void write(int count, int first, RowView last, float[] y, int yOffset, int yStride) {
        if (last.isColumn() && yStride == 1) {
            copy(last.data, last.offset(0), y, yOffset, count);
        } else {
            int outputs = layout.last().outputs;
            if (first < outputs) {
                float[] spare = activations[layout.layers.length % 2];
                OutputValues.apply(layout.output, count, last.data, last.stride, outputs, spare, partial);
            }
            for (int n = 0; n < count && first < outputs; n++) {
                int row = n * last.stride;
                int to = yOffset + n * yStride;
                for (int c = first; c < outputs; c = last.stripEnd(c)) {
                    copy(last.data, last.offset(c) + row, y, to + c, Math.min(last.stripEnd(c), outputs) - c);
                }
            }
        }
        input.data = null;
        output.data = null;
    }

    // A call of arraycopy costs more than a few floats.
    private static void copy(float[] from, int fromOffset, float[] to, int toOffset, int count) {
        if (count > 8) {
            System.arraycopy(from, fromOffset, to, toOffset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[toOffset + i] = from[fromOffset + i];
        }
    }
}
