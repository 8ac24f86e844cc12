package dev.samebits.simd;

import dev.samebits.Output;
import dev.samebits.session.WorkerTeam;

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

    // Rows of a part, or 0 while neurons are shared.
    private int partRows;

    // While neurons are shared: the layer, its input, and the buffers that all parts use.
    private PackedLayer layer;
    private int parts;
    private float[] in;
    private int inAt;
    private int inRow;
    private float[] out;

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

    /** From now on a part is this many rows. */
    void shareRows(int count) {
        partRows = count;
    }

    @Override
    public void run(int part) {
        if (partRows == 0) {
            int panels = layer.panels.count();
            forward(layer, panels * part / parts, panels * (part + 1) / parts, rows, in, inAt, inRow, out);
            return;
        }
        ForwardPass.Buffers buffer = pass.buffers().take();
        int end = (int) Math.min(rows, (part + 1L) * partRows);
        int start = part * partRows;
        // Blocks of about the same size: each reads all weights, however few its rows are.
        int count = ForwardPass.rowsOf(end - start, pass.blocks(end - start));
        for (int from = start; from < end; from += count) {
            block(Math.min(count, end - from), from, buffer);
        }
        pass.buffers().giveBack(buffer);
    }

    private void block(int count, int from, ForwardPass.Buffers buffer) {
        PackedLayer[] layers = pass.layers();
        float[] a = x;
        int aAt = xAt + from * xRow;
        int aRow = xRow;
        if (Strides.isCrowded(xRow) && buffer.input.length > 0 && count > 1) {
            aRow = Strides.of(layers[0].inputs);
            Packing.rows(x, aAt, xRow, count, layers[0].inputs, buffer.input, 0, aRow);
            a = buffer.input;
            aAt = 0;
        }
        for (int l = 0; l < layers.length; l++) {
            float[] z = layers[l].pieces > 1 ? buffer.pieces : buffer.activations[l % 2];
            forward(layers[l], 0, layers[l].panels.count(), count, a, aAt, aRow, z);
            a = activated(l, count, z, buffer);
            aAt = 0;
            aRow = layers[l].aRow;
        }
        output(count, from, a, aRow, buffer);
    }

    // Net inputs, and the activation over them where they lie.
    private static void forward(PackedLayer layer, int fromPanel, int toPanel, int count, float[] x, int xAt, int xRow, float[] z) {
        layer.net(fromPanel, toPanel, count, x, xAt, xRow, z, 0);
        if (layer.pieces == 1 && !layer.isLinear()) {
            layer.activate(fromPanel, toPanel, count, z, 0, z, 0);
        }
    }

    // The activations of layer l: z itself, or what maxout makes of it.
    private float[] activated(int l, int count, float[] z, ForwardPass.Buffers buffer) {
        PackedLayer each = pass.layers()[l];
        if (each.pieces == 1) {
            return z;
        }
        each.maxout(count, z, 0, buffer.activations[l % 2], 0);
        return buffer.activations[l % 2];
    }

    /** The whole batch as one block, layer by layer, the panels of each layer shared by the team. */
    void shareNeurons(ForwardPass.Buffers buffer) {
        partRows = 0;
        PackedLayer[] layers = pass.layers();
        in = x;
        inAt = xAt;
        inRow = xRow;
        for (int l = 0; l < layers.length; l++) {
            layer = layers[l];
            out = layer.pieces > 1 ? buffer.pieces : buffer.activations[l % 2];
            parts = Math.min(layer.panels.count(), pass.threads());
            pass.share(this, parts, layer.work() * rows);
            in = activated(l, rows, out, buffer);
            inAt = 0;
            inRow = layer.aRow;
        }
        output(rows, 0, in, inRow, buffer);
    }

    private void output(int count, int from, float[] a, int aRow, ForwardPass.Buffers buffer) {
        int outputs = pass.layers()[pass.layers().length - 1].outputs;
        Output output = pass.output();
        float[] spare = buffer.activations[pass.layers().length % 2];
        for (int n = 0; n < count; n++) {
            if (output == Output.SOFTMAX) {
                VSoftmax.softmax(a, n * aRow, outputs, buffer.partial);
            } else if (output == Output.LOG_SOFTMAX) {
                VSoftmax.logSoftmax(a, n * aRow, outputs, spare, 0, buffer.partial);
            }
            copy(a, n * aRow, y, yAt + (from + n) * yRow, outputs);
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
