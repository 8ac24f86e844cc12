package dev.samebits.simd.kernel;

import dev.samebits.Activation;
import dev.samebits.Matrix;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.tile.CacheStrides;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.RowLayout;
import dev.samebits.simd.tile.RowView;
import dev.samebits.simd.tile.StripTiles;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.spi.AbstractPackedWeights;
import java.util.Arrays;

/** Weights and biases of one layer: Wᵀ in panels, straight from the caller's matrix. Allocates nothing once warm. */
final class SimdPackedWeights extends AbstractPackedWeights {
    // Rows that go through all panels while they are in cache.
    private static final int BLOCK_ROWS = 4 * Tiles.WHOLE_ROWS;

    private final Pool<Scratch> scratches;
    private final Panels panels;
    private final RowLayout strips;
    private final float[] weights;
    private final float[] bias;

    SimdPackedWeights(Matrix w, float[] b, Pool<Scratch> scratches) {
        super(w.columns(), w.rows());
        this.scratches = scratches;
        panels = new Panels(w.rows());
        strips = RowLayout.strips(w.columns(), 1);
        weights = new float[Panels.length(w.rows(), w.columns())];
        bias = Arrays.copyOf(b, panels.padded());
        for (int p = 0; p < panels.count(); p++) {
            Packing.columns(w.data(), w.rowOffset(panels.from(p)), w.stride(), w.columns(), panels.columns(p), weights,
                    panels.offset(p, w.columns()), panels.width(p));
        }
    }

    @Override
    protected void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
            int aStride) {
        if (outputs() == 1 && aStride == 1) {
            // A single neuron has its weights in one lane of each vector: rows of x are the matrix, they the vector.
            Matvec.multiply(x, xOffset, xStride, rows, inputs(), bias, 0, 0, weights, panels.offset(0, inputs()), Lanes.N, a,
                    aOffset);
            activate(f, a, aOffset, aStride, rows, 1);
            return;
        }
        Scratch scratch = scratches.take();
        int blocks = Parts.quotientUp(rows, BLOCK_ROWS);
        for (int i = 0; i < blocks; i++) {
            int from = Tiles.fromRow(i, blocks, rows);
            int count = Tiles.fromRow(i + 1, blocks, rows) - from;
            block(f, scratch, x, xOffset + from * xStride, xStride, count, a, aOffset + from * aStride, aStride);
        }
        scratches.giveBack(scratch);
    }

    private void block(Activation f, Scratch scratch, float[] x, int xOffset, int xStride, int count, float[] a, int aOffset,
            int aStride) {
        RowView in = scratch.input;
        if (!Tiles.AVX512 && count >= Tiles.FEWEST_IN_STRIPS) {
            in.set(scratch.panel(Math.multiplyExact(count, strips.length())), strips, count);
            Packing.rows(x, xOffset, xStride, count, inputs(), in);
            strips(f, in, scratch, count, a, aOffset, aStride);
            return;
        }
        in.set(x, xOffset, xStride, inputs());
        if (count == 1) {
            int whole = panels.unpadded() == outputs() ? panels.count() : panels.count() - 1;
            Tiles.multiplyRow(panels, 0, whole, inputs(), x, xOffset, weights, bias, a, aOffset);
            products(whole, scratch, in, 1, a, aOffset, aStride);
        } else if (count >= Tiles.ROWS && CacheStrides.isCrowded(xStride)) {
            int stride = CacheStrides.of(inputs());
            in.set(scratch.panel(Math.multiplyExact(BLOCK_ROWS, stride)), 0, stride, inputs());
            Packing.rows(x, xOffset, xStride, count, inputs(), in);
            products(0, scratch, in, count, a, aOffset, aStride);
        } else {
            products(0, scratch, in, count, a, aOffset, aStride);
        }
        activate(f, a, aOffset, aStride, count, outputs());
        in.data = null;
    }

    private void products(int first, Scratch scratch, RowView x, int count, float[] z, int zOffset, int zStride) {
        for (int p = first; p < panels.count(); p++) {
            int width = panels.width(p);
            boolean staged = isStaged(p);
            float[] c = staged ? scratch.staging((long) BLOCK_ROWS * Panels.WIDEST) : z;
            Tiles.multiply(panels.vectorsOf(p), count, inputs(), x.data, x.offset(0), x.stride, 1, weights,
                    panels.offset(p, inputs()), bias, panels.from(p), 0, c, staged ? 0 : zOffset + panels.from(p),
                    staged ? width : zStride);
            if (staged) {
                unstage(p, c, count, z, zOffset, zStride);
            }
        }
    }

    // Strip by strip of the inputs: sums start from the biases, go on from where they are, and end in the activation.
    private void strips(Activation f, RowView x, Scratch scratch, int count, float[] a, int aOffset, int aStride) {
        for (int p = 0; p < panels.count(); p++) {
            boolean staged = isStaged(p);
            float[] c = staged ? scratch.staging((long) BLOCK_ROWS * Panels.WIDEST) : a;
            int cOffset = staged ? 0 : aOffset + panels.from(p);
            int cStride = staged ? panels.width(p) : aStride;
            for (int j = 0; j < inputs(); j += x.width) {
                int depth = Math.min(x.width, inputs() - j);
                boolean last = j + depth == inputs() && f.kind() != Activation.Kind.IDENTITY;
                StripTiles.multiply(last ? f : null, panels.vectorsOf(p), count, depth, x.data, x.offset(j), x.stride,
                        weights, panels.offset(p, inputs()) + j * panels.width(p), j == 0 ? bias : c,
                        j == 0 ? panels.from(p) : cOffset, j == 0 ? 0 : cStride, c, cOffset, cStride);
            }
            if (staged) {
                unstage(p, c, count, a, aOffset, aStride);
            }
        }
    }

    // Columns that do not fill their vectors are computed beside z, lest a vector write over what lies behind.
    private boolean isStaged(int p) {
        return panels.columns(p) < panels.width(p);
    }

    private void unstage(int p, float[] c, int count, float[] z, int zOffset, int zStride) {
        for (int r = 0; r < count; r++) {
            System.arraycopy(c, r * panels.width(p), z, zOffset + r * zStride + panels.from(p), panels.columns(p));
        }
    }

    private static void activate(Activation f, float[] a, int aOffset, int aStride, int rows, int columns) {
        if (f.kind() == Activation.Kind.IDENTITY) {
            return;
        }
        if (aStride == columns) {
            ActivationValues.apply(f, a, aOffset, a, aOffset, rows * columns);
            return;
        }
        for (int r = 0; r < rows; r++) {
            ActivationValues.apply(f, a, aOffset + r * aStride, a, aOffset + r * aStride, columns);
        }
    }
}
