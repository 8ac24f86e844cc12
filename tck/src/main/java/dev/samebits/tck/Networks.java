package dev.samebits.tck;

import dev.samebits.Activation;
import dev.samebits.Bfloat16;
import dev.samebits.IdColumn;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** Networks that between them have every activation, every output, and widths beside those of vectors and tiles. */
final class Networks {
    private Networks() {}

    static List<Network> all() {
        List<Network> networks = new ArrayList<>();
        for (ActivationSpec spec : ActivationSpec.ALL) {
            networks.add(Network.builder(7).dense(33, spec.activation()).dense(5, spec.activation())
                    .biases(ActivationSpec.bias(spec.activation())).build(seed()));
        }
        networks.add(Network.builder(10).maxout(33, 3).maxout(4, 2).softmax().build(seed()));
        networks.add(Network.builder(1).dense(1, Activation.LOGISTIC).build(seed()));
        networks.add(Network.builder(1).maxout(1, 2).build(seed()));
        networks.add(Network.builder(8).dense(1, Activation.PRELU).build(seed()));
        networks.add(withRandomSlopes());
        networks.addAll(mixed());
        return networks;
    }

    /** A few networks of several layers, for tests that are run many times. */
    static List<Network> mixed() {
        return List.of(
                Network.builder(20).dense(100, Activation.RELU).dense(257, Activation.TANH).dense(10, Activation.IDENTITY)
                        .softmax().biases(0.1f).build(seed()),
                Network.builder(33).dense(31, Activation.PRELU).maxout(17, 3).dense(3, Activation.GELU).logSoftmax()
                        .build(seed()),
                Network.builder(257).dense(33, Activation.swish(1)).dense(1, Activation.LOGISTIC).build(seed()));
    }

    /** Networks so large, and of layers so wide, that a backend may keep their rows in another way than small ones'. */
    static List<Network> large() {
        return List.of(
                Network.builder(1100).dense(1100, Activation.RELU).dense(300, Activation.PRELU)
                        .dense(40, Activation.IDENTITY).softmax().build(seed()),
                Network.builder(1500).dense(1000, Activation.GELU).maxout(65, 4).dense(1100, Activation.IDENTITY)
                        .build(seed()),
                Network.builder(1500).dense(1100, Activation.RELU).dense(1, Activation.LOGISTIC).build(seed()),
                Network.builder(20).dense(1024, Activation.RELU).dense(9, Activation.IDENTITY).build(seed()),
                Network.builder(1024).dense(30, Activation.TANH).dense(1024, Activation.IDENTITY).build(seed()),
                Network.builder(512).dense(1060, Activation.TANH).dense(1090, Activation.IDENTITY).logSoftmax()
                        .build(seed()));
    }

    /**
     * Networks of which all weights, or those of all layers but one, are bfloat16 numbers, which a backend may keep in
     * another way; among them zeros of both signs, denormals, huge numbers, infinities and NaNs.
     */
    static List<Network> bfloat16() {
        List<Network> networks = new ArrayList<>();
        for (Network network : mixed()) {
            networks.add(network.withBfloat16Weights());
        }
        for (int l = 0; l < 3; l++) {
            List<Layer> layers = new ArrayList<>(networks.get(0).layers());
            layers.set(l, mixed().get(0).layers().get(l));
            networks.add(Network.of(layers, Output.SOFTMAX));
        }
        for (Values values : List.of(Values.EXTREME, Values.NON_FINITE)) {
            networks.add(Network.of(List.of(
                    Layer.dense(Matrix.of(35, 13, bfloat16(values, 35 * 13)), Values.NORMAL.array(35, seed()),
                            Activation.RELU),
                    Layer.maxout(Matrix.of(14, 35, bfloat16(values, 14 * 35)), Values.NORMAL.array(14, seed()), 2)),
                    Output.IDENTITY));
        }
        return networks;
    }

    private static float[] bfloat16(Values values, int length) {
        float[] array = values.array(length, seed());
        for (int i = 0; i < length; i++) {
            float rounded = Bfloat16.round(array[i]);
            boolean overflows = Float.isInfinite(rounded) && !Float.isInfinite(array[i]);
            array[i] = overflows ? Math.copySign(0x1.fep127f, rounded) : rounded;
        }
        return array;
    }

    /** One network for each loss, of layers that between them have every kind of parameter. */
    static List<Network> trainable() {
        List<Network> networks = new ArrayList<>(mixed());
        networks.add(Network.builder(9).dense(67, Activation.SOFTPLUS).dense(33, Activation.PRELU).dense(4, Activation.PRELU)
                .build(seed()));
        networks.add(Network.builder(5).maxout(40, 2).dense(6, Activation.LOGISTIC).build(seed()));
        networks.add(Network.builder(6).dense(3, Activation.IDENTITY).build(seed()));
        networks.add(Network.builder(1050).dense(17, Activation.TANH).dense(3, Activation.IDENTITY).softmax().build(seed()));
        return networks;
    }

    private static Network withRandomSlopes() {
        Matrix w = Matrix.of(35, 6, Values.NORMAL.array(35 * 6, seed()));
        return Network.of(List.of(Layer.prelu(w, Values.NORMAL.array(35, seed() + 1), Values.NORMAL.array(35, seed() + 2))),
                Output.IDENTITY);
    }

    /** Targets that suit the loss of a network: rows of probabilities that add up to 1, zeros and ones, or numbers. */
    static Matrix targets(Network network, int rows) {
        Matrix targets = Matrix.of(rows, network.outputs(), Values.NORMAL.array(rows * network.outputs(), seed() + rows));
        Loss loss = Loss.of(network);
        for (int n = 0; n < rows && loss != Loss.SQUARED_ERROR; n++) {
            int hot = (3 * n + rows) % network.outputs();
            for (int j = 0; j < network.outputs(); j++) {
                boolean one = loss == Loss.CROSS_ENTROPY ? j == hot : targets.get(n, j) > 0;
                targets.set(n, j, one ? 1 : 0);
            }
        }
        return targets;
    }

    static Matrix inputs(Network network, int rows) {
        return inputs(network, rows, Values.NORMAL);
    }

    /** Rows of such numbers, with ids where these belong. */
    static Matrix inputs(Network network, int rows, Values values) {
        Matrix x = Matrix.of(rows, network.inputs(), values.array(rows * network.inputs(), seed() + 31 * rows));
        SplitMix64 random = new SplitMix64(seed() + rows);
        for (IdColumn column : network.idColumns()) {
            for (int n = 0; n < rows; n++) {
                x.set(n, column.position(), random.nextInt(column.entries()));
            }
        }
        return x;
    }

    static String describe(Network network, int rows) {
        return "network " + network + ", batch " + rows + ", -Dsamebits.seed=" + seed();
    }

    private static long seed() {
        return Values.seed();
    }
}
