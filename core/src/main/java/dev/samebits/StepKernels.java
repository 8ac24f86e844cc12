package dev.samebits;

import org.jspecify.annotations.Nullable;

/**
 * What steps of a network need besides layers: arithmetic by column and by row, norms, lookups, whole numbers. Of
 * {@link LayerKernels} inherited, and as there: an exact sequence of operations for each output, written out in
 * docs/arithmetic.md; row-major views; work on the calling thread; stateless and thread-safe.
 *
 * <p>All methods throw {@link IllegalArgumentException}, naming the shapes, if they do not fit together; then no output has
 * been written. An output may not overlap an input unless its method says so: that is refused in the same way.
 *
 * @since 0.1.0
 */
public interface StepKernels {
    /**
     * {@code y = fma(s_j, x, t_j)}, element by element.
     *
     * @param s {@code [columns]}
     * @param t {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void scaleShift(float[] s, float[] t, Matrix x, Matrix y);

    /**
     * {@code y = (x − c_j) · s_j}, element by element, in two roundings.
     *
     * @param c {@code [columns]}
     * @param s {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void centerScale(float[] c, float[] s, Matrix x, Matrix y);

    /**
     * {@code y = a ∘ b}, element by element; see {@link Combination#value}. An operand of one column goes with each column
     * of the other.
     *
     * @param combination ∘
     * @param a {@code [batch × columns]} or {@code [batch × 1]}
     * @param b {@code [batch × columns]} or {@code [batch × 1]}
     * @param y {@code [batch × columns]}, overwritten; may be an operand itself that has its shape
     */
    void combine(Combination combination, Matrix a, Matrix b, Matrix y);

    /**
     * Layer normalisation of every row: {@code y = fma(d_j · (1 / √(v + ε)), g_j, t_j)} with {@code d = x − m}, m the mean
     * of the row and v the mean square of d.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param shift t {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void layerNorm(float epsilon, float[] gain, float[] shift, Matrix x, Matrix y);

    /**
     * Normalisation of every row by the root of its mean square: {@code y = x_j · (1 / √(q + ε)) · g_j}, q the mean square.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void rmsNorm(float epsilon, float[] gain, Matrix x, Matrix y);

    /**
     * Normalisation of every row to length 1: {@code y = x_j / (√q < ε ? ε : √q)}, q the sum of squares.
     *
     * @param epsilon ε
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void l2Norm(float epsilon, Matrix x, Matrix y);

    /**
     * The entries of a table by their ids, those of one row side by side.
     *
     * @param table the entries
     * @param ids {@code [batch × k]}, whole numbers from 0 to the table's entries − 1; others are refused before anything is
     *     written
     * @param y {@code [batch × k · width]}, overwritten
     */
    void embedding(Table table, Matrix ids, Matrix y);

    /**
     * The sum of products of two rows: sixteen partial sums, then a tree.
     *
     * @param a {@code [batch × columns]}
     * @param b the shape of a
     * @param y {@code [batch × 1]}, overwritten
     */
    void dot(Matrix a, Matrix b, Matrix y);

    /**
     * {@code y_i = Σ_k x_{k·M+i}}: sixteen partial sums, then a tree.
     *
     * @param x {@code [batch × K·M]}
     * @param y {@code [batch × M]}, overwritten
     */
    void sum(Matrix x, Matrix y);

    /**
     * The gradient of one operand of {@link #combine}, element by element; see {@link Combination#gradient}. That of an
     * operand of one column is the {@link #sum} of its row.
     *
     * @param combination ∘
     * @param second whether of b, else of a
     * @param a {@code [batch × columns]} or {@code [batch × 1]}
     * @param b {@code [batch × columns]} or {@code [batch × 1]}
     * @param dy {@code [batch × columns]}
     * @param dx {@code [batch × columns]}, overwritten
     */
    void combineGradient(Combination combination, boolean second, Matrix a, Matrix b, Matrix dy, Matrix dx);

