package dev.samebits.bench.jmh;

import dev.samebits.Activation;
import dev.samebits.IdColumn;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.Section;
import dev.samebits.SplitMix64;
import java.util.List;

/** The networks and inputs that are measured. Seeded, so that every fork, backend and peer works on the same numbers. */
public final class Workloads {
    /** The classifier: 784-512-256-10, ReLU, softmax. */
    public static final String CLASSIFIER = "mnist";

    /** What a name ends with whose network has {@link Network#withBfloat16Weights bfloat16 weights}. */
    public static final String BFLOAT16 = "-bf16";

    private static final long SEED = 42;

    private Workloads() {}

    /**
     * A network by name: one of {@link Shapes} or {@link GraphNetworks}, or the tabular network 32-64-32-1 by the
     * activation of its hidden layers, such as {@code gelu}; or one of these and {@link #BFLOAT16}. Always the same weights.
     */
    public static Network network(String name) {
        if (name.endsWith(BFLOAT16)) {
            return network(name.substring(0, name.length() - BFLOAT16.length())).withBfloat16Weights();
        }
        if (Shapes.exists(name)) {
            return Shapes.network(name, SEED);
        }
        if (GraphNetworks.NAMES.contains(name)) {
            return GraphNetworks.network(name, SEED);
        }
        Activation activation = Activation.parse(name);
        return Network.builder(32)
                .dense(64, activation)
                .dense(32, activation)
                .dense(1, Activation.IDENTITY)
                .biases(0.1f)
                .build(SEED);
    }

    /** A single affine layer as a network, so that a session packs its weights once. */
    public static Network affine(int inputs, int outputs) {
        Layer layer = Layer.dense(uniform(outputs, inputs, 1), uniform(1, outputs, 2).data(), Activation.IDENTITY);
        return Network.of(List.of(layer), Output.IDENTITY);
    }

    /** Rows for a network: numbers uniform on [−1, 1), ids where it has tables, ones and zeros where it has a mask. */
    public static Matrix rows(int rows, Network network) {
        Matrix x = uniform(rows, network.inputs(), 3);
        SplitMix64 random = new SplitMix64(SEED);
        for (IdColumn ids : network.idColumns()) {
            for (int n = 0; n < rows; n++) {
                x.set(n, ids.position(), random.nextInt(ids.entries()));
            }
        }
        for (Section section : network.inputSections()) {
            for (int i = 0; i < rows * section.width() && section.name().equals(GraphNetworks.MASK); i++) {
                x.set(i / section.width(), section.from() + i % section.width(), random.nextInt(4) == 0 ? 0 : 1);
            }
        }
        return x;
    }

    /** Numbers uniform on [−1, 1). */
    public static Matrix uniform(int rows, int columns, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        float[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = Math.fma(2, random.nextFloat(), -1);
        }
        return matrix;
    }

    /** One-hot rows: the classes of random samples. */
    public static Matrix oneHot(int rows, int classes) {
        SplitMix64 random = new SplitMix64(SEED);
        Matrix matrix = Matrix.zeros(rows, classes);
        for (int r = 0; r < rows; r++) {
            matrix.set(r, random.nextInt(classes), 1);
        }
        return matrix;
    }
}
