package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.OptimizerStep;
import dev.samebits.PackedWeights;
import dev.samebits.Quantization;
import dev.samebits.scalar.ScalarKernels;
import dev.samebits.spi.AbstractPackedWeights;
import org.jspecify.annotations.Nullable;

/** Kernels with one defect each, of the kinds that fast kernels have: the contracts must find every one. */
final class BrokenKernels {
    private BrokenKernels() {}

    /** Two partial sums instead of one. */
    static final class OtherOrder extends ScalarKernels {
        @Override
        protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
            for (int n = 0; n < x.rows(); n++) {
                for (int i = 0; i < w.rows(); i++) {
                    float even = b[i];
                    float odd = 0;
                    for (int j = 0; j < w.columns(); j++) {
                        even = j % 2 == 0 ? Math.fma(w.get(i, j), x.get(n, j), even) : even;
                        odd = j % 2 == 1 ? Math.fma(w.get(i, j), x.get(n, j), odd) : odd;
                    }
                    z.set(n, i, even + odd);
                }
            }
        }
    }

    /** Multiplies and adds with two roundings. */
    static final class NoFma extends ScalarKernels {
        @Override
        protected void doMatvec(Matrix w, float[] b, float[] x, float[] z) {
            for (int i = 0; i < w.rows(); i++) {
                float sum = b[i];
                for (int j = 0; j < w.columns(); j++) {
                    sum += w.get(i, j) * x[j];
                }
                z[i] = sum;
            }
        }
    }

    /** Computes whole vectors of 8 columns and forgets the rest. */
    static final class MissesTail extends ScalarKernels {
        @Override
        protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
            int whole = z.columns() / 8 * 8;
            for (int n = 0; n < z.rows(); n++) {
                for (int i = 0; i < whole; i++) {
                    a.set(n, i, f.value(z.get(n, i), slopes == null ? 0 : slopes[i]));
                }
            }
        }
    }

    /** Stores whole vectors of 4 beyond the end of a row. */
    static final class WritesOutside extends ScalarKernels {
        @Override
        protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
            super.doBackpropagate(dz, w, dx);
            int end = dx.rowOffset(dx.rows() - 1) + dx.columns();
            for (int i = end; i < Math.min(end + (4 - dx.columns() % 4) % 4, dx.data().length); i++) {
                dx.data()[i] = 0;
            }
        }
    }

    /** Uses its input as scratch. */
    static final class ChangesInput extends ScalarKernels {
        @Override
        protected void doAffine(Matrix x, Matrix w, float[] b, Matrix z) {
            super.doAffine(x, w, b, z);
            x.set(0, 0, x.get(0, 0) + 1);
        }
    }

    /** Takes a shortcut around zeros, and so loses 0 · ∞ and 0 · NaN. */
    static final class SkipsZeros extends ScalarKernels {
        @Override
        protected void doBackpropagate(Matrix dz, Matrix w, Matrix dx) {
            for (int n = 0; n < dz.rows(); n++) {
                for (int j = 0; j < w.columns(); j++) {
                    float sum = 0;
                    for (int i = 0; i < w.rows(); i++) {
                        sum = dz.get(n, i) == 0 ? sum : Math.fma(w.get(i, j), dz.get(n, i), sum);
                    }
                    dx.set(n, j, sum);
                }
            }
        }
    }

    /** Sets the gradient instead of adding to it. */
    static final class Overwrites extends ScalarKernels {
        @Override
        protected void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw) {
            for (int i = 0; i < dw.rows(); i++) {
                for (int j = 0; j < dw.columns(); j++) {
                    dw.set(i, j, 0);
                }
            }
            super.doOuterProductGradient(dz, x, dw);
        }
    }

    /** Adds up the batch from its end. */
    static final class BackwardBatch extends ScalarKernels {
        @Override
        protected void doBiasGradient(Matrix dz, float[] db) {
            for (int i = 0; i < dz.columns(); i++) {
                for (int n = dz.rows() - 1; n >= 0; n--) {
                    db[i] += dz.get(n, i);
                }
            }
        }
    }

    /** A ReLU by Math.max, which turns −0 into +0. */
    static final class LosesNegativeZero extends ScalarKernels {
        @Override
        protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
            super.doActivate(f, slopes, z, a);
            for (int n = 0; n < z.rows() && f.kind() == Activation.Kind.RELU; n++) {
                for (int i = 0; i < z.columns(); i++) {
                    a.set(n, i, Math.max(0f, a.get(n, i)));
                }
            }
        }
    }

    /** One float of the sweep is wrong by one unit in the last place. */
    static final class OneUlpOff extends ScalarKernels {
        @Override
        protected void doActivate(Activation f, float[] slopes, Matrix z, Matrix a) {
            super.doActivate(f, slopes, z, a);
            for (int n = 0; n < z.rows() && f.kind() == Activation.Kind.TANH; n++) {
                for (int i = 0; i < z.columns(); i++) {
                    a.set(n, i, z.get(n, i) == 0.57f ? Math.nextUp(a.get(n, i)) : a.get(n, i));
                }
            }
        }
    }

    /** Treats denormal results as zero, as a flush-to-zero mode does. */
    static final class FlushesDenormals extends ScalarKernels {
        @Override
        protected void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
            super.doUpdate(w, dw, learningRate, scale, weightDecay);
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    w.set(i, j, Math.abs(w.get(i, j)) < Float.MIN_NORMAL ? 0 : w.get(i, j));
                }
            }
        }
    }

    /** Lets the weight decay act on biases and slopes, too. */
    static final class DecaysEverything extends ScalarKernels {
        @Override
        protected void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, Matrix m, Matrix v) {
            super.doOptimize(step, true, w, dw, m, v);
        }
    }

    /** Forgets what it has learned of a gradient's size. */
    static final class ForgetsSecondMoments extends ScalarKernels {
        @Override
        protected void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, Matrix m, Matrix v) {
            super.doOptimize(step, decays, w, dw, m, v.copy());
        }
    }

    /** The last of equal pieces wins. */
    static final class LastMaximum extends ScalarKernels {
        @Override
        protected void doMaxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz) {
            int outputs = da.columns();
            for (int n = 0; n < da.rows(); n++) {
                for (int i = 0; i < outputs; i++) {
                    int winner = 0;
                    for (int k = 1; k < pieces; k++) {
                        winner = z.get(n, k * outputs + i) >= z.get(n, winner * outputs + i) ? k : winner;
                    }
                    for (int k = 0; k < pieces; k++) {
                        dz.set(n, k * outputs + i, k == winner ? da.get(n, i) : 0);
                    }
                }
            }
        }
    }

    /** Softmax with the sum taken from left to right. */
    static final class OneSum extends ScalarKernels {
        @Override
        protected void doSoftmax(Matrix z, Matrix y) {
            super.doSoftmax(z, y);
            for (int n = 0; n < z.rows(); n++) {
                float sum = 0;
                for (int i = 0; i < z.columns(); i++) {
                    sum += y.get(n, i);
                }
                for (int i = 0; i < z.columns(); i++) {
                    y.set(n, i, y.get(n, i) / sum);
                }
            }
        }
    }

    /** The derivative of the textbook's example code: σ(x) σ(1 − x). */
    static final class WrongDerivative extends ScalarKernels {
        @Override
        protected void doActivationGradient(Activation f, float[] slopes, Matrix z, Matrix da, Matrix dz) {
            super.doActivationGradient(f, slopes, z, da, dz);
            for (int n = 0; n < z.rows() && f.kind() == Activation.Kind.LOGISTIC; n++) {
                for (int i = 0; i < z.columns(); i++) {
                    dz.set(n, i, da.get(n, i) * f.value(z.get(n, i)) * f.value(1 - z.get(n, i)));
                }
            }
        }
    }

    /** Packs by remembering the caller's arrays. */
    static final class PacksNothing extends ScalarKernels {
        @Override
        protected PackedWeights doPack(Matrix w, float[] b) {
            return new AbstractPackedWeights(w.columns(), w.rows()) {
                @Override
                protected void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
                        int aStride) {
                    Matrix z = Matrix.view(a, aOffset, rows, w.rows(), aStride);
                    doAffine(Matrix.view(x, xOffset, rows, w.columns(), xStride), w, b, z);
                    doActivate(f, new float[0], z, z);
                }
            };
        }
    }

    /** Packed weights that write the padding of their last row of outputs, too. */
    static final class PackedWritesPadding extends ScalarKernels {
        @Override
        protected PackedWeights doPack(Matrix w, float[] b) {
            PackedWeights sound = super.doPack(w, b);
            return new AbstractPackedWeights(w.columns(), w.rows()) {
                @Override
                protected void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
                        int aStride) {
                    sound.affine(f, Matrix.view(x, xOffset, rows, inputs(), xStride),
                            Matrix.view(a, aOffset, rows, outputs(), aStride));
                    int end = aOffset + (rows - 1) * aStride + outputs();
                    for (int i = end; i < Math.min(end + (8 - outputs() % 8) % 8, a.length); i++) {
                        a[i] = 0;
                    }
                }
            };
        }
    }

    /** Packed weights that forget the activation of what goes through them. */
    static final class PackedForgetsActivation extends ScalarKernels {
        @Override
        protected PackedWeights doPack(Matrix w, float[] b) {
            PackedWeights sound = super.doPack(w, b);
            return new AbstractPackedWeights(w.columns(), w.rows()) {
                @Override
                protected void compute(Activation f, float[] x, int xOffset, int xStride, int rows, float[] a, int aOffset,
                        int aStride) {
                    sound.affine(Matrix.view(x, xOffset, rows, inputs(), xStride),
                            Matrix.view(a, aOffset, rows, outputs(), aStride));
                }
            };
        }
    }

    /** The mean of a row from a sum taken from left to right. */
    static final class OneMean extends ScalarKernels {
        @Override
        protected void doLayerNorm(float epsilon, float[] gain, float[] shift, Matrix x, Matrix y) {
            for (int n = 0; n < x.rows(); n++) {
                float mean = 0;
                for (int j = 0; j < x.columns(); j++) {
                    mean += x.get(n, j) / x.columns();
                }
                for (int j = 0; j < x.columns(); j++) {
                    y.set(n, j, x.get(n, j) - mean);
                }
            }
            super.doLayerNorm(epsilon, gain, shift, y, y);
        }
    }

    /** The larger by Math.max, which takes +0 where −0 comes first. */
    static final class LargerZero extends ScalarKernels {
        @Override
        protected void doCombine(Combination combination, Matrix a, Matrix b, Matrix y) {
            Matrix first = a.copy();
            Matrix second = b.copy();
            super.doCombine(combination, first, second, y);
            for (int n = 0; n < y.rows() && combination == Combination.MAXIMUM; n++) {
                for (int j = 0; j < y.columns(); j++) {
                    y.set(n, j, Math.max(first.get(n, first.columns() == 1 ? 0 : j),
                            second.get(n, second.columns() == 1 ? 0 : j)));
                }
            }
        }
    }

    /** Takes the operands of a difference in another order. */
    static final class TurnedDifference extends ScalarKernels {
        @Override
        protected void doCombine(Combination combination, Matrix a, Matrix b, Matrix y) {
            boolean turned = combination == Combination.SUBTRACT;
            super.doCombine(combination, turned ? b : a, turned ? a : b, y);
        }
    }

    /** Multiplies by the reciprocal of the scale instead of dividing. */
    static final class ReciprocalOfScale extends ScalarKernels {
        @Override
        protected void doQuantize(Quantization quantization, Matrix x, Matrix y) {
            Quantization one = new Quantization(1, quantization.zeroPoint(), quantization.low(), quantization.high());
            for (int n = 0; n < x.rows(); n++) {
                for (int j = 0; j < x.columns(); j++) {
                    y.set(n, j, one.value(x.get(n, j) * (1 / quantization.scale())));
                }
            }
        }
    }

    /** Takes the range of all rows together, as ONNX's DynamicQuantizeLinear does. */
    static final class RangeOfTheBatch extends ScalarKernels {
        @Override
        protected void doQuantizeRow(Matrix x, Matrix y) {
            Matrix all = Matrix.zeros(1, x.rows() * x.columns());
            for (int n = 0; n < x.rows(); n++) {
                x.rows(n, 1).copyTo(all.columns(n * x.columns(), x.columns()));
            }
            Matrix quantized = Matrix.zeros(1, all.columns() + 1);
            super.doQuantizeRow(all, quantized);
            for (int n = 0; n < x.rows(); n++) {
                quantized.columns(n * x.columns(), x.columns()).copyTo(y.rows(n, 1).columns(0, x.columns()));
                y.set(n, x.columns(), quantized.get(0, all.columns()));
            }
        }
    }

    /** Adds up parts of sums as floats, which rounds where they are large. */
    static final class RoundedIntegerSums extends ScalarKernels {
        @Override
        protected void doIntegerOutput(
                int[] bias, float[] scale, float[] shift, @Nullable Matrix rowScale, Matrix z, Matrix y) {
            int outputs = y.columns();
            Matrix sums = Matrix.zeros(y.rows(), outputs);
            for (int n = 0; n < y.rows(); n++) {
                for (int k = 0; k < z.columns(); k++) {
                    sums.set(n, k % outputs, sums.get(n, k % outputs) + z.get(n, k));
                }
            }
            super.doIntegerOutput(bias, scale, shift, rowScale, sums, y);
        }
    }

    /** Adds up a norm's gain from the end of the batch. */
    static final class BackwardGain extends ScalarKernels {
        @Override
        protected void doGainGradient(Matrix dy, Matrix normal, float[] dgain) {
            for (int n = dy.rows() - 1; n >= 0; n--) {
                super.doGainGradient(dy.rows(n, 1), normal.rows(n, 1), dgain);
            }
        }
    }

    /** The gradient of softmax without what its sum to 1 takes off. */
    static final class LooseSoftmax extends ScalarKernels {
        @Override
        protected void doSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
            doCombine(Combination.MULTIPLY, y, dy, dx);
        }
    }

    /** The mask of a part of the rows counts them from the part's first. */
    static final class MasksByPart extends ScalarKernels {
        @Override
        protected void doDropout(int key0, int key1, int threshold, float factor, int from, Matrix x) {
            super.doDropout(key0, key1, threshold, factor, 0, x);
        }
    }

    /** What stays is not scaled. */
    static final class KeepsScale extends ScalarKernels {
        @Override
        protected void doDropout(int key0, int key1, int threshold, float factor, int from, Matrix x) {
            super.doDropout(key0, key1, threshold, 1, from, x);
        }
    }
}
