package dev.samebits.simd.session;

import dev.samebits.Activation;
import dev.samebits.Layer;
import dev.samebits.LayerSpec;
import dev.samebits.Matrix;
import dev.samebits.simd.kernel.Matvec;
import dev.samebits.simd.kernel.Maxout;
import dev.samebits.simd.tile.Bfloat16Panels;
import dev.samebits.simd.tile.CacheStrides;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.tile.StripTiles;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.simd.vector.VSoftmax;
import java.util.Arrays;

/**
 * A layer's parameters as the kernels want them: Wᵀ cut into panels of a tile's width, each dense {@code [inputs × width]},
 * so that a forward pass reads the weights in one straight line. Rows of W are padded with zeros to whole vectors, and stay
 * zeros. Inference never writes them, and keeps weights that all are bfloat16 numbers in half the bytes; training does, in
 * place, so that weights are packed once and learn as they lie.
 */
final class PackedLayer {
    private static final int PACKED_INPUTS = 256;

    final LayerSpec spec;
    final int inputs;
    final int outputs;
    final int pieces;
    /** Rows of W. */
    final int neurons;
    /** How the rows of W are cut into panels. */
    final Panels panels;
    /** Distance between two rows of z: all panels, and room for softmax's padding. */
    final int zStride;
    /** Distance between two rows of a: that of z, but for maxout, which has fewer columns. */
    final int aStride;

    /** The weights, or null where there are {@link #halves}. */
    final float[] weights;
    private final Bfloat16Panels halves;
    final float[] bias;
    final float[] slopes;

    /** Of weights that learn. */
    static PackedLayer forTraining(Layer layer) {
        return new PackedLayer(layer, false);
    }

    /** Of weights that stay as they are. */
    static PackedLayer forInference(Layer layer) {
        // With zeros for half of its columns a panel would be as large as one of floats that has none.
        return new PackedLayer(layer, layer.rows() > Lanes.N && layer.hasBfloat16Weights());
    }

    private PackedLayer(Layer layer, boolean bfloat16) {
        spec = layer.spec();
        inputs = spec.inputs();
        outputs = spec.outputs();
        pieces = spec.pieces();
        neurons = spec.rows();
        panels = bfloat16 ? Panels.ofPairs(neurons) : new Panels(neurons);
        zStride = CacheStrides.of(Math.max(VSoftmax.padded(neurons), panels.padded()));
        aStride = pieces > 1 ? CacheStrides.of(VSoftmax.padded(outputs)) : zStride;
        bias = new float[zStride];
        slopes = new float[spec.isPrelu() ? zStride : 0];
        for (int i = 0; i < neurons; i++) {
            bias[i] = layer.bias(i);
            if (spec.isPrelu()) {
                slopes[i] = layer.slope(i);
            }
        }
        weights = bfloat16 ? null : new float[Panels.length(neurons, inputs)];
        halves = bfloat16 ? new Bfloat16Panels(panels, inputs) : null;
        pack(layer);
    }

    // Block by block of inputs, so that there is no second copy of the weights.
    private void pack(Layer layer) {
        float[] block = new float[Panels.WIDEST * PACKED_INPUTS];
        float[] packed = halves == null ? weights : new float[block.length];
        for (int p = 0; p < panels.count(); p++) {
            int columns = panels.columns(p);
            int width = panels.width(p);
            for (int j = 0; j < inputs; j += PACKED_INPUTS) {
                int count = Math.min(PACKED_INPUTS, inputs - j);
                for (int i = 0; i < columns; i++) {
                    for (int k = 0; k < count; k++) {
                        block[i * count + k] = layer.weight(panels.from(p) + i, j + k);
                    }
                }
                int to = halves == null ? panels.offset(p, inputs) + j * width : 0;
                Packing.columns(block, 0, count, count, columns, packed, to, width);
                if (halves != null) {
                    halves.set(p, j, count, packed);
                }
            }
        }
    }

    /** Numbers that lie as the weights do, as the rows of W. */
    Matrix unpacked(float[] packed) {
        Matrix w = Matrix.zeros(neurons, inputs);
        for (int p = 0; p < panels.count(); p++) {
            for (int i = 0; i < panels.columns(p); i++) {
                Packing.column(packed, panels.offset(p, inputs) + i, panels.width(p), inputs, w.data(),
                        w.rowOffset(panels.from(p) + i));
            }
        }
        return w;
    }

    /** Puts the rows of W to where the weights, or what lies as they do, are. */
    void pack(Matrix w, float[] packed) {
        for (int p = 0; p < panels.count(); p++) {
            Packing.columns(w.data(), w.rowOffset(panels.from(p)), w.stride(), inputs, panels.columns(p), packed,
                    panels.offset(p, inputs), panels.width(p));
        }
    }

    /** The layer with the present parameters. */
    Layer toLayer() {
        Matrix w = unpacked(weights);
        return Layer.of(spec, w, Arrays.copyOf(bias, neurons), Arrays.copyOf(slopes, spec.isPrelu() ? neurons : 0));
    }

    /** Whether there is a single number for each row, whose activations may lie side by side. */
    boolean isColumn() {
        return neurons == 1 && pieces == 1 && !spec.isPrelu();
    }

    /** Multiply-adds for one sample. */
    long work() {
        return (long) panels.padded() * inputs;
    }

