package dev.samebits.simd.kernel;

import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.simd.vector.VDropout;
import dev.samebits.simd.vector.VStepGradients;
import dev.samebits.simd.vector.VSums;
import dev.samebits.spi.DropoutMasks;

/** The gradients of steps besides layers on the Vector API. What is a choice or a copy is done as the definition does it. */
abstract class SimdStepGradients extends SimdStepKernels {
    @Override
    protected void doCombineGradient(Combination combination, boolean second, Matrix a, Matrix b, Matrix dy, Matrix dx) {
        if (combination == Combination.MULTIPLY) {
            doCombine(combination, dy, second ? a : b, dx);
        } else {
            super.doCombineGradient(combination, second, a, b, dy, dx);
        }
    }

    @Override
    protected void doLayerNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VStepGradients.layerNorm(epsilon, gain, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), normal.data(),
                    normal.rowOffset(n), dx.data(), dx.rowOffset(n), x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doRmsNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VStepGradients.rmsNorm(epsilon, gain, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), normal.data(),
                    normal.rowOffset(n), dx.data(), dx.rowOffset(n), x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doL2NormGradient(float epsilon, Matrix x, Matrix dy, Matrix dx) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < x.rows(); n++) {
            VStepGradients.l2Norm(epsilon, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    x.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doGainGradient(Matrix dy, Matrix normal, float[] dgain) {
        GainGradient.add(dy.data(), dy.offset(), dy.stride(), normal.data(), normal.offset(), normal.stride(), dy.rows(),
                dy.columns(), dgain);
    }

    @Override
    protected void doDropout(int key0, int key1, int threshold, float factor, int from, Matrix x) {
        for (int n = 0; n < x.rows(); n++) {
            VDropout.apply(DropoutMasks.rowKey(key0, key1, from + n, 0), DropoutMasks.rowKey(key0, key1, from + n, 1),
                    threshold, factor, x.data(), x.rowOffset(n), x.columns());
        }
    }

    @Override
    protected void doSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < y.rows(); n++) {
            VStepGradients.softmax(y.data(), y.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    y.columns(), partial);
        }
        scratches.giveBack(scratch);
    }

    @Override
    protected void doLogSoftmaxGradient(Matrix p, Matrix dy, Matrix dx) {
        Scratch scratch = scratches.take();
        float[] partial = scratch.staging(VSums.PARTIAL);
        for (int n = 0; n < p.rows(); n++) {
            VStepGradients.logSoftmax(p.data(), p.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    p.columns(), partial);
        }
        scratches.giveBack(scratch);
    }
}
