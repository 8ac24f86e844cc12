package dev.samebits.spi;

import dev.samebits.Activation;
import dev.samebits.LayerKernels;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Optimizer;
import dev.samebits.OptimizerStep;
import dev.samebits.PackedWeights;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks the arguments of {@link LayerKernels} once, in front, and hands valid ones to the methods a backend writes. Those
 * may assume that shapes fit and that outputs lie apart from inputs; see {@link LayerKernels} for what each computes.
 *
 * @since 0.1.0
 */
public abstract class AbstractLayerKernels extends AbstractStepGradients implements LayerKernels {
    /** For the backend that extends this. */
    protected AbstractLayerKernels() {}

    @Override
    public final void matvec(Matrix w, float[] b, float[] x, float[] z) {
        check("matvec", "x's length", x.length, "w's columns", w.columns(), w, null, null);
        check("matvec", "b's length", b.length, "w's rows", w.rows(), w, null, null);
        check("matvec", "z's length", z.length, "w's rows", w.rows(), w, null, null);
        Overlap.refuse("matvec", "z", z, "w", w);
        Overlap.refuse("matvec", "z", z, "b", b);
        Overlap.refuse("matvec", "z", z, "x", x);
        if (w.rows() > 0) {
            doMatvec(w, b, x, z);
        }
    }

    @Override
    public final void affine(Matrix x, Matrix w, float[] b, Matrix z) {
        check("affine", "x's columns", x.columns(), "w's columns", w.columns(), x, w, z);
        check("affine", "z's columns", z.columns(), "w's rows", w.rows(), x, w, z);
        check("affine", "z's rows", z.rows(), "x's rows", x.rows(), x, w, z);
        check("affine", "b's length", b.length, "w's rows", w.rows(), x, w, z);
        Overlap.refuse("affine", "z", z, "x", x);
        Overlap.refuse("affine", "z", z, "w", w);
        Overlap.refuse("affine", "z", z, "b", b);
        if (x.rows() > 0) {
            doAffine(x, w, b, z);
        }
    }

    @Override
    public final PackedWeights pack(Matrix w, float[] b) {
        check("pack", "b's length", b.length, "w's rows", w.rows(), w, null, null);
        if (w.rows() == 0) {
            throw new IllegalArgumentException("pack: w is " + w + ": a layer needs at least one row");
        }
        return doPack(w, b);
    }

    @Override
    public final void activate(Activation f, float @Nullable [] slopes, Matrix z, Matrix a) {
        same("activate", z, a);
        checkSlopes("activate", f, slopes, "a", a);
        Overlap.refuseUnlessSame("activate", "a", a, "z", z);
        doActivate(f, slopes, z, a);
    }

    @Override
    public final void activationGradient(Activation f, float @Nullable [] slopes, Matrix z, Matrix da, Matrix dz) {
        same("activationGradient", z, da);
        same("activationGradient", z, dz);
        checkSlopes("activationGradient", f, slopes, "dz", dz);
        Overlap.refuseUnlessSame("activationGradient", "dz", dz, "da", da);
        Overlap.refuse("activationGradient", "dz", dz, "z", z);
        doActivationGradient(f, slopes, z, da, dz);
    }

    @Override
    public final void slopeGradient(Matrix z, Matrix da, float[] dslopes) {
        same("slopeGradient", z, da);
        check("slopeGradient", "dslopes' length", dslopes.length, "z's columns", z.columns(), z, da, null);
        Overlap.refuse("slopeGradient", "dslopes", dslopes, "z", z);
        Overlap.refuse("slopeGradient", "dslopes", dslopes, "da", da);
        doSlopeGradient(z, da, dslopes);
    }

    @Override
    public final void maxout(int pieces, Matrix z, Matrix a) {
        checkPieces("maxout", pieces, z, a);
        Overlap.refuse("maxout", "a", a, "z", z);
        doMaxout(pieces, z, a);
    }

