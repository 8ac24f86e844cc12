package dev.samebits.simd.kernel;

import dev.samebits.Matrix;
import dev.samebits.simd.tile.Packing;
import dev.samebits.simd.tile.Panels;
import dev.samebits.simd.tile.Tiles;
import java.util.Arrays;

/**
 * The three matrix products of a dense layer, from operands that are not packed. Each is {@code C += A B} with lanes over
 * the columns of C: panels of columns, blocks of depth within a panel (packed, so that they stay in the second-level cache),
 * tiles of rows within a block. Every element of C is summed in ascending depth, whatever the blocking.
 */
final class Gemm {
    /** Depth of a packed block: 128 KiB at the widest panel of 64 columns. */
    static final int BLOCK_DEPTH = 512;

    private Gemm() {}

    /** {@code Z = X Wᵀ + b}. */
    static void affine(Scratch scratch, Matrix x, Matrix w, float[] b, Matrix z) {
        // What has to be transposed: W once, or X and Z. The smaller.
        long weights = (long) w.rows() * w.columns();
        long samples = (long) x.rows() * (w.rows() + w.columns());
        if (weights < samples) {
            overOutputs(scratch, x, w, b, z);
        } else {
            overSamples(scratch, x, w, b, z);
        }
    }

    // Lanes over outputs: z starts at b, A is X, B is Wᵀ.
    private static void overOutputs(Scratch scratch, Matrix x, Matrix w, float[] b, Matrix z) {
        for (int n = 0; n < z.rows(); n++) {
            System.arraycopy(b, 0, z.data(), z.rowOffset(n), b.length);
        }
        multiply(scratch, x, x.stride(), 1, x.rows(), x.columns(), w, true, z);
    }

    // Lanes over samples, panel by panel: A is W, B is Xᵀ, C is Zᵀ in the staging buffer.
    private static void overSamples(Scratch scratch, Matrix x, Matrix w, float[] b, Matrix z) {
        int out = w.rows();
        Panels samples = scratch.panels(x.rows());
        float[] panel = scratch.panel(BLOCK_DEPTH * Panels.WIDEST);
        float[] staging = scratch.staging((long) out * Panels.WIDEST);
        for (int p = 0; p < samples.count(); p++) {
            int width = samples.width(p);
            int count = samples.columns(p);
            int from = samples.from(p);
            for (int i = 0; i < out; i++) {
                Arrays.fill(staging, i * width, (i + 1) * width, b[i]);
            }
            for (int k = 0; k < w.columns(); k += BLOCK_DEPTH) {
                int depth = Math.min(BLOCK_DEPTH, w.columns() - k);
                Packing.columns(x.data(), x.rowOffset(from) + k, x.stride(), depth, count, panel, 0, width);
                Tiles.multiply(samples.vectorsOf(p), out, depth, w.data(), w.offset() + k, w.stride(), 1, panel, 0, staging,
                        0, width, staging, 0, width);
            }
            // The staging buffer is [out × samples]; z is its transpose.
            for (int n = 0; n < count; n++) {
                Packing.column(staging, n, width, out, z.data(), z.rowOffset(from + n));
            }
        }
    }

    /** {@code DX = DZ W}. */
    static void inputGradient(Scratch scratch, Matrix dz, Matrix w, Matrix dx) {
        for (int n = 0; n < dx.rows(); n++) {
            Arrays.fill(dx.data(), dx.rowOffset(n), dx.rowOffset(n) + dx.columns(), 0);
        }
        multiply(scratch, dz, dz.stride(), 1, dz.rows(), dz.columns(), w, false, dx);
    }

    /** {@code DW += DZᵀ X}. */
    static void weightGradient(Scratch scratch, Matrix dz, Matrix x, Matrix dw) {
        multiply(scratch, dz, 1, dz.stride(), dz.columns(), dz.rows(), x, false, dw);
    }

    /**
     * {@code C += A B}.
     *
     * @param a element (r, k) at {@code a.offset() + r * aRowStride + k * aColumnStride}
     * @param transposed whether B's row k is column k of b
     */
    private static void multiply(Scratch scratch, Matrix a, int aRowStride, int aColumnStride, int rows, int depth, Matrix b,
            boolean transposed, Matrix c) {
        Panels panels = scratch.panels(c.columns());
        float[] panel = scratch.panel(BLOCK_DEPTH * Panels.WIDEST);
        for (int p = 0; p < panels.count(); p++) {
            int from = panels.from(p);
            int columns = panels.columns(p);
            int width = panels.width(p);
            // Columns that do not fill their vectors are computed beside c, lest a vector write over what lies behind.
            boolean staged = columns < width;
            float[] target = staged ? scratch.staging((long) rows * width) : c.data();
            int targetOffset = staged ? 0 : c.offset() + from;
            int targetStride = staged ? width : c.stride();
            if (staged) {
                Packing.rows(c.data(), c.offset() + from, c.stride(), rows, columns, target, 0, width);
            }
            for (int k = 0; k < depth; k += BLOCK_DEPTH) {
                int block = Math.min(BLOCK_DEPTH, depth - k);
                if (transposed) {
                    Packing.columns(b.data(), b.rowOffset(from) + k, b.stride(), block, columns, panel, 0, width);
                } else {
                    Packing.rows(b.data(), b.rowOffset(k) + from, b.stride(), block, columns, panel, 0, width);
                }
                Tiles.multiply(panels.vectorsOf(p), rows, block, a.data(), a.offset() + k * aColumnStride, aRowStride,
                        aColumnStride, panel, 0, target, targetOffset, targetStride, target, targetOffset, targetStride);
            }
            if (staged) {
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(target, r * width, c.data(), c.rowOffset(r) + from, columns);
                }
            }
        }
    }
}
