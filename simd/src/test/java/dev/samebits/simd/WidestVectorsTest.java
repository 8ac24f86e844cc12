package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.NetworkBuilder;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bits of the definition from vectors of any width, whether the machine has them or not: the backend is made without
 * asking, and Java computes what the processor cannot. So the tiles of AVX-512 are tried on every machine; where there are
 * such vectors, all contracts run with them besides.
 */
class WidestVectorsTest {
    /** Widths of layers: full panels and broken ones, short strips, strips, more than one, and rows as wide as a strip. */
    private static final List<int[]> SHAPES = List.of(new int[] {5, 64, 64, 1}, new int[] {145, 100, 33, 10},
            new int[] {600, 17, 9}, new int[] {1041, 70, 48, 3}, new int[] {2081, 33, 97, 10}, new int[] {40, 1100, 50});
    private static final int[] BATCHES = {1, 2, 7, 8, 25, 49};

    private final Backend simd = new SimdBackend();
    private final Backend scalar = Backends.named("scalar");

    @Test
    void predictionsAreTheDefinitions() {
        for (int[] shape : SHAPES) {
            for (Network network : List.of(network(shape), network(shape).withBfloat16Weights(), maxout(shape),
                    maxout(shape).withBfloat16Weights())) {
                for (int threads = 1; threads <= 2; threads++) {
                    predict(network, threads);
                }
            }
        }
    }

    private void predict(Network network, int threads) {
        try (InferenceSession session = simd.open(network, SessionOptions.ofThreads(threads));
                InferenceSession definition = scalar.open(network)) {
            for (int batch : BATCHES) {
                Matrix x = uniform(batch, network.inputs());
                assertThat(predicted(session, x)).as("%s, %d rows, %d threads", network, batch, threads)
                        .isEqualTo(predicted(definition, x));
            }
        }
    }

    private static int[] predicted(InferenceSession session, Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), session.network().outputs());
        session.predict(x, y);
        return bits(y);
    }

    @Test
    void trainingIsTheDefinitions() {
        for (int[] shape : SHAPES) {
            Network network = network(shape);
            for (int batch : BATCHES) {
                assertThat(trained(simd, network, batch)).as("%s, %d samples", network, batch)
                        .isEqualTo(trained(scalar, network, batch));
            }
        }
    }

    private static String trained(Backend backend, Network network, int samples) {
        Matrix x = uniform(samples, network.inputs());
        Matrix y = uniform(samples, network.outputs());
        try (TrainingSession session = backend.train(network, Loss.SQUARED_ERROR, SessionOptions.ofThreads(2))) {
            session.step(x, y, 0.01f, 0.001f);
            session.step(x, y, 0.01f, 0);
            return session.network().fingerprint();
        }
    }

    @Test
    void kernelsAreTheDefinitions() {
        for (int batch : BATCHES) {
            Matrix x = uniform(batch, 145);
            Matrix w = uniform(67, 145);
            Matrix dz = uniform(batch, 67);
            assertThat(products(simd, x, w, dz)).as("%d rows", batch).isDeepEqualTo(products(scalar, x, w, dz));
        }
    }

    private static int[][] products(Backend backend, Matrix x, Matrix w, Matrix dz) {
        Matrix z = Matrix.zeros(x.rows(), w.rows());
        Matrix dx = Matrix.zeros(x.rows(), w.columns());
        Matrix dw = Matrix.zeros(w.rows(), w.columns());
        backend.kernels().affine(x, w, new float[w.rows()], z);
        backend.kernels().backpropagate(dz, w, dx);
        backend.kernels().outerProductGradient(dz, x, dw);
        return new int[][] {bits(z), bits(dx), bits(dw)};
    }

    private static Network network(int[] shape) {
        NetworkBuilder builder = Network.builder(shape[0]);
        for (int l = 1; l < shape.length - 1; l++) {
            builder.dense(shape[l], l % 2 == 0 ? Activation.TANH : Activation.RELU);
        }
        return builder.dense(shape[shape.length - 1], Activation.IDENTITY).biases(0.1f).build(7);
    }

    // Its rows are not in strips, and neither is what the next layer reads.
    private static Network maxout(int[] shape) {
        NetworkBuilder builder = Network.builder(shape[0]);
        for (int l = 1; l < shape.length - 1; l++) {
            builder.maxout(shape[l], 2);
        }
        return builder.dense(shape[shape.length - 1], Activation.IDENTITY).biases(0.1f).build(7);
    }

    private static Matrix uniform(int rows, int columns) {
        SplitMix64 random = new SplitMix64(rows);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextFloat() - 0.5f;
        }
        return matrix;
    }

    private static int[] bits(Matrix matrix) {
        int[] bits = new int[matrix.data().length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(matrix.data()[i]));
        return bits;
    }
}