    @Override
    public final void maxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz) {
        checkPieces("maxoutGradient", pieces, z, da);
        same("maxoutGradient", z, dz);
        Overlap.refuse("maxoutGradient", "dz", dz, "z", z);
        Overlap.refuse("maxoutGradient", "dz", dz, "da", da);
        doMaxoutGradient(pieces, z, da, dz);
    }

    @Override
    public final void backpropagate(Matrix dz, Matrix w, Matrix dx) {
        check("backpropagate", "dz's columns", dz.columns(), "w's rows", w.rows(), dz, w, dx);
        check("backpropagate", "dx's columns", dx.columns(), "w's columns", w.columns(), dz, w, dx);
        check("backpropagate", "dx's rows", dx.rows(), "dz's rows", dz.rows(), dz, w, dx);
        Overlap.refuse("backpropagate", "dx", dx, "dz", dz);
        Overlap.refuse("backpropagate", "dx", dx, "w", w);
        if (dz.rows() > 0) {
            doBackpropagate(dz, w, dx);
        }
    }

    @Override
    public final void outerProductGradient(Matrix dz, Matrix x, Matrix dw) {
        check("outerProductGradient", "dz's rows", dz.rows(), "x's rows", x.rows(), dz, x, dw);
        check("outerProductGradient", "dw's rows", dw.rows(), "dz's columns", dz.columns(), dz, x, dw);
        check("outerProductGradient", "dw's columns", dw.columns(), "x's columns", x.columns(), dz, x, dw);
        Overlap.refuse("outerProductGradient", "dw", dw, "dz", dz);
        Overlap.refuse("outerProductGradient", "dw", dw, "x", x);
        doOuterProductGradient(dz, x, dw);
    }

    @Override
    public final void biasGradient(Matrix dz, float[] db) {
        check("biasGradient", "db's length", db.length, "dz's columns", dz.columns(), dz, null, null);
        Overlap.refuse("biasGradient", "db", db, "dz", dz);
        doBiasGradient(dz, db);
    }

    @Override
    public final void update(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay) {
        same("update", w, dw);
        Overlap.refuse("update", "w", w, "dw", dw);
        doUpdate(w, dw, learningRate, scale, weightDecay);
    }

    @Override
    public final void optimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, @Nullable Matrix m,
            @Nullable Matrix v) {
        Optimizer.Kind kind = step.optimizer().kind();
        same("optimize", w, dw);
        Overlap.refuse("optimize", "w", w, "dw", dw);
        if (kind.hasFirstMoment()) {
            checkMoment("m", m, w, dw);
        }
        if (kind.hasSecondMoment()) {
            checkMoment("v", v, w, dw);
        }
        if (kind.hasFirstMoment() && kind.hasSecondMoment()) {
            Overlap.refuse("optimize", "m", m, "v", v);
        }
        if (kind == Optimizer.Kind.SGD) {
            doUpdate(w, dw, step.rate(), step.scale(), decays ? step.weightDecay() : 0);
        } else {
            doOptimize(step, decays, w, dw, m, v);
        }
    }

    private static void checkMoment(String name, @Nullable Matrix moment, Matrix w, Matrix dw) {
        same("optimize", w, Objects.requireNonNull(moment, name));
        Overlap.refuse("optimize", name, moment, "w", w);
        Overlap.refuse("optimize", name, moment, "dw", dw);
    }

    @Override
    public final void softmax(Matrix z, Matrix y) {
        same("softmax", z, y);
        Overlap.refuseUnlessSame("softmax", "y", y, "z", z);
        doSoftmax(z, y);
    }

    @Override
    public final void logSoftmax(Matrix z, Matrix y) {
        same("logSoftmax", z, y);
        Overlap.refuse("logSoftmax", "y", y, "z", z);
        doLogSoftmax(z, y);
    }

    @Override
    public final void lossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses) {
        same("lossGradient", in, targets);
        same("lossGradient", in, d);
        if (losses.length < in.rows()) {
            throw new IllegalArgumentException(
                    "lossGradient: losses has room for " + losses.length + " rows, but there are " + in.rows());
        }
        Overlap.refuse("lossGradient", "d", d, "in", in);
        Overlap.refuse("lossGradient", "d", d, "targets", targets);
        Overlap.refuse("lossGradient", "losses", losses, "in", in);
        Overlap.refuse("lossGradient", "losses", losses, "targets", targets);
        Overlap.refuse("lossGradient", "losses", losses, "d", d);
        doLossGradient(loss, in, targets, d, losses);
    }

    /**
     * {@link #matvec} of valid arguments, at least one row of w.
     *
     * @param w {@code [out × in]}
     * @param b {@code [out]}
     * @param x {@code [in]}
     * @param z {@code [out]}, overwritten
     */
    protected abstract void doMatvec(Matrix w, float[] b, float[] x, float[] z);

    /**
     * {@link #affine} of valid arguments, at least one row of x.
     *
     * @param x {@code [batch × in]}
     * @param w {@code [out × in]}
     * @param b {@code [out]}
     * @param z {@code [batch × out]}, overwritten
     */
    protected abstract void doAffine(Matrix x, Matrix w, float[] b, Matrix z);

    /**
     * Packs valid weights of at least one row: a plain copy, unless a backend has a layout that it reads faster.
     *
     * @param w {@code [out × in]}, read here only
     * @param b {@code [out]}, read here only
     * @return the handle, best an {@link AbstractPackedWeights}
     */
    protected PackedWeights doPack(Matrix w, float[] b) {
        return new CopiedWeights(this, w, b);
    }

    /**
     * {@link #activate} of valid arguments.
     *
     * @param f the function
     * @param slopes {@code [out]} for PReLU; may be null for all others
     * @param z {@code [batch × out]}
     * @param a {@code [batch × out]}, overwritten; perhaps z itself
     */
    protected abstract void doActivate(Activation f, float @Nullable [] slopes, Matrix z, Matrix a);

    /**
     * {@link #activationGradient} of valid arguments.
     *
     * @param f the function
     * @param slopes {@code [out]} for PReLU; may be null for all others
     * @param z {@code [batch × out]}
     * @param da {@code [batch × out]}
     * @param dz {@code [batch × out]}, overwritten; perhaps da itself
     */
    protected abstract void doActivationGradient(Activation f, float @Nullable [] slopes, Matrix z, Matrix da, Matrix dz);

    /**
     * {@link #slopeGradient} of valid arguments.
     *
     * @param z {@code [batch × out]}
     * @param da {@code [batch × out]}
     * @param dslopes {@code [out]}, added to
     */
    protected abstract void doSlopeGradient(Matrix z, Matrix da, float[] dslopes);

    /**
     * {@link #maxout} of valid arguments.
     *
     * @param pieces K
     * @param z {@code [batch × K·M]}
     * @param a {@code [batch × M]}, overwritten
     */
    protected abstract void doMaxout(int pieces, Matrix z, Matrix a);

    /**
     * {@link #maxoutGradient} of valid arguments.
     *
     * @param pieces K
     * @param z {@code [batch × K·M]}
     * @param da {@code [batch × M]}
     * @param dz {@code [batch × K·M]}, overwritten
     */
    protected abstract void doMaxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz);

    /**
     * {@link #backpropagate} of valid arguments, at least one row of dz.
     *
     * @param dz {@code [batch × out]}
     * @param w {@code [out × in]}
     * @param dx {@code [batch × in]}, overwritten
     */
    protected abstract void doBackpropagate(Matrix dz, Matrix w, Matrix dx);

    /**
     * {@link #outerProductGradient} of valid arguments.
     *
     * @param dz {@code [batch × out]}
     * @param x {@code [batch × in]}
     * @param dw {@code [out × in]}, added to
     */
    protected abstract void doOuterProductGradient(Matrix dz, Matrix x, Matrix dw);

    /**
     * {@link #biasGradient} of valid arguments.
     *
     * @param dz {@code [batch × out]}
     * @param db {@code [out]}, added to
     */
    protected abstract void doBiasGradient(Matrix dz, float[] db);

    /**
     * {@link #update} of valid arguments.
     *
     * @param w any shape, updated
     * @param dw the same shape
     * @param learningRate α
     * @param scale s
     * @param weightDecay λ
     */
    protected abstract void doUpdate(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay);

    /**
     * {@link #optimize} of valid arguments, by another optimizer than plain descent.
     *
     * @param step the optimizer and the numbers of this step
     * @param decays whether the weight decay acts
     * @param w any shape, updated
     * @param dw the same shape
     * @param m the same shape, updated, if the optimizer has a first moment
     * @param v the same shape, updated, if the optimizer has a second moment
     */
    protected abstract void doOptimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, @Nullable Matrix m,
            @Nullable Matrix v);

    /**
     * {@link #softmax} of valid arguments.
     *
     * @param z any shape
     * @param y the same shape, overwritten; perhaps z itself
     */
    protected abstract void doSoftmax(Matrix z, Matrix y);

    /**
     * {@link #logSoftmax} of valid arguments.
     *
     * @param z any shape
     * @param y the same shape, overwritten
     */
    protected abstract void doLogSoftmax(Matrix z, Matrix y);

    /**
     * {@link #lossGradient} of valid arguments.
     *
     * @param loss which
     * @param in {@code [batch × out]}
     * @param targets {@code [batch × out]}
     * @param d {@code [batch × out]}, overwritten
     * @param losses at least {@code [batch]}, overwritten
     */
    protected abstract void doLossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses);

    private static void checkSlopes(
            String kernel, Activation f, float @Nullable [] slopes, String outputName, Matrix output) {
        Objects.requireNonNull(f, "activation");
        if (f.kind() == Activation.Kind.PRELU) {
            int length = slopes == null ? 0 : slopes.length;
            check(kernel, "the PReLU slopes' length", length, "z's columns", output.columns(), output, null, null);
            Overlap.refuse(kernel, outputName, output, "slopes", slopes);
        }
    }

    private static void checkPieces(String kernel, int pieces, Matrix z, Matrix a) {
        if (pieces < 1 || (long) a.columns() * pieces != z.columns()) {
            throw new IllegalArgumentException(kernel + ": z " + z + " must have " + pieces + " (pieces) times the columns"
                    + " of a " + a);
        }
        check(kernel, "a's rows", a.rows(), "z's rows", z.rows(), z, a, null);
    }

    // Not varargs: an array would be made at every call, though only the message needs it.
    private static void check(String kernel, String what, int got, String other, int want, Matrix a, @Nullable Matrix b,
            @Nullable Matrix c) {
        if (got != want) {
            throw new IllegalArgumentException(kernel + ": " + what + " (" + got + ") must equal " + other + " (" + want
                    + "); the shapes are " + a + (b == null ? "" : ", " + b) + (c == null ? "" : ", " + c));
        }
    }
}
