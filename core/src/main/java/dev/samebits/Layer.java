package dev.samebits;

/**
 * One layer, immutable: {@code z = W x + b} and {@code a = f(z)} (equations 4.32 to 4.34), or maxout (4.30, 4.31).
 *
 * <p>Shapes: {@code W [rows × inputs]} row-major, {@code b [rows]}. A dense layer has one row per output. A maxout layer of
 * M outputs and K pieces has K·M rows, piece by piece: row {@code k·M + i} is piece k of output i.
 *
 * @since 0.1.0
 */
public final class Layer {
    /** The bits of the largest finite bfloat16 number. */
    private static final short LARGEST = 0x7f7f;

    private final LayerSpec spec;
    private final StoredWeights weights;
    private final float[] bias;
    private final float[] slopes;

    private Layer(LayerSpec spec, StoredWeights weights, float[] bias, float[] slopes) {
        this.spec = spec;
        this.weights = weights;
        this.bias = bias;
        this.slopes = slopes;
    }

    /**
     * A layer of any kind. The arrays are copied.
     *
     * @param spec what it is
     * @param weights W {@code [rows × inputs]}
     * @param bias b {@code [rows]}
     * @param slopes γ {@code [outputs]} for PReLU; empty for all others
     * @return the layer
     * @throws IllegalArgumentException if the shapes disagree
     */
    public static Layer of(LayerSpec spec, Matrix weights, float[] bias, float[] slopes) {
        if (weights.rows() != spec.rows() || weights.columns() != spec.inputs()) {
            throw new IllegalArgumentException("the layer " + spec + " needs weights of " + spec.rows() + " × "
                    + spec.inputs() + ", but W is " + weights);
        }
        if (bias.length != weights.rows()) {
            throw new IllegalArgumentException(
                    "W is " + weights + " and needs " + weights.rows() + " biases, but b has " + bias.length);
        }
        int wanted = spec.isPrelu() ? spec.outputs() : 0;
        if (slopes.length != wanted) {
            throw new IllegalArgumentException(
                    "W is " + weights + " and needs " + wanted + " PReLU slopes, not " + slopes.length);
        }
        return new Layer(spec, StoredWeights.of(weights), bias.clone(), slopes.clone());
    }

    /**
     * A dense layer. The arrays are copied.
     *
     * @param weights W {@code [outputs × inputs]}
     * @param bias b {@code [outputs]}
     * @param activation f
     * @return the layer
     * @throws IllegalArgumentException if the shapes disagree, or the activation is PReLU (see {@link #prelu})
     */
    public static Layer dense(Matrix weights, float[] bias, Activation activation) {
        if (activation.kind() == Activation.Kind.PRELU) {
            throw new IllegalArgumentException("a PReLU layer needs its slopes: use Layer.prelu(weights, bias, slopes)");
        }
        return of(spec(weights, 1, activation), weights, bias, new float[0]);
    }

    /**
     * A dense layer with PReLU, equations 4.21 and 4.22. The arrays are copied.
     *
     * @param weights W {@code [outputs × inputs]}
     * @param bias b {@code [outputs]}
     * @param slopes γ {@code [outputs]}, learnable
     * @return the layer
     * @throws IllegalArgumentException if the shapes disagree
     */
    public static Layer prelu(Matrix weights, float[] bias, float[] slopes) {
        return of(spec(weights, 1, Activation.PRELU), weights, bias, slopes);
    }

    /**
     * A maxout layer, {@code a_i = max_k z_{k,i}}, equations 4.30 and 4.31. The arrays are copied.
     *
     * @param weights W {@code [pieces · outputs × inputs]}, row {@code k · outputs + i} being piece k of output i
     * @param bias b {@code [pieces · outputs]}
     * @param pieces K
     * @return the layer
     * @throws IllegalArgumentException if the rows are not a multiple of the pieces
     */
    public static Layer maxout(Matrix weights, float[] bias, int pieces) {
        if (pieces < 1 || weights.rows() % pieces != 0) {
            throw new IllegalArgumentException(
                    "W is " + weights + ": its rows must be a multiple of the maxout pieces, not of " + pieces);
        }
        return of(spec(weights, pieces, Activation.IDENTITY), weights, bias, new float[0]);
    }

