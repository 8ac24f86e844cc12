package dev.samebits.simd.kernel;

import dev.samebits.Matrix;
import dev.samebits.parallel.Parts;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.tile.CacheStrides;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.Tiles;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.spi.AbstractPackedWeights;
import java.util.Arrays;

/** Weights and biases of one layer: Wᵀ in panels, straight from the caller's matrix. Allocates nothing once warm. */
final class SimdPackedWeights extends AbstractPackedWeights {
    // Rows that go through all panels while they are in cache.
    private static final int BLOCK_ROWS = 4 * Tiles.WHOLE_ROWS;

    private final Pool<Scratch> scratches;
    private final Panels panels;
    private final float[] weights;
    private final float[] bias;

    SimdPackedWeights(Matrix w, float[] b, Pool<Scratch> scratches) {
        super(w.columns(), w.rows());
        this.scratches = scratches;
        panels = new Panels(w.rows());
        weights = new float[Panels.length(w.rows(), w.columns())];
        bias = Arrays.copyOf(b, panels.padded());
        for (int p = 0; p < panels.count(); p++) {
            Packing.columns(w.data(), w.rowOffset(panels.from(p)), w.stride(), w.columns(), panels.columns(p), weights,
                    panels.offset(p, w.columns()), panels.width(p));
        }
    }

    @Override
    protected void compute(float[] x, int xOffset, int xStride, int rows, float[] z, int zOffset, int zStride) {
        if (outputs() == 1 && zStride == 1) {
            // A single neuron has its weights in one lane of each vector: rows of x are the matrix, they the vector.
            Matvec.multiply(x, xOffset, xStride, rows, inputs(), bias, 0, 0, weights, panels.offset(0, inputs()), Lanes.N, z,
                    zOffset);
            return;
        }
        Scratch scratch = scratches.take();
        int blocks = Parts.quotientUp(rows, BLOCK_ROWS);
        for (int i = 0; i < blocks; i++) {
            int from = Tiles.fromRow(i, blocks, rows);
            int count = Tiles.fromRow(i + 1, blocks, rows) - from;
            block(scratch, x, xOffset + from * xStride, xStride, count, z, zOffset + from * zStride, zStride);
        }
        scratches.giveBack(scratch);
    }

    private void block(Scratch scratch, float[] x, int xOffset, int xStride, int count, float[] z, int zOffset,
            int zStride) {
        if (count == 1) {
            int whole = panels.unpadded() == outputs() ? panels.count() : panels.count() - 1;
            Tiles.multiplyRow(panels, 0, whole, inputs(), x, xOffset, weights, bias, z, zOffset);
            products(whole, scratch, x, xOffset, xStride, 1, z, zOffset, zStride);
        } else if (count >= Tiles.ROWS && CacheStrides.isCrowded(xStride)) {
            int stride = CacheStrides.of(inputs());
            float[] copied = scratch.panel(Math.multiplyExact(BLOCK_ROWS, stride));
            Packing.rows(x, xOffset, xStride, count, inputs(), copied, 0, stride);
            products(0, scratch, copied, 0, stride, count, z, zOffset, zStride);
        } else {
            products(0, scratch, x, xOffset, xStride, count, z, zOffset, zStride);
        }
    }

    private void products(int first, Scratch scratch, float[] x, int xOffset, int xStride, int count, float[] z, int zOffset,
            int zStride) {
        for (int p = first; p < panels.count(); p++) {
            int from = panels.from(p);
            int columns = panels.columns(p);
            int width = panels.width(p);
            // Columns that do not fill their vectors are computed beside z, lest a vector write over what lies behind.
            boolean staged = columns < width;
            float[] c = staged ? scratch.staging((long) BLOCK_ROWS * Panels.WIDEST) : z;
            int cOffset = staged ? 0 : zOffset + from;
            int cStride = staged ? width : zStride;
            Tiles.multiply(panels.vectorsOf(p), count, inputs(), x, xOffset, xStride, 1, weights, panels.offset(p, inputs()),
                    bias, from, 0, c, cOffset, cStride);
            for (int r = 0; staged && r < count; r++) {
                System.arraycopy(c, r * width, z, zOffset + r * zStride + from, columns);
            }
        }
    }
}
