package dev.samebits.spi;

import dev.samebits.Combination;
import dev.samebits.Matrix;
import dev.samebits.arithmetic.StepGradients;

/**
 * The gradients among {@link dev.samebits.StepKernels}: their arguments are checked once, in front; the methods behind
 * it get valid ones, and are the definition of docs/arithmetic.md. A backend overrides those that it does faster.
 *
 * @since 0.1.0
 */
public abstract class AbstractStepGradients extends AbstractStepKernels {
    /** For the kernels that extend this. */
    protected AbstractStepGradients() {}

    @Override
    public final void combineGradient(Combination combination, boolean second, Matrix a, Matrix b, Matrix dy, Matrix dx) {
        shape("a", a, dy);
        shape("b", b, dy);
        same("combineGradient", dy, dx);
        Overlap.refuse("combineGradient", "dx", dx, "a", a);
        Overlap.refuse("combineGradient", "dx", dx, "b", b);
        Overlap.refuse("combineGradient", "dx", dx, "dy", dy);
        doCombineGradient(combination, second, a, b, dy, dx);
    }

    private static void shape(String name, Matrix operand, Matrix dy) {
        if (operand.rows() != dy.rows() || operand.columns() != dy.columns() && operand.columns() != 1) {
            throw new IllegalArgumentException("combineGradient: " + name + " is " + operand + ", but dy is " + dy
                    + ": it must have dy's rows, and dy's columns or 1");
        }
    }

