package dev.samebits;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A feed-forward network, immutable: {@code x = a⁽⁰⁾ → z⁽¹⁾ → a⁽¹⁾ → … → a⁽ᴸ⁾ = φ(x; W, b)}, equations 4.35 to 4.39,
 * and what is done with the last layer's activations ({@link Output}). Safe to share among threads.
 *
 * @since 0.1.0
 */
public final class Network {
    private final List<Layer> layers;
    private final Output output;
    private final Names names;

    private Network(List<Layer> layers, Output output, Names names) {
        this.layers = List.copyOf(layers);
        this.output = Objects.requireNonNull(output, "output");
        this.names = Objects.requireNonNull(names, "names");
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        for (int l = 1; l < layers.size(); l++) {
            if (layers.get(l).inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException("layer " + (l + 1) + " takes " + layers.get(l).inputs()
                        + " inputs, but layer " + l + " gives " + layers.get(l - 1).outputs() + " outputs");
            }
        }
        names.check(this);
    }

    /**
     * A network of these layers, without names.
     *
     * @param layers from the inputs to the outputs
     * @param output what follows them
     * @return the network
     * @throws IllegalArgumentException if there is none, or one does not take what the one before gives
     */
    public static Network of(List<Layer> layers, Output output) {
        return new Network(layers, output, Names.NONE);
    }

    /**
     * Starts a network of randomly initialised layers.
     *
     * @param inputs width of an input row
     * @return a builder without layers
     * @throws IllegalArgumentException if there is no input
     */
    public static NetworkBuilder builder(int inputs) {
        return new NetworkBuilder(inputs);
    }

    /** {@return the layers, from the inputs to the outputs; unmodifiable} */
    public List<Layer> layers() {
        return layers;
    }

    /** {@return what is done with the last layer's activations} */
    public Output output() {
        return output;
    }

    /** {@return what its inputs, outputs and classes are called; {@link Names#NONE} until told} */
    public Names names() {
        return names;
    }

    /**
     * This network with names, which change no result.
     *
     * @param called what its inputs, outputs and classes are called
     * @return a network with the same layers
     * @throws IllegalArgumentException if the names are not as many as its inputs and outputs, or two inputs have the same
     */
    public Network withNames(Names called) {
        return new Network(layers, output, called);
    }

    /**
     * This network with each weight rounded to the nearest bfloat16 number, of two that are as near the even one:
     * {@link Bfloat16#round}. Biases and PReLU slopes stay as they are. It is another network, which gives other outputs;
     * like every network it gives the same bits from every backend. ONNX files hold its weights in two bytes each. A weight
     * changes by at most a 256th of it, unless it is a denormal.
     *
     * @return a network with the same names; {@link Layer#hasBfloat16Weights} holds for all its layers
     * @throws IllegalArgumentException if a finite weight is so large that its rounding is infinite, 3.396e38 or more; the
     *     message says where
     */
    public Network withBfloat16Weights() {
        List<Layer> rounded = new ArrayList<>();
        for (Layer layer : layers) {
            rounded.add(layer.withBfloat16Weights(rounded.size() + 1));
        }
        return new Network(rounded, output, names);
    }

    /** {@return the width of an input row} */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** {@return the width of an output row} */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /** {@return the number of weights, biases and slopes of all layers} */
    public long parameters() {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    /**
     * Floating-point operations of the affine parts of all layers for one row; see {@link LayerSpec#flops}.
     *
     * @return their number
     */
    public long flops() {
        return layers.stream().mapToLong(layer -> layer.spec().flops()).sum();
    }

    /**
     * {@code ‖W‖²_F = Σ_l Σ_i Σ_j (w_ij⁽ˡ⁾)²}, equation 4.44: summed in double, layer by layer and row by row, so the result
     * is the same everywhere.
     *
     * @return the norm's square
     */
    public double squaredFrobeniusNorm() {
        double sum = 0;
        for (Layer layer : layers) {
            StoredWeights weights = layer.weightsShared();
            for (int i = 0; i < weights.count(); i++) {
                double w = weights.at(i);
                sum += w * w;
            }
        }
        return sum;
    }

    /**
     * SHA-256 over all parameters, as 64 hex digits: for each layer the weights row by row, the biases, then the PReLU
     * slopes, each as its four bytes, little-endian, NaN in its canonical form. The same seed and data give the same
     * fingerprint on every machine, backend and number of threads.
     *
     * @return the digits, in lower case
     */
    public String fingerprint() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
        for (Layer layer : layers) {
            StoredWeights weights = layer.weightsShared();
            update(digest, weights.count(), weights::at);
            update(digest, layer.biasShared());
            update(digest, layer.slopesShared());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private interface Values {
        float at(int index);
    }

    private static void update(MessageDigest digest, float[] values) {
        update(digest, values.length, i -> values[i]);
    }

    private static void update(MessageDigest digest, int count, Values values) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            buffer.putInt(Float.floatToIntBits(values.at(i)));
            if (!buffer.hasRemaining()) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        digest.update(buffer.flip());
    }

    /** One line, such as {@code 784 → 256 relu → 10 identity → softmax}. */
    @Override
    public String toString() {
        String path = layers.stream()
                .map(Layer::toString)
                .map(text -> text.substring(text.indexOf('→')))
                .collect(Collectors.joining(" ", inputs() + " ", ""));
        return output == Output.IDENTITY ? path : path + " → " + output.label();
    }
}
