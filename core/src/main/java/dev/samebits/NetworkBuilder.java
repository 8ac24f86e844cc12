package dev.samebits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Builds a randomly initialised {@link Network}, layer by layer. Not thread-safe.
 *
 * <p>The draws are taken from one {@link SplitMix64}, layer by layer and row by row, so a seed names one network.
 */
public final class NetworkBuilder {
    private record Spec(int outputs, Activation activation, int pieces) {}

    /** Slope with which every PReLU neuron starts. */
    public static final float PRELU_START = 0.25f;

    private final int inputs;
    private final List<Spec> specs = new ArrayList<>();
    private Output output = Output.IDENTITY;
    private Initializer initializer = Initializer.HE_UNIFORM;
    private float bias;

    NetworkBuilder(int inputs) {
        if (inputs < 1) {
            throw new IllegalArgumentException("a network needs at least one input, not " + inputs);
        }
        this.inputs = inputs;
    }

    /** Adds a dense layer; PReLU slopes start at 0.25. */
    public NetworkBuilder dense(int outputs, Activation activation) {
        return add(new Spec(outputs, Objects.requireNonNull(activation, "activation"), 1));
    }

    /** Adds a maxout layer of {@code pieces} affine pieces per output. */
    public NetworkBuilder maxout(int outputs, int pieces) {
        return add(new Spec(outputs, Activation.IDENTITY, pieces));
    }

    private NetworkBuilder add(Spec spec) {
        if (spec.outputs < 1 || spec.pieces < 1) {
            throw new IllegalArgumentException("layer " + (specs.size() + 1) + " needs at least one output and one piece, not "
                    + spec.outputs + " and " + spec.pieces);
        }
        specs.add(spec);
        return this;
    }

    /** Applies softmax to the last layer's activations. */
    public NetworkBuilder softmax() {
        output = Output.SOFTMAX;
        return this;
    }

    /** Applies log-softmax to the last layer's activations. */
    public NetworkBuilder logSoftmax() {
        output = Output.LOG_SOFTMAX;
        return this;
    }

    /** How weights are drawn; {@link Initializer#HE_UNIFORM} unless told. */
    public NetworkBuilder weights(Initializer drawn) {
        this.initializer = Objects.requireNonNull(drawn, "initializer");
        return this;
    }

    /** The value every bias starts with; 0 unless told. */
    public NetworkBuilder biases(float value) {
        this.bias = value;
        return this;
    }

    /**
     * Draws the weights.
     *
     * @throws IllegalArgumentException if no layer was added or a layer is too large for a Java array
     */
    public Network build(long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (Spec spec : specs) {
            int rows = rows(spec);
            Matrix weights = Matrix.zeros(rows, width);
            initializer.fill(weights.data(), width, spec.outputs, random);
            layers.add(layer(spec, weights, filled(rows, bias)));
            width = spec.outputs;
        }
        return Network.of(layers, output);
    }

    private static int rows(Spec spec) {
        long rows = (long) spec.outputs * spec.pieces;
        if (rows > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a maxout layer of " + spec.outputs + " outputs and " + spec.pieces
                    + " pieces has " + rows + " rows, more than a Java array holds");
        }
        return (int) rows;
    }

    private static Layer layer(Spec spec, Matrix weights, float[] biases) {
        if (spec.pieces > 1) {
            return Layer.maxout(weights, biases, spec.pieces);
        }
        return spec.activation.kind() == Activation.Kind.PRELU
                ? Layer.prelu(weights, biases, filled(spec.outputs, PRELU_START))
                : Layer.dense(weights, biases, spec.activation);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