    @Override
    public final void layerNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        norm("layerNormGradient", gain, x, dy, normal, dx);
        doLayerNormGradient(epsilon, gain, x, dy, normal, dx);
    }

    @Override
    public final void rmsNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        norm("rmsNormGradient", gain, x, dy, normal, dx);
        doRmsNormGradient(epsilon, gain, x, dy, normal, dx);
    }

    private static void norm(String kernel, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        ofTwo(kernel, "x", x, dy, dx);
        columns(kernel, "gain", gain, x);
        same(kernel, x, normal);
        Overlap.refuse(kernel, "dx", dx, "gain", gain);
        Overlap.refuse(kernel, "normal", normal, "gain", gain);
        Overlap.refuse(kernel, "normal", normal, "x", x);
        Overlap.refuse(kernel, "normal", normal, "dy", dy);
        Overlap.refuse(kernel, "normal", normal, "dx", dx);
    }

    private static void columns(String kernel, String name, float[] values, Matrix x) {
        if (values.length != x.columns()) {
            throw new IllegalArgumentException(kernel + ": " + name + " has length " + values.length + ", but there are "
                    + x.columns() + " columns: give one for each");
        }
    }

    @Override
    public final void l2NormGradient(float epsilon, Matrix x, Matrix dy, Matrix dx) {
        ofTwo("l2NormGradient", "x", x, dy, dx);
        doL2NormGradient(epsilon, x, dy, dx);
    }

    @Override
    public final void gainGradient(Matrix dy, Matrix normal, float[] dgain) {
        same("gainGradient", dy, normal);
        columns("gainGradient", "dgain", dgain, dy);
        Overlap.refuse("gainGradient", "dgain", dgain, "dy", dy);
        Overlap.refuse("gainGradient", "dgain", dgain, "normal", normal);
        doGainGradient(dy, normal, dgain);
    }

    @Override
    public final void dropout(int key0, int key1, int threshold, float factor, int from, Matrix x) {
        if (from < 0) {
            throw new IllegalArgumentException("dropout: rows of a mini-batch have numbers from 0, not from " + from);
        }
        doDropout(key0, key1, threshold, factor, from, x);
    }

    @Override
    public final void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        ofTwo("softmaxGradient", "y", y, dy, dx);
        doSoftmaxGradient(y, dy, dx);
    }

    @Override
    public final void logSoftmaxGradient(Matrix p, Matrix dy, Matrix dx) {
        ofTwo("logSoftmaxGradient", "p", p, dy, dx);
        doLogSoftmaxGradient(p, dy, dx);
    }

    private static void ofTwo(String kernel, String name, Matrix first, Matrix dy, Matrix dx) {
        same(kernel, first, dy);
        same(kernel, first, dx);
        Overlap.refuse(kernel, "dx", dx, name, first);
        Overlap.refuse(kernel, "dx", dx, "dy", dy);
    }

    @Override
    public final void sumGradient(Matrix dy, Matrix dx) {
        if (dy.rows() != dx.rows() || dx.columns() % dy.columns() != 0) {
            throw new IllegalArgumentException("sumGradient: dy is " + dy + ", but dx is " + dx
                    + ": it must have the same rows, and a multiple of its columns");
        }
        Overlap.refuse("sumGradient", "dx", dx, "dy", dy);
        doSumGradient(dy, dx);
    }

    /**
     * {@link #combineGradient} of valid arguments.
     *
     * @param combination ∘
     * @param second whether of b, else of a
     * @param a {@code [batch × columns]} or {@code [batch × 1]}
     * @param b {@code [batch × columns]} or {@code [batch × 1]}
     * @param dy {@code [batch × columns]}
     * @param dx {@code [batch × columns]}, overwritten
     */
    protected void doCombineGradient(Combination combination, boolean second, Matrix a, Matrix b, Matrix dy, Matrix dx) {
        int aStep = a.columns() == dy.columns() ? 1 : 0;
        int bStep = b.columns() == dy.columns() ? 1 : 0;
        for (int n = 0; n < dy.rows(); n++) {
            for (int j = 0; j < dy.columns(); j++) {
                dx.data()[dx.rowOffset(n) + j] = combination.gradient(second, a.data()[a.rowOffset(n) + aStep * j],
                        b.data()[b.rowOffset(n) + bStep * j], dy.data()[dy.rowOffset(n) + j]);
            }
        }
    }

    /**
     * {@link #layerNormGradient} of valid arguments.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param normal the shape of x, overwritten
     * @param dx the shape of x, overwritten
     */
    protected void doLayerNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        for (int n = 0; n < x.rows(); n++) {
            StepGradients.layerNorm(epsilon, gain, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), normal.data(),
                    normal.rowOffset(n), dx.data(), dx.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #rmsNormGradient} of valid arguments.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param normal the shape of x, overwritten
     * @param dx the shape of x, overwritten
     */
    protected void doRmsNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx) {
        for (int n = 0; n < x.rows(); n++) {
            StepGradients.rmsNorm(epsilon, gain, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), normal.data(),
                    normal.rowOffset(n), dx.data(), dx.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #l2NormGradient} of valid arguments.
     *
     * @param epsilon ε
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param dx the shape of x, overwritten
     */
    protected void doL2NormGradient(float epsilon, Matrix x, Matrix dy, Matrix dx) {
        for (int n = 0; n < x.rows(); n++) {
            StepGradients.l2Norm(epsilon, x.data(), x.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    x.columns());
        }
    }

    /**
     * {@link #gainGradient} of valid arguments.
     *
     * @param dy {@code [batch × columns]}
     * @param normal the shape of dy
     * @param dgain {@code [columns]}, added to
     */
    protected void doGainGradient(Matrix dy, Matrix normal, float[] dgain) {
        for (int n = 0; n < dy.rows(); n++) {
            for (int j = 0; j < dy.columns(); j++) {
                dgain[j] = Math.fma(dy.data()[dy.rowOffset(n) + j], normal.data()[normal.rowOffset(n) + j], dgain[j]);
            }
        }
    }

    /**
     * {@link #dropout} of valid arguments.
     *
     * @param key0 the layer's
     * @param key1 the layer's
     * @param threshold what the upper 24 bits of a hash are below where a value is dropped
     * @param factor of what stays
     * @param from number of the first row in the mini-batch
     * @param x {@code [batch × columns]}, changed
     */
    protected void doDropout(int key0, int key1, int threshold, float factor, int from, Matrix x) {
        for (int n = 0; n < x.rows(); n++) {
            DropoutMasks.apply(DropoutMasks.rowKey(key0, key1, from + n, 0), DropoutMasks.rowKey(key0, key1, from + n, 1),
                    threshold, factor, x.data(), x.rowOffset(n), x.columns());
        }
    }

    /**
     * {@link #softmaxGradient} of valid arguments.
     *
     * @param y {@code [batch × columns]}
     * @param dy the shape of y
     * @param dx the shape of y, overwritten
     */
    protected void doSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        for (int n = 0; n < y.rows(); n++) {
            StepGradients.softmax(y.data(), y.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    y.columns());
        }
    }

    /**
     * {@link #logSoftmaxGradient} of valid arguments.
     *
     * @param p {@code [batch × columns]}
     * @param dy the shape of p
     * @param dx the shape of p, overwritten
     */
    protected void doLogSoftmaxGradient(Matrix p, Matrix dy, Matrix dx) {
        for (int n = 0; n < p.rows(); n++) {
            StepGradients.logSoftmax(p.data(), p.rowOffset(n), dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n),
                    p.columns());
        }
    }

    /**
     * {@link #sumGradient} of valid arguments.
     *
     * @param dy {@code [batch × M]}
     * @param dx {@code [batch × K·M]}, overwritten
     */
    protected void doSumGradient(Matrix dy, Matrix dx) {
        for (int n = 0; n < dy.rows(); n++) {
            for (int from = 0; from < dx.columns(); from += dy.columns()) {
                System.arraycopy(dy.data(), dy.rowOffset(n), dx.data(), dx.rowOffset(n) + from, dy.columns());
            }
        }
    }
}
