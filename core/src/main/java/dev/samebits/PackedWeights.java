package dev.samebits;

/**
 * The weights and biases of one layer, laid out as a backend reads them fastest: made once by {@link LayerKernels#pack},
 * used for many calls. Its methods compute what those of {@link LayerKernels} do, to the bit.
 *
 * <p>Holds a copy of its own, the only one: w and b may change afterwards. Immutable and thread-safe; work is done on the
 * calling thread. Shapes: {@code x [rows × inputs]}, {@code z [rows × outputs]}.
 *
 * <p>All methods throw {@link IllegalArgumentException}, naming the numbers, if shapes do not fit, elements lie outside an
 * array, or z overlaps x; then z has not been written.
 *
 * @since 0.1.0
 */
public interface PackedWeights {
    /** {@return the columns of w: elements of a row of x} */
    int inputs();

    /** {@return the rows of w: elements of a row of z} */
    int outputs();

    /**
     * One sample, {@code z = W x + b}, as {@link LayerKernels#matvec} computes it.
     *
     * @param x {@code [inputs]}
     * @param z {@code [outputs]}, overwritten
     */
    void matvec(float[] x, float[] z);

    /**
     * {@link #matvec(float[], float[])} on parts of arrays, which may be one array where the parts do not overlap.
     *
     * @param x holds the sample's inputs
     * @param xOffset index of the first of them
     * @param z receives the outputs
     * @param zOffset index of the first of them
     */
    void matvec(float[] x, int xOffset, float[] z, int zOffset);

    /**
     * A batch, {@code Z = X Wᵀ + b}, as {@link LayerKernels#affine} computes it.
     *
     * @param x {@code [rows × inputs]}; no rows are allowed
     * @param z {@code [rows × outputs]}, overwritten
     */
    void affine(Matrix x, Matrix z);

    /**
     * A batch through a whole layer, {@code A = f(X Wᵀ + b)}: {@link #affine(Matrix, Matrix)} and then {@link
     * LayerKernels#activate}, to the bit, in one go where a backend can.
     *
     * @param activation of the layer; not PReLU, which has slopes
     * @param x {@code [rows × inputs]}; no rows are allowed
     * @param a {@code [rows × outputs]}, overwritten
     */
    void affine(Activation activation, Matrix x, Matrix a);
}
