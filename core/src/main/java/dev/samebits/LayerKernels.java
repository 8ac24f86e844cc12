package dev.samebits;

import org.jspecify.annotations.Nullable;

/**
 * The hot paths of a dense layer: forward, backward, update; with those of other steps, {@link StepKernels}. This is what a
 * backend implements and what a program may use by itself as an accelerated dependency.
 *
 * <p>Each method is defined as an exact sequence of IEEE-754 single-precision operations for each of its outputs (written
 * out in docs/arithmetic.md), so every implementation gives the same bits. Shapes: {@code x [batch × in]}, {@code z, dz, a,
 * da [batch × out]}, {@code w, dw [out × in]}, {@code b [out]}, all row-major views. Work is done on the calling thread; the
 * object is stateless and thread-safe.
 *
 * <p>All methods throw {@link IllegalArgumentException}, naming the shapes, if they do not fit together; then no output has
 * been written. An output may not overlap an input unless its method says so: that is refused in the same way.
 *
 * @since 0.1.0
 */
public interface LayerKernels extends StepKernels {
    /**
     * One sample through a layer's affine part, equations 4.1, 4.2 and 4.32: {@code z_i} starts at {@code b_i}; for j
     * ascending {@code z_i = fma(w_ij, x_j, z_i)}.
     *
     * @param w {@code [out × in]}
     * @param b {@code [out]}
     * @param x {@code [in]}
     * @param z {@code [out]}, overwritten
     */
    void matvec(Matrix w, float[] b, float[] x, float[] z);

    /**
     * {@link #matvec} for every row of a batch: {@code Z = X Wᵀ + b}.
     *
     * @param x {@code [batch × in]}
     * @param w {@code [out × in]}
     * @param b {@code [out]}
     * @param z {@code [batch × out]}, overwritten
     */
    void affine(Matrix x, Matrix w, float[] b, Matrix z);

    /**
     * Lays weights and biases out for many calls of {@link #matvec} and {@link #affine}, which the handle then has. They are
     * read once and copied once: the caller's arrays may change afterwards.
     *
     * @param w {@code [out × in]}, at least one row
     * @param b {@code [out]}
     * @return the layer's weights in the layout that this backend reads fastest
     */
    PackedWeights pack(Matrix w, float[] b);

    /**
     * {@code a = f(z)}, element by element, equation 4.33.
     *
     * @param f the function
     * @param slopes γ {@code [out]} for PReLU; ignored, and may be null, for all others
     * @param z {@code [batch × out]}
     * @param a {@code [batch × out]}, overwritten; may be z itself
     */
    void activate(Activation f, float @Nullable [] slopes, Matrix z, Matrix a);

    /**
     * {@code dz = f'(z) ⊙ da}, equations 4.63 to 4.67.
     *
     * @param f the function
     * @param slopes γ {@code [out]} for PReLU; ignored, and may be null, for all others
     * @param z {@code [batch × out]}
     * @param da {@code [batch × out]}
     * @param dz {@code [batch × out]}, overwritten; may be da itself
     */
    void activationGradient(Activation f, float @Nullable [] slopes, Matrix z, Matrix da, Matrix dz);

    /**
     * The gradient of PReLU's slopes: for n ascending {@code dslopes_i = fma(da_ni, min(0, z_ni), dslopes_i)}, from the
     * given value on.
     *
     * @param z {@code [batch × out]}
     * @param da {@code [batch × out]}
     * @param dslopes {@code [out]}, added to
     */
    void slopeGradient(Matrix z, Matrix da, float[] dslopes);

    /**
     * Maxout, equation 4.31: {@code a_i = max_k z_{k·M+i}}, k ascending, the first of equals, NaN if one is.
     *
     * @param pieces K
     * @param z {@code [batch × K·M]}
     * @param a {@code [batch × M]}, overwritten
     */
    void maxout(int pieces, Matrix z, Matrix a);

    /**
     * The gradient of maxout: da goes to the piece that {@link #maxout} took, all others get 0.
     *
     * @param pieces K
     * @param z {@code [batch × K·M]}
     * @param da {@code [batch × M]}
     * @param dz {@code [batch × K·M]}, overwritten
     */
    void maxoutGradient(int pieces, Matrix z, Matrix da, Matrix dz);

    /**
     * {@code DX = DZ W}, the {@code Wᵀδ} of equation 4.67 for every row: {@code dx_j} starts at 0; for i ascending
     * {@code dx_j = fma(w_ij, dz_i, dx_j)}.
     *
     * @param dz {@code [batch × out]}
     * @param w {@code [out × in]}
     * @param dx {@code [batch × in]}, overwritten
     */
    void backpropagate(Matrix dz, Matrix w, Matrix dx);

    /**
     * {@code DW += DZᵀ X}, the outer-product gradient of equation 4.68 accumulated over the batch: for n ascending
     * {@code dw_ij = fma(dz_ni, x_nj, dw_ij)}, from the given value on.
     *
     * @param dz {@code [batch × out]}
     * @param x {@code [batch × in]}
     * @param dw {@code [out × in]}, added to
     */
    void outerProductGradient(Matrix dz, Matrix x, Matrix dw);

    /**
     * The gradient of the biases, equation 4.69: for n ascending {@code db_i = db_i + dz_ni}, from the given value on.
     *
     * @param dz {@code [batch × out]}
     * @param db {@code [out]}, added to
     */
    void biasGradient(Matrix dz, float[] db);

    /**
     * Gradient descent, equations 4.45 to 4.48: {@code w = fma(−α, fma(λ, w, s · dw), w)}, element by element.
     *
     * @param w any shape, updated
     * @param dw the same shape: the sum of the samples' gradients
     * @param learningRate α
     * @param scale s, 1/N for the mean over N samples
     * @param weightDecay λ; 0 for biases and slopes
     */
    void update(Matrix w, Matrix dw, float learningRate, float scale, float weightDecay);

    /**
     * One step of an {@link Optimizer}, element by element; see docs/arithmetic.md. Plain descent is {@link #update}.
     *
     * @param step the optimizer and the numbers of this step
     * @param decays whether the weight decay acts: not on biases and slopes
     * @param w any shape, updated
     * @param dw the same shape: the sum of the samples' gradients
     * @param m the same shape, updated; ignored, and may be null, if the optimizer has no first moment
     * @param v the same shape, updated; ignored, and may be null, if the optimizer has no second moment
     */
    void optimize(OptimizerStep step, boolean decays, Matrix w, Matrix dw, @Nullable Matrix m, @Nullable Matrix v);

    /**
     * Softmax of every row, equation 4.41.
     *
     * @param z {@code [batch × out]}
     * @param y the shape of z, overwritten; may be z itself
     */
    void softmax(Matrix z, Matrix y);

    /**
     * Log-softmax of every row.
     *
     * @param z {@code [batch × out]}
     * @param y the shape of z, overwritten
     */
    void logSoftmax(Matrix z, Matrix y);

    /**
     * Loss and gradient of every row; see {@link Loss#row}.
     *
     * @param loss which
     * @param in {@code [batch × out]}: z or a of the last layer, see {@link Loss#readsNetInput}
     * @param targets {@code [batch × out]}
     * @param d {@code [batch × out]}, overwritten with the gradient
     * @param losses {@code [batch]}, overwritten
     */
    void lossGradient(Loss loss, Matrix in, Matrix targets, Matrix d, float[] losses);
}
