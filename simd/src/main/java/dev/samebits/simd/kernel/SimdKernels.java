package dev.samebits.simd.kernel;

import dev.samebits.Activation;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.OptimizerStep;
import dev.samebits.PackedWeights;
import dev.samebits.simd.vector.ActivationGradients;
import dev.samebits.simd.vector.ActivationValues;
import dev.samebits.simd.vector.Lanes;
import dev.samebits.simd.vector.VSoftmax;
import java.util.Arrays;

/** The layer kernels on the Vector API: which product, loop or row routine does which kernel. */
public final class SimdKernels extends SimdStepGradients {
    // Fewer samples than this would leave most lanes of a product over samples empty.
    private static final int FEW_SAMPLES = Math.min(4, Lanes.N / 2);
    // Each reads and writes dW, in the nearest cache; a tile does it once.
    private static final int FEW_OUTER_SAMPLES = 2;

    @Override
    protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
        Matvec.multiply(w.data(), w.offset(), w.stride(), w.rows(), w.columns(), b, 0, 1, x, 0, 1, z, 0);
    }

    @Override
    protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
        if (x.rows() == 1) {
            Matvec.multiply(w.data(), w.offset(), w.stride(), w.rows(), w.columns(), b, 0, 1, x.data(), x.offset(), 1,
                    z.data(), z.offset());
            return;
        }
        Scratch scratch = scratches.take();
        try {
            Gemm.affine(scratch, x, w, b, z);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    @Override
    protected PackedWeights doPack(Matrix w, float[] b) {
        return new SimdPackedWeights(w, b, scratches);
    }

    @Override
    protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
        if (dz.rows() <= FEW_SAMPLES) {
            for (int n = 0; n < dz.rows(); n++) {
                Arrays.fill(dx.data(), dx.rowOffset(n), dx.rowOffset(n) + dx.columns(), 0);
                Matvec.multiplyTransposed(w.data(), w.offset(), w.stride(), w.rows(), w.columns(), dz.data(),
                        dz.rowOffset(n), dx.data(), dx.rowOffset(n));
            }
            return;
        }
        Scratch scratch = scratches.take();
        try {
            Gemm.inputGradient(scratch, dz, w, dx);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    @Override
    protected void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw) {
        if (dz.rows() <= FEW_OUTER_SAMPLES) {
            // A row of dW stays in the nearest cache while the samples are added to it.
            for (int i = 0; i < dw.rows(); i++) {
                for (int n = 0; n < dz.rows(); n++) {
                    Matvec.addRow(x.data(), x.rowOffset(n), dw.columns(), dz.data()[dz.rowOffset(n) + i], dw.data(),
                            dw.rowOffset(i));
                }
            }
            return;
        }
        Scratch scratch = scratches.take();
        try {
            Gemm.weightGradient(scratch, dz, x, dw);
        } finally {
            scratches.giveBack(scratch);
        }
    }

    @Override
    protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
        if (f.kind() == Activation.Kind.PRELU) {
            for (int n = 0; n < z.rows(); n++) {
                ActivationValues.prelu(slopes, 0, z.data(), z.rowOffset(n), a.data(), a.rowOffset(n), z.columns());
            }
        } else if (dense(z) && dense(a)) {
            ActivationValues.apply(f, z.data(), z.offset(), a.data(), a.offset(), z.rows() * z.columns());
        } else {
            for (int n = 0; n < z.rows(); n++) {
                ActivationValues.apply(f, z.data(), z.rowOffset(n), a.data(), a.rowOffset(n), z.columns());
            }
        }
    }

    @Override
    protected void doActivationGradient(Activation f, float[] slopes, Matrix z, Matrix da, Matrix dz) {
        if (f.kind() == Activation.Kind.PRELU) {
            for (int n = 0; n < z.rows(); n++) {
                ActivationGradients.prelu(slopes, 0, z.data(), z.rowOffset(n), da.data(), da.rowOffset(n), dz.data(),
                        dz.rowOffset(n), z.columns());
            }
        } else if (dense(z) && dense(da) && dense(dz)) {
            ActivationGradients.apply(f, z.data(), z.offset(), da.data(), da.offset(), dz.data(), dz.offset(),
                    z.rows() * z.columns());
        } else {
            for (int n = 0; n < z.rows(); n++) {
                ActivationGradients.apply(f, z.data(), z.rowOffset(n), da.data(), da.rowOffset(n), dz.data(),
                        dz.rowOffset(n), z.columns());
            }
        }
    }

    @Override
    protected void doSlopeGradient(Matrix z, Matrix da, float[] dslopes) {
        SlopeGradient.add(z.data(), z.offset(), z.stride(), da.data(), da.offset(), da.stride(), z.rows(), z.columns(),
                dslopes, 0);
    }

    @Override
    protected void doMaxout(int pieces, Matrix z, Matrix a) {
        for (int n = 0; n < z.rows(); n++) {
            Maxout.apply(pieces, a.columns(), a.columns(), z.data(), z.rowOffset(n), a.data(), a.rowOffset(n));
        }
    }

    @Override
    protected void doMaxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz) {
        for (int n = 0; n < z.rows(); n++) {
            Maxout.gradient(pieces, da.columns(), da.columns(), z.data(), z.rowOffset(n), da.data(), da.rowOffset(n),
                    dz.data(), dz.rowOffset(n));
        }
    }

    @Override
    protected void doBiasGradient(Matrix dz, float[] db) {
        BiasGradient.add(dz.data(), dz.offset(), dz.stride(), dz.rows(), dz.columns(), db, 0);
    }

    @Override
    protected void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
        for (int i = 0; i < w.rows(); i++) {
            Update.apply(w.data(), w.rowOffset(i), dw.data(), dw.rowOffset(i), w.columns(), learningRate, scale,
                    weightDecay);
        }
    }

    @Override
    protected void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, Matrix m, Matrix v) {
        // What an optimizer has not is not looked at.
        Matrix first = step.optimizer().kind().hasFirstMoment() ? m : dw;
        Matrix second = step.optimizer().kind().hasSecondMoment() ? v : dw;
        for (int i = 0; i < w.rows(); i++) {
            MomentUpdate.apply(step, decays, w.data(), w.rowOffset(i), dw.data(), dw.rowOffset(i), first.data(),
                    first.rowOffset(i), second.data(), second.rowOffset(i), w.columns());
        }
    }

    @Override
    protected void doSoftmax(Matrix z, Matrix y) {
        softmaxRows(z, y, false);
    }

    @Override
    protected void doLogSoftmax(Matrix z, Matrix y) {
        softmaxRows(z, y, true);
    }

    // Through a padded row, since neither view need have room behind its rows.
    private void softmaxRows(Matrix z, Matrix y, boolean logarithm) {
        int n = z.columns();
        int padded = VSoftmax.padded(n);
        Scratch scratch = scratches.take();
        float[] row = scratch.panel(2 * padded);
        float[] partial = scratch.staging(VSoftmax.PAD);
        for (int r = 0; r < z.rows(); r++) {
            System.arraycopy(z.data(), z.rowOffset(r), row, 0, n);
            if (logarithm) {
                VSoftmax.logSoftmax(row, 0, n, row, padded, partial);
            } else {
                VSoftmax.softmax(row, 0, n, partial);
            }
            System.arraycopy(row, 0, y.data(), y.rowOffset(r), n);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doLossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses) {
        // A few classes per sample: the definition itself is fast enough.
        for (int n = 0; n < in.rows(); n++) {
            losses[n] = loss.row(in.data(), in.rowOffset(n), targets.data(), targets.rowOffset(n), d.data(), d.rowOffset(n),
                    in.columns());
        }
    }
}
