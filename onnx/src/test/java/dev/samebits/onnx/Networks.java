package dev.samebits.onnx;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Networks that between them hold everything a file must keep. */
public final class Networks {
    private static final Set<Activation.Kind> NEEDS_POSITIVE = EnumSet.of(Activation.Kind.SQRT, Activation.Kind.RECIPROCAL,
            Activation.Kind.LOG);
    /** Those that a chain of layers must not have too many of, or it has no numbers left. */
    private static final Set<Activation.Kind> UNBOUNDED = EnumSet.of(
            Activation.Kind.SQRT, Activation.Kind.RECIPROCAL, Activation.Kind.EXP, Activation.Kind.SQUARE,
            Activation.Kind.LOG);

    private Networks() {}

    /** Every kind of activation, with usual parameters. */
    static List<Activation> activations() {
        List<Activation> activations = new ArrayList<>();
        for (Activation.Kind kind : Activation.Kind.values()) {
            activations.add(Activation.parse(kind.label()));
        }
        return activations;
    }

    /** Parameters at the ends of what is allowed, and those that could be taken for something else. */
    static List<Activation> unusualActivations() {
        return List.of(
                Activation.leakyRelu(-0f),
                Activation.leakyRelu(Float.MIN_VALUE),
                Activation.leakyRelu(Float.MAX_VALUE),
                Activation.leakyRelu(0.1f),
                Activation.elu(0),
                Activation.elu(-0f),
                Activation.elu(1.6732632f),
                Activation.swish(1.702f),
                Activation.swish(-0f),
                Activation.swish(Math.nextUp(1f)),
                Activation.swish(-Float.MIN_VALUE),
                Activation.hardLogistic(1f / 6, 0.5f),
                Activation.hardLogistic(-0f, Float.MAX_VALUE),
                Activation.parse("linear-logistic:-0.0:1.4E-45"),
                Activation.parse("linear-logistic:3.4028235E38:-0.0"),
                Activation.hardTanh(-0f, 0f),
                Activation.hardTanh(0f, 6f),
                Activation.hardTanh(-1, Float.POSITIVE_INFINITY),
                Activation.hardTanh(Float.NEGATIVE_INFINITY, 1),
                Activation.hardTanh(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY),
                Activation.hardTanh(Float.NEGATIVE_INFINITY, Float.NEGATIVE_INFINITY),
                Activation.hardTanh(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY),
                Activation.softshrink(0),
                Activation.softshrink(-0f),
                Activation.softshrink(Float.MIN_VALUE),
                Activation.softshrink(3));
    }

    /** 5 → 7 with this activation → 3. */
    public static Network with(Activation activation, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Layer first = layer(random, 5, 7, activation);
        if (NEEDS_POSITIVE.contains(activation.kind())) {
            // Away from where there is no value, or a huge one: |z| is below 24 for the rows of these tests.
            float[] bias = new float[7];
            Arrays.fill(bias, 25);
            first = Layer.dense(first.weights(), bias, activation);
        }
        return Network.of(List.of(first, layer(random, 7, 3, Activation.IDENTITY)), Output.IDENTITY);
    }

    /** One of each kind of layer and output, by name. */
    static Map<String, Network> all() {
        Map<String, Network> networks = new LinkedHashMap<>();
        for (Activation activation : activations()) {
            networks.put(activation.toString(), with(activation, 1));
        }
        SplitMix64 random = new SplitMix64(2);
        for (int pieces : new int[] {1, 2, 3, 5}) {
            networks.put("maxout " + pieces, Network.of(List.of(
                    maxout(random, 5, 4, pieces), maxout(random, 4, 1, 3), layer(random, 1, 3, Activation.TANH)),
                    Output.IDENTITY));
        }
        for (Output output : Output.values()) {
            networks.put("output " + output.label(), Network.of(List.of(
                    layer(random, 5, 6, Activation.RELU), layer(random, 6, 3, Activation.LOGISTIC)), output));
        }
        networks.put("one neuron", Network.of(List.of(layer(random, 5, 1, Activation.PRELU)), Output.SOFTMAX));
        List<Layer> deep = new ArrayList<>();
        for (Activation activation : activations()) {
            if (!UNBOUNDED.contains(activation.kind())) {
                deep.add(layer(random, 5, 5, activation));
            }
        }
        networks.put("all in a row", Network.of(deep, Output.LOG_SOFTMAX));
        return networks;
    }

    static Layer layer(SplitMix64 random, int inputs, int outputs, Activation activation) {
        Matrix weights = matrix(random, outputs, inputs);
        float[] bias = matrix(random, 1, outputs).data();
        return activation.kind() == Activation.Kind.PRELU
                ? Layer.prelu(weights, bias, matrix(random, 1, outputs).data())
                : Layer.dense(weights, bias, activation);
    }

    static Layer maxout(SplitMix64 random, int inputs, int outputs, int pieces) {
        return Layer.maxout(matrix(random, outputs * pieces, inputs), matrix(random, 1, outputs * pieces).data(), pieces);
    }

    /** Uniform on [−1, 1). */
    static Matrix matrix(SplitMix64 random, int rows, int columns) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = 2 * random.nextFloat() - 1;
        }
        return matrix;
    }

    /** Rows for a network, uniform on [−4, 4); always the same. */
    static Matrix rows(int rows, int columns) {
        Matrix matrix = matrix(new SplitMix64(8), rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] *= 4;
        }
        return matrix;
    }

    /** What the network gives, on the scalar backend. */
    static Matrix predict(Network network, Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), network.outputs());
        try (InferenceSession session = Backends.named("scalar").open(network)) {
            session.predict(x, y);
        }
        return y;
    }

    /** The file. */
    public static byte[] write(Network network) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Onnx.write(network, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("a small network must be writable", e);
        }
    }
}