    /**
     * {@code a = f(W x + b)} for some rows of x and the neurons of some panels; for maxout its pieces, {@code W x + b}.
     *
     * @param x {@code [count × inputs]}
     * @param a {@code [count × neurons]}, padding included; or, if {@link #isColumn}, {@code [count]} side by side, with
     *     room for whole vectors
     * @param whole where panels without padding go: a, or, where x is {@link #inStrips} and this is no PReLU, another place
     */
    void forward(int fromPanel, int toPanel, int count, RowView x, RowView a, RowView whole) {
        if (a.isColumn()) {
            column(count, x, a);
            return;
        }
        boolean activated = pieces == 1 && !spec.isLinear();
        if (activated && !spec.isPrelu() && inStrips(count, x)) {
            multiply(spec.activation(), fromPanel, toPanel, count, x, a, whole);
            return;
        }
        net(fromPanel, toPanel, count, x, a, whole);
        if (activated) {
            activate(fromPanel, toPanel, count, a, a);
        }
    }

    // Of a single neuron, whose weights are a vector and whose samples the rows of a matrix: computed in lanes, all but one
    // would be for nothing. Strip by strip, as in multiply.
    private void column(int count, RowView x, RowView a) {
        int offset = a.offset(0);
        for (int j = 0; j < inputs; j += x.width) {
            boolean first = j == 0;
            Matvec.multiply(x.data, x.offset(j), x.stride, count, Math.min(x.width, inputs - j), first ? bias : a.data,
                    first ? 0 : offset, first ? 0 : 1, weights, panels.offset(0, inputs) + j * Lanes.N, Lanes.N, a.data,
                    offset);
        }
        if (!spec.isLinear()) {
            ActivationValues.apply(spec.activation(), a.data, offset, a.data, offset, Panels.padded(count));
        }
    }

    /** {@code z = W x + b} for some rows of x and the neurons of some panels. */
    void net(int fromPanel, int toPanel, int count, RowView x, RowView z) {
        net(fromPanel, toPanel, count, x, z, z);
    }

    private void net(int fromPanel, int toPanel, int count, RowView x, RowView z, RowView whole) {
        if (count == 1 && halves != null) {
            halves.multiplyRow(fromPanel, toPanel, x.data, x.offset(0), bias, z.data, z.offset(0));
        } else if (count == 1) {
            Tiles.multiplyRow(panels, fromPanel, toPanel, inputs, x.data, x.offset(0), weights, bias, z.data, z.offset(0));
        } else {
            multiply(null, fromPanel, toPanel, count, x, z, whole);
        }
    }

    /** Whether the tiles for strips take these rows. */
    static boolean inStrips(int count, RowView x) {
        return x.inStrips() && count >= Tiles.FEWEST_IN_STRIPS;
    }

    // Strip by strip of the inputs, which stay in the second-level cache while all panels go past them: sums start from the
    // biases, go on from where they are, and end in the activation. Within a strip a tile takes the whole depth: to start
    // and end it more often costs more than its panel's way from the second-level cache.
    private void multiply(Activation f, int fromPanel, int toPanel, int count, RowView x, RowView z, RowView whole) {
        boolean strips = inStrips(count, x);
        for (int j = 0; j < inputs; j += x.width) {
            int depth = Math.min(x.width, inputs - j);
            boolean first = j == 0;
            boolean last = j + depth == inputs;
            for (int p = fromPanel; p < toPanel; p++) {
                int vectors = panels.vectorsOf(p);
                int from = panels.from(p);
                int offset = panels.offset(p, inputs) + j * panels.width(p);
                float[] s = first ? bias : z.data;
                int sOffset = first ? from : z.offset(from);
                int sStride = first ? 0 : z.stride;
                RowView c = last && panels.columns(p) == panels.width(p) ? whole : z;
                if (halves != null) {
                    halves.multiply(last ? f : null, p, count, j, depth, x.data, x.offset(j), x.stride, s, sOffset, sStride,
                            c.data, c.offset(from), c.stride);
                } else if (strips) {
                    StripTiles.multiply(last ? f : null, vectors, count, depth, x.data, x.offset(j), x.stride, weights,
                            offset, s, sOffset, sStride, c.data, c.offset(from), c.stride);
                } else {
                    Tiles.multiply(vectors, count, depth, x.data, x.offset(j), x.stride, 1, weights, offset, s, sOffset,
                            sStride, c.data, c.offset(from), c.stride);
                }
            }
        }
    }

    /** {@code a = f(z)} for some rows and the neurons of some panels; a may be z. Not for maxout. */
    void activate(int fromPanel, int toPanel, int count, RowView z, RowView a) {
        int from = panels.from(fromPanel);
        int to = panels.from(toPanel - 1) + panels.width(toPanel - 1);
        if (!spec.isPrelu() && to - from == panels.padded() && z.stride == zStride && a.stride == zStride) {
            // Whole rows: one run over all of them, and over the few floats between them, costs less than a run for each.
            ActivationValues.apply(spec.activation(), z.data, z.offset(0), a.data, a.offset(0), (count - 1) * zStride + to);
            return;
        }
        for (int c = from; c < to; c = z.stripEnd(c)) {
            int width = Math.min(to, z.stripEnd(c)) - c;
            for (int n = 0; n < count; n++) {
                if (spec.isPrelu()) {
                    ActivationValues.prelu(slopes, c, z.data, z.offset(c) + n * z.stride, a.data, a.offset(c) + n * a.stride,
                            width);
                } else {
                    ActivationValues.apply(spec.activation(), z.data, z.offset(c) + n * z.stride, a.data,
                            a.offset(c) + n * a.stride, width);
                }
            }
        }
    }

    /** Maxout of some rows: z, rows {@link #zStride} apart, to a, rows {@link #aStride} apart. */
    void maxout(int count, float[] z, int zOffset, float[] a, int aOffset) {
        for (int n = 0; n < count; n++) {
            Maxout.apply(pieces, outputs, outputs, z, zOffset + n * zStride, a, aOffset + n * aStride);
        }
    }
}