    private static LayerSpec spec(Matrix weights, int pieces, Activation activation) {
        if (weights.rows() < 1) {
            throw new IllegalArgumentException("a layer needs at least one output, but W is " + weights);
        }
        return new LayerSpec(weights.columns(), weights.rows() / pieces, pieces, activation);
    }

    /** The layer that gives z, the net input, for its activation. */
    Layer netInput() {
        LayerSpec linear = new LayerSpec(spec.inputs(), spec.rows(), 1, Activation.IDENTITY);
        return new Layer(linear, weights, bias, new float[0]);
    }

    /** {@return what the layer is, without its parameters} */
    public LayerSpec spec() {
        return spec;
    }

    /** {@return the columns of W} */
    public int inputs() {
        return weights.columns();
    }

    /** {@return the neurons: rows of W divided by the pieces} */
    public int outputs() {
        return spec.outputs();
    }

    /** {@return the rows of W: net inputs per sample, outputs · pieces} */
    public int rows() {
        return weights.rows();
    }

    /** {@return the affine pieces per output: 1 for a dense layer, K for maxout} */
    public int pieces() {
        return spec.pieces();
    }

    /** {@return the number of weights, biases and slopes together} */
    public long parameters() {
        return spec.parameters();
    }

    /** {@return f; the identity for maxout} */
    public Activation activation() {
        return spec.activation();
    }

    /** {@return a fresh copy of W {@code [rows × inputs]}} */
    public Matrix weights() {
        return weights.toMatrix();
    }

    /** {@return a fresh copy of b {@code [rows]}} */
    public float[] bias() {
        return bias.clone();
    }

    /** {@return a fresh copy of the PReLU slopes {@code [outputs]}; empty for every other activation} */
    public float[] slopes() {
        return slopes.clone();
    }

    /**
     * One weight, without a copy of the others.
     *
     * @param row of W, 0 to {@link #rows} − 1
     * @param column of W, 0 to {@link #inputs} − 1
     * @return {@code w_ij}
     * @throws IndexOutOfBoundsException if W has no such element
     */
    public float weight(int row, int column) {
        return weights.get(row, column);
    }

    /**
     * One bias, without a copy of the others.
     *
     * @param row of W, 0 to {@link #rows} − 1
     * @return {@code b_i}
     * @throws IndexOutOfBoundsException if b has no such element
     */
    public float bias(int row) {
        return bias[row];
    }

    /**
     * One PReLU slope, without a copy of the others.
     *
     * @param output 0 to {@link #outputs} − 1
     * @return {@code γ_i}
     * @throws IndexOutOfBoundsException if there is no such slope: none for other activations
     */
    public float slope(int output) {
        return slopes[output];
    }

    /**
     * Whether all its weights are bfloat16 numbers, so that two bytes hold each of them: {@link Bfloat16#holds}. Biases and
     * slopes may be any floats. The layer then keeps them in two bytes.
     *
     * @return whether no weight is another number
     */
    public boolean hasBfloat16Weights() {
        return weights.areBfloat16();
    }

    /**
     * This layer with each weight rounded by {@link Bfloat16#round}.
     *
     * @param number the layer's in its network, from 1
     * @throws IllegalArgumentException if a finite weight becomes infinite
     */
    Layer withBfloat16Weights(int number) {
        if (hasBfloat16Weights()) {
            return this;
        }
        Matrix rounded = weights.toMatrix();
        float[] data = rounded.data();
        for (int i = 0; i < data.length; i++) {
            float w = data[i];
            data[i] = Bfloat16.round(w);
            if (Float.isInfinite(data[i]) && !Float.isInfinite(w)) {
                throw new IllegalArgumentException("weight (" + i / inputs() + ", " + i % inputs() + ") of layer " + number
                        + " is " + w + ", and bfloat16 numbers end at " + Bfloat16.value(LARGEST));
            }
        }
        return new Layer(spec, StoredWeights.of(rounded), bias, slopes);
    }

    // Read by Network without a copy.
    StoredWeights weightsShared() {
        return weights;
    }

    float[] biasShared() {
        return bias;
    }

    float[] slopesShared() {
        return slopes;
    }

    /** One line, such as {@code 784 → 256 relu}. */
    @Override
    public String toString() {
        return spec.toString();
    }
}
