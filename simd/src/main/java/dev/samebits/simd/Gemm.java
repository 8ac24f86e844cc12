package dev.samebits.simd;

import dev.samebits.Matrix;
import java.util.Arrays;

/**
 * The three matrix products of a dense layer, from operands that are not packed. Each is {@code C += A B} with lanes over the
 * columns of C: panels of columns, blocks of depth within a panel (packed, so that they stay in the second-level cache), tiles
 * of rows within a block. Every element of C is summed in ascending depth, whatever the blocking.
 */
final class Gemm {
    /** Depth of a packed block: times a full panel's 64 columns, 128 KiB. */
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
        int width = Math.min(Tiles.PANEL_WIDTH, vectors(x.rows()) * Lanes.N);
        float[] panel = scratch.panel(BLOCK_DEPTH * Tiles.PANEL_WIDTH);
        float[] staging = scratch.staging((long) out * width);
        for (int from = 0; from < x.rows(); from += width) {
            int samples = Math.min(width, x.rows() - from);
            for (int i = 0; i < out; i++) {
                Arrays.fill(staging, i * width, (i + 1) * width, b[i]);
            }
            for (int k = 0; k < w.columns(); k += BLOCK_DEPTH) {
                int depth = Math.min(BLOCK_DEPTH, w.columns() - k);
                Packing.columns(x.data(), x.rowOffset(from) + k, x.stride(), depth, samples, panel, 0, width);
                Tiles.multiply(width / Lanes.N, out, depth, w.data(), w.offset() + k, w.stride(), 1, panel, 0, staging, 0, width);
            }
            // The staging buffer is [out × samples]; z is its transpose.
            for (int n = 0; n < samples; n++) {
                Packing.column(staging, n, width, out, z.data(), z.rowOffset(from + n));
            }
        }
    }

    /** {@code DX = DZ W}. */
    static void backpropagate(Scratch scratch, Matrix dz, Matrix w, Matrix dx) {
        for (int n = 0; n < dx.rows(); n++) {
            Arrays.fill(dx.data(), dx.rowOffset(n), dx.rowOffset(n) + dx.columns(), 0);
        }
        multiply(scratch, dz, dz.stride(), 1, dz.rows(), dz.columns(), w, false, dx);
    }

    /** {@code DW += DZᵀ X}. */
    static void outerProductGradient(Scratch scratch, Matrix dz, Matrix x, Matrix dw) {
        multiply(scratch, dz, 1, dz.stride(), dz.columns(), dz.rows(), x, false, dw);
    }

    /**
     * {@code C += A B}.
     *
     * @param a element (r, k) at {@code a.offset() + r * aRow + k * aStep}
     * @param transposed whether B's row k is column k of b
     */
    private static void multiply(Scratch scratch, Matrix a, int aRow, int aStep, int rows, int depth, Matrix b,
            boolean transposed, Matrix c) {
        float[] panel = scratch.panel(BLOCK_DEPTH * Tiles.PANEL_WIDTH);
        for (int from = 0; from < c.columns(); from += Tiles.PANEL_WIDTH) {
            int columns = Math.min(Tiles.PANEL_WIDTH, c.columns() - from);
            int vectors = vectors(columns);
            int width = vectors * Lanes.N;
            // Columns that do not fill their vectors are computed beside c, lest a vector write over what lies behind.
            boolean staged = columns < width;
            float[] target = staged ? scratch.staging((long) rows * width) : c.data();
            int targetAt = staged ? 0 : c.offset() + from;
            int targetRow = staged ? width : c.stride();
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
                Tiles.multiply(vectors, rows, block, a.data(), a.offset() + k * aStep, aRow, aStep, panel, 0, target, targetAt,
                        targetRow);
            }
            if (staged) {
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(target, r * width, c.data(), c.rowOffset(r) + from, columns);
                }
            }
        }
    }

    /** Vectors that hold this many columns. */
    static int vectors(int columns) {
        return (columns + Lanes.N - 1) / Lanes.N;
    }
}
