package dev.samebits;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Builds a randomly initialised {@link Network}, layer by layer. Not thread-safe.
 *
 * <p>The draws are taken from one {@link SplitMix64}, layer by layer and row by row, so a seed names one network.
 *
 * @since 0.1.0
 */
public final class NetworkBuilder {
    /** Slope with which every PReLU neuron starts. */
    public static final float PRELU_START = 0.25f;

    private final int inputs;
    private final List<LayerSpec> specs = new ArrayList<>();
    private Output output = Output.IDENTITY;
    private Initializer initializer = Initializer.HE_UNIFORM;
    private float bias;

    NetworkBuilder(int inputs) {
        if (inputs < 1) {
            throw new IllegalArgumentException("a network needs at least one input, not " + inputs);
        }
        this.inputs = inputs;
    }

    /**
     * Adds a dense layer; PReLU slopes start at 0.25.
     *
     * @param outputs neurons
     * @param activation f
     * @return this builder
     * @throws IllegalArgumentException if there is no output
     */
    public NetworkBuilder dense(int outputs, Activation activation) {
        return add(outputs, 1, activation);
    }

    /**
     * Adds a maxout layer.
     *
     * @param outputs neurons
     * @param pieces affine pieces per output
     * @return this builder
     * @throws IllegalArgumentException if there is no output or piece, or more of them than a Java array holds
     */
    public NetworkBuilder maxout(int outputs, int pieces) {
        return add(outputs, pieces, Activation.IDENTITY);
    }

    private NetworkBuilder add(int outputs, int pieces, Activation activation) {
        int width = specs.isEmpty() ? inputs : specs.get(specs.size() - 1).outputs();
        try {
            specs.add(new LayerSpec(width, outputs, pieces, activation));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("layer " + (specs.size() + 1) + ": " + e.getMessage(), e);
        }
        return this;
    }

    /**
     * Applies softmax to the last layer's activations.
     *
     * @return this builder
     */
    public NetworkBuilder softmax() {
        output = Output.SOFTMAX;
        return this;
    }

    /**
     * Applies log-softmax to the last layer's activations.
     *
     * @return this builder
     */
    public NetworkBuilder logSoftmax() {
        output = Output.LOG_SOFTMAX;
        return this;
    }

    /**
     * Says how weights are drawn.
     *
     * @param drawn instead of {@link Initializer#HE_UNIFORM}
     * @return this builder
     */
    public NetworkBuilder weights(Initializer drawn) {
        this.initializer = Objects.requireNonNull(drawn, "initializer");
        return this;
    }

    /**
     * Says what every bias starts with.
     *
     * @param value instead of 0
     * @return this builder
     */
    public NetworkBuilder biases(float value) {
        this.bias = value;
        return this;
    }

    /**
     * Draws the weights.
     *
     * @param seed names the draws
     * @return a new network
     * @throws IllegalArgumentException if no layer was added or a layer is too large for a Java array
     */
    public Network build(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<Layer> layers = new ArrayList<>();
        for (LayerSpec spec : specs) {
            layers.add(draw(spec, initializer, bias, random));
        }
        return Network.of(layers, output);
    }

    /** A layer of drawn weights and equal biases. */
    static Layer draw(LayerSpec spec, Initializer initializer, float bias, SplitMix64 random) {
        Matrix weights = Matrix.zeros(spec.rows(), spec.inputs());
        initializer.fill(weights.data(), spec.inputs(), spec.outputs(), random);
        float[] slopes = GraphBuilder.filled(spec.isPrelu() ? spec.outputs() : 0, PRELU_START);
        return Layer.of(spec, weights, GraphBuilder.filled(spec.rows(), bias), slopes);
    }
}
