package dev.samebits.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.samebits.Backends;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.bench.jmh.Workloads;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peers compute the same things as we do, up to their rounding: what is compared is the same work. */
class PeersTest {
    private static final float TOLERANCE = 1e-4f;
    // Enough to move the weights, too little to bring the loss near 0, where rounding is all that is left of it.
    private static final float RATE = 0.002f;

    @ParameterizedTest
    @ValueSource(strings = {"mnist", "tabular", "policy", "recommender", "wide", "logistic", "tanh", "gelu", "gelu-tanh",
    "gelu-logistic", "relu"})
    void onnxRuntime(String network) throws IOException, OrtException {
        for (int batch : new int[] {1, 8, 70}) {
            OnnxRuntimePeer peer = new OnnxRuntimePeer();
            peer.network = network;
            peer.threads = batch == 8 ? 2 : 1;
            peer.batch = batch;
            peer.setup();
            float[] expected = predict(Workloads.network(network), batch);
            assertClose(peer.predict(), expected);
            assertClose(peer.predictUnpinned(), expected);
            assertClose(peer.query(), expected);
            peer.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33, 100", "2, 130, 257, 64"})
    void openBlas(int threads, int batch, int inputs, int outputs) {
        OpenBlasPeer peer = new OpenBlasPeer();
        peer.threads = threads;
        peer.batch = batch;
        peer.inputs = inputs;
        peer.outputs = outputs;
        peer.setup();
        peer.affine();
        // Twice, since a second call must start at the bias again.
        peer.affine();
        assertClose(peer.result(), predict(Workloads.affine(inputs, outputs), batch));
        peer.close();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33, 100", "2, 130, 257, 64"})
    void ejml(int threads, int batch, int inputs, int outputs) {
        EjmlPeer peer = new EjmlPeer();
        peer.threads = threads;
        peer.batch = batch;
        peer.inputs = inputs;
        peer.outputs = outputs;
        peer.setup();
        peer.affine();
        assertClose(peer.affine(), predict(Workloads.affine(inputs, outputs), batch));
    }

    @ParameterizedTest
    @CsvSource({"3, 33, 100", "130, 257, 64"})
    void vectorBlas(int batch, int inputs, int outputs) {
        VectorBlasPeer peer = new VectorBlasPeer();
        peer.threads = 1;
        peer.batch = batch;
        peer.inputs = inputs;
        peer.outputs = outputs;
        peer.setup();
        peer.affine();
        assertClose(peer.affine(), predict(Workloads.affine(inputs, outputs), batch));
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 33, 100", "2, 130, 257, 64"})
    void nd4j(int threads, int batch, int inputs, int outputs) {
        Nd4jPeer peer = new Nd4jPeer();
        peer.threads = threads;
        peer.batch = batch;
        peer.inputs = inputs;
        peer.outputs = outputs;
        peer.setup();
        peer.affine();
        peer.affine();
        assertClose(peer.result(), predict(Workloads.affine(inputs, outputs), batch));
    }

    @Test
    void pyTorch() {
        for (int batch : new int[] {1, 5}) {
            PyTorchPeer peer = new PyTorchPeer();
            peer.network = Workloads.CLASSIFIER;
            peer.threads = 1;
            peer.batch = batch;
            peer.learningRate = RATE;
            peer.setup();
            Network network = Workloads.network(Workloads.CLASSIFIER);
            Matrix x = Workloads.uniform(batch, network.inputs(), 3);
            Matrix targets = Workloads.oneHot(batch, network.outputs());
            try (var session =
                    Backends.named("scalar").train(network, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
                for (int step = 0; step < 3; step++) {
                    double loss = session.step(x, targets, RATE, 0);
                    assertClose(new float[] {peer.step()}, new float[] {(float) loss});
                }
                for (int l = 0; l < 3; l++) {
                    assertClose(peer.weights(l), session.network().layers().get(l).weights().data());
                }
            }
            peer.close();
        }
    }

    private static float[] predict(Network network, int batch) {
        Matrix y = Matrix.zeros(batch, network.outputs());
        try (var session = Backends.named("scalar").open(network)) {
            session.predict(Workloads.uniform(batch, network.inputs(), 3), y);
        }
        return y.data();
    }

    // Relative to the largest of the expected values: single elements may be sums that cancel.
    private static void assertClose(float[] actual, float[] expected) {
        float scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertThat(actual.length).isEqualTo(expected.length);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale)) {
                throw new AssertionError("element " + i + ": the peer gives " + actual[i] + ", we give " + expected[i]);
            }
        }
    }
}
