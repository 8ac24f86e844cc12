package dev.samebits.simd.session;

import dev.samebits.Output;
import dev.samebits.parallel.WorkerTeam;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Rows;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.VSoftmax;

/**
 * One caller's batch on its way through a {@link ForwardPass}, as work for the team: parts are blocks of rows, or panels
 * of one layer's neurons. Reused by later calls, since a lambda would be allocated at every one.
 */
final class Call implements WorkerTeam.Work {
    private final ForwardPass pass;
    private float[] x;
    private int xAt;
    private int xRow;
    private int rows;
    private float[] y;
    private int yAt;
    private int yRow;

    // Of the rows, or, where there is a layer, of its neurons.
    private int parts;

    // While neurons are shared: the layer, its input and its net inputs, which all parts use.
    private PackedLayer layer;
    private Rows in;
    private Rows out;

    Call(ForwardPass pass) {
        this.pass = pass;
    }

    void rows(float[] inputs, int inputsAt, int inputsRow, int count, float[] outputs, int outputsAt, int outputsRow) {
        x = inputs;
        xAt = inputsAt;
        xRow = inputsRow;
        rows = count;
        y = outputs;
        yAt = outputsAt;
        yRow = outputsRow;
    }

    /** Lets go of the caller's arrays. */
    void done() {
        x = null;
        y = null;
        in = null;
        out = null;
    }

    /** From now on a part is one of so many of the rows. */
    void shareRows(int count) {
        layer = null;
        parts = count;
    }

    @Override
    public void run(int part) {
        if (layer != null) {
            int from = layer.panels.fromPart(part, parts);
            int to = layer.panels.fromPart(part + 1, parts);
            if (from < to) {
                layer.forward(from, to, rows, in, out, out);
            }
            return;
        }
        int start = Tiles.fromRow(part, rows, parts);
        int count = Tiles.fromRow(part + 1, rows, parts) - start;
        // Blocks of about the same size: each reads all weights, however few its rows are.
        int blocks = pass.blocks(count);
        ForwardPass.Buffers buffer = pass.take(count);
        for (int i = 0; i < blocks; i++) {
            int from = Tiles.fromRow(i, count, blocks);
            block(Tiles.fromRow(i + 1, count, blocks) - from, start + from, buffer);
        }
        pass.giveBack(buffer, count);
    }

    private void block(int count, int from, ForwardPass.Buffers buffer) {
        PackedLayer[] layers = pass.layers();
        Rows a = input(count, from, buffer);
        int placed = 0;
        for (int l = 0; l < layers.length; l++) {
            PackedLayer each = layers[l];
            Rows z = net(l, count, buffer);
            Rows whole = z;
            if (l == layers.length - 1 && pass.isDirect() && PackedLayer.inStrips(count, a)) {
                whole = buffer.output.set(y, yAt + from * yRow, yRow, each.zRow);
                placed = each.panels.unpadded();
            }
            each.forward(0, each.panels.count(), count, a, z, whole);
            a = activations(l, count, buffer, z);
        }
        output(count, from, placed, a, buffer);
        buffer.forget();
    }

    /** The whole batch as one block, layer by layer, the panels of each layer shared by the team. */
    void shareNeurons(ForwardPass.Buffers buffer) {
        in = input(rows, 0, buffer);
        for (int l = 0; l < pass.layers().length; l++) {
            layer = pass.layers()[l];
            out = net(l, rows, buffer);
            parts = Math.min(layer.panels.count(), pass.threads());
            pass.share(this, parts, layer.work() * rows);
            in = activations(l, rows, buffer, out);
        }
        output(rows, 0, 0, in, buffer);
        buffer.forget();
    }

    // Where the first layer reads: the caller's rows, or a copy where a tile of rows would profit from how it lies.
    private Rows input(int count, int from, ForwardPass.Buffers buffer) {
        int inputs = pass.layers()[0].inputs;
        int at = xAt + from * xRow;
        if (pass.input() == null || count < Tiles.ROWS) {
            return buffer.input.set(x, at, xRow, inputs);
        }
        Rows copied = buffer.input.set(buffer.activations[1], pass.input(), count);
        Packing.rows(x, at, xRow, count, inputs, copied);
        return copied;
    }

    // Where layer l's net inputs go.
    private Rows net(int l, int count, ForwardPass.Buffers buffer) {
        PackedLayer each = pass.layers()[l];
        if (l == pass.layers().length - 1 && pass.isColumn(count)) {
            return buffer.rows[l % 2].set(buffer.activations[l % 2], 0, 1, 1);
        }
        if (each.pieces == 1) {
            return buffer.rows[l % 2].set(buffer.activations[l % 2], pass.output(l), count);
        }
        return buffer.pieceRows.set(buffer.pieces, 0, each.zRow, each.zRow);
    }

    // Where layer l's activations are: its net inputs' place, or that of what maxout makes of them.
    private Rows activations(int l, int count, ForwardPass.Buffers buffer, Rows z) {
        PackedLayer each = pass.layers()[l];
        if (each.pieces == 1) {
            return z;
        }
        each.maxout(count, z.data, 0, buffer.activations[l % 2], 0);
        return buffer.rows[l % 2].set(buffer.activations[l % 2], pass.output(l), count);
    }

    // Softmax, and to the caller what is not there yet: the columns from {@code first} on.
    private void output(int count, int from, int first, Rows last, ForwardPass.Buffers buffer) {
        float[] a = last.data;
        if (last.row == 1 && yRow == 1) {
            copy(a, last.column(0), y, yAt + from, count);
            return;
        }
        int outputs = pass.layers()[pass.layers().length - 1].outputs;
        Output output = pass.output();
        float[] spare = buffer.activations[pass.layers().length % 2];
        for (int n = 0; n < count && first < outputs; n++) {
            int row = n * last.row;
            if (output == Output.SOFTMAX) {
                VSoftmax.softmax(a, row, outputs, buffer.partial);
            } else if (output == Output.LOG_SOFTMAX) {
                VSoftmax.logSoftmax(a, row, outputs, spare, 0, buffer.partial);
            }
            int to = yAt + (from + n) * yRow;
            for (int c = first; c < outputs; c = last.stripEnd(c)) {
                copy(a, last.column(c) + row, y, to + c, Math.min(last.stripEnd(c), outputs) - c);
            }
        }
    }

    // A call of arraycopy costs more than a few floats.
    private static void copy(float[] from, int fromAt, float[] to, int toAt, int count) {
        if (count > 8) {
            System.arraycopy(from, fromAt, to, toAt, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            to[toAt + i] = from[fromAt + i];
        }
    }
}