    /**
     * The gradient of {@link #layerNorm}: with {@code x̂ = (x − m) · r} and {@code u = dy ⊙ g}, p the mean of u and q that
     * of {@code u ⊙ x̂}, it is {@code dx_j = fma(−q, x̂_j, u_j − p) · r}.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param normal the shape of x, overwritten with x̂, which {@link #gainGradient} takes
     * @param dx the shape of x, overwritten
     */
    void layerNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx);

    /**
     * The gradient of {@link #rmsNorm}: with {@code x̂ = x · r} and {@code u = dy ⊙ g}, q the mean of {@code u ⊙ x̂}, it is
     * {@code dx_j = fma(−q, x̂_j, u_j − 0) · r}.
     *
     * @param epsilon ε
     * @param gain g {@code [columns]}
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param normal the shape of x, overwritten with x̂, which {@link #gainGradient} takes
     * @param dx the shape of x, overwritten
     */
    void rmsNormGradient(float epsilon, float[] gain, Matrix x, Matrix dy, Matrix normal, Matrix dx);

    /**
     * The gradient of {@link #l2Norm}: with l what x is divided by, {@code y = x / l}, and p the sum of {@code dy ⊙ y}, or 0
     * where l is ε, it is {@code dx_j = fma(−p, y_j, dy_j) / l}.
     *
     * @param epsilon ε
     * @param x {@code [batch × columns]}
     * @param dy the shape of x
     * @param dx the shape of x, overwritten
     */
    void l2NormGradient(float epsilon, Matrix x, Matrix dy, Matrix dx);

    /**
     * The gradient of a norm's gain: for n ascending {@code dg_j = fma(dy_nj, x̂_nj, dg_j)}, from the given value on.
     *
     * @param dy {@code [batch × columns]}
     * @param normal x̂, the shape of dy
     * @param dgain {@code [columns]}, added to
     */
    void gainGradient(Matrix dy, Matrix normal, float[] dgain);

    /**
     * Dropout, element by element: {@code x = d ? +0 : x · f}, where d says whether the upper 24 bits of the element's hash
     * are below a threshold. With H of docs/arithmetic.md ({@link dev.samebits.arithmetic.CounterHash}) and r the number of
     * a row in the mini-batch the hash is {@code H(H(k₀, k₁, 2r), H(k₀, k₁, 2r + 1), j)}.
     *
     * @param key0 k₀, the layer's
     * @param key1 k₁, the layer's
     * @param threshold what the upper 24 bits are compared with
     * @param factor f
     * @param from r of the first row
     * @param x {@code [batch × columns]}, changed
     */
    void dropout(int key0, int key1, int threshold, float factor, int from, Matrix x);

    /**
     * The gradient of softmax: {@code dx_j = y_j · (dy_j − p)}, p the sum of {@code dy ⊙ y}.
     *
     * @param y {@code [batch × columns]}, the value
     * @param dy the shape of y
     * @param dx the shape of y, overwritten
     */
    void softmaxGradient(Matrix y, Matrix dy, Matrix dx);

    /**
     * The gradient of log-softmax: {@code dx_j = fma(−s, p_j, dy_j)}, s the sum of dy.
     *
     * @param p {@code [batch × columns]}, softmax of the same rows
     * @param dy the shape of p
     * @param dx the shape of p, overwritten
     */
    void logSoftmaxGradient(Matrix p, Matrix dy, Matrix dx);

    /**
     * The gradient of {@link #sum}, no arithmetic: {@code dx_{k·M+i} = dy_i}.
     *
     * @param dy {@code [batch × M]}
     * @param dx {@code [batch × K·M]}, overwritten
     */
    void sumGradient(Matrix dy, Matrix dx);

    /**
     * Whole numbers of eight bits, element by element; see {@link Quantization#value}.
     *
     * @param quantization how
     * @param x {@code [batch × columns]}
     * @param y the shape of x, overwritten; may be x itself
     */
    void quantize(Quantization quantization, Matrix x, Matrix y);

    /**
     * Whole numbers of eight bits by the range of each row and 0, without their zero point, and behind them the scale
     * of the row.
     *
     * @param x {@code [batch × columns]}
     * @param y {@code [batch × columns + 1]}, overwritten
     */
    void quantizeRow(Matrix x, Matrix y);

    /**
     * The floats that sums of whole numbers become: {@code y_i = (float) t · (r · s_i) + shift_i} with
     * {@code t = b_i + Σ_k (int) z_{k·M+i}} in ints; NaN if one of the z is.
     *
     * @param bias b {@code [M]}
     * @param scale s {@code [M]}
     * @param shift {@code [M]}
     * @param rowScale r {@code [batch × 1]}; null is 1
     * @param z {@code [batch × K·M]}, parts of sums, whole numbers in floats
     * @param y {@code [batch × M]}, overwritten; may be z itself if K is 1
     */
    void integerOutput(int[] bias, float[] scale, float[] shift, @Nullable Matrix rowScale, Matrix z, Matrix y);
}
