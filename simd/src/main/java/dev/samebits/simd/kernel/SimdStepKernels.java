package dev.samebits.simd.kernel;

import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.Quantization;
import dev.samebits.parallel.Pool;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.simd.vector.VNorms;
import dev.samebits.simd.vector.VQuantized;
import dev.samebits.simd.vector.VSums;
import dev.samebits.spi.AbstractLayerKernels;
import java.util.Arrays;

/** The kernels of steps besides layers on the Vector API. An embedding copies rows, as the definition does. */
abstract class SimdStepKernels extends AbstractLayerKernels {
    final Pool<Scratch> scratches = new Pool<>(64, Scratch::new);

    @Override
    protected void doScaleShift(float[] s, float[] t, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            Elements.scaleShift(s, t, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    @Override
    protected void doCenterScale(float[] c, float[] s, Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            Elements.centerScale(c, s, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    @Override
    protected void doCombine(Combination combination, Matrix a, Matrix b, Matrix y) {
        if (a.columns() != y.columns() || b.columns() != y.columns()) {
            broadcast(combination, a, b, y);
        } else if (dense(a) && dense(b) && dense(y)) {
            Elements.combine(combination, a.data(), a.offset(), b.data(), b.offset(), y.data(), y.offset(),
                    y.rows() * y.columns());
        } else {
            for (int n = 0; n < y.rows(); n++) {
                Elements.combine(combination, a.data(), a.rowOffset(n), b.data(), b.rowOffset(n), y.data(), y.rowOffset(n),
                        y.columns());
            }
        }
    }

    // Whether the rows follow one another without gaps, so that all of them are one array.
    static boolean dense(Matrix m) {
        return m.stride() == m.columns();
    }

    // The operand of one column becomes a row.
    private void broadcast(Combination combination, Matrix a, Matrix b, Matrix y) {
        boolean first = a.columns() != y.columns();
        Matrix narrow = first ? a : b;
        Matrix wide = first ? b : a;
        Scratch scratch = scratches.take();
        float[] row = scratch.panel(y.columns());
        for (int n = 0; n < y.rows(); n++) {
            Arrays.fill(row, 0, y.columns(), narrow.data()[narrow.rowOffset(n)]);
            if (first) {
                Elements.combine(combination, row, 0, wide.data(), wide.rowOffset(n), y.data(), y.rowOffset(n), y.columns());
            } else {
                Elements.combine(combination, wide.data(), wide.rowOffset(n), row, 0, y.data(), y.rowOffset(n), y.columns());
            }
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doLayerNorm(float epsilon, float[] gain, float[] shift, Matrix x, Matrix y) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VNorms.layerNorm(epsilon, gain, shift, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doRmsNorm(float epsilon, float[] gain, Matrix x, Matrix y) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VNorms.rmsNorm(epsilon, gain, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doL2Norm(float epsilon, Matrix x, Matrix y) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VNorms.l2Norm(epsilon, x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doDot(Matrix a, Matrix b, Matrix y) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < a.rows(); n++) {
            y.data()[y.rowOffset(n)] =
                    VSums.products(a.data(), a.rowOffset(n), b.data(), b.rowOffset(n), a.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doSum(Matrix x, Matrix y) {
        int outputs = y.columns();
        if (outputs > 1 && outputs < Lanes.N) {
            super.doSum(x, y);
            return;
        }
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL * Lanes.N);
        for (int n = 0; n < x.rows(); n++) {
            if (outputs == 1) {
                y.data()[y.rowOffset(n)] = VSums.sum(x.data(), x.rowOffset(n), x.columns(), partial);
            } else {
                VSums.columns(x.data(), x.rowOffset(n), outputs, x.columns() / outputs, y.data(), y.rowOffset(n), partial);
            }
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doQuantize(Quantization quantization, Matrix x, Matrix y) {
        int zero = quantization.zeroPoint();
        for (int n = 0; n < x.rows(); n++) {
            VQuantized.values(quantization.scale(), quantization.low() - zero, quantization.high() - zero, zero, x.data(),
                    x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    @Override
    protected void doQuantizeRow(Matrix x, Matrix y) {
        for (int n = 0; n < x.rows(); n++) {
            y.data()[y.rowOffset(n) + x.columns()] =
                    VQuantized.row(x.data(), x.rowOffset(n), y.data(), y.rowOffset(n), x.columns());
        }
    }

    @Override
    protected void doIntegerOutput(
            int[] bias, float[] scale, float[] shift, Matrix rowScale, Matrix z, Matrix y) {
        for (int n = 0; n < y.rows(); n++) {
            float r = rowScale == null ? 1 : rowScale.data()[rowScale.rowOffset(n)];
            VQuantized.outputs(bias, r, scale, shift, z.data(), z.rowOffset(n), z.columns() / y.columns(), y.data(),
                    y.rowOffset(n), y.columns());
        }
    }
}
