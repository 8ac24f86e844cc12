package dev.samebits.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.samebits.Backends;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.bench.jmh.KernelBenchmark;
import dev.samebits.bench.jmh.Vectors;
import dev.samebits.bench.jmh.Workloads;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    @ValueSource(strings = {"mnist", "tabular", "policy", "recommender", "wide", "clicks", "logistic", "tanh", "gelu",
        "gelu-tanh", "gelu-logistic", "relu", "residual", "layer-norm", "wide-deep", "deepfm", "dcn", "two-towers", "ncf",
        "gated", "heads", "agent"})
    void onnxRuntime(String network) throws IOException, OrtException {
        for (int batch : new int[] {1, 8, 70}) {
            OnnxRuntimePeer peer = new OnnxRuntimePeer();
            peer.network = network;
            peer.threads = batch == 8 ? 2 : 1;
            peer.batch = batch;
            peer.setup();
            float[] expected = bySection(Workloads.network(network), batch);
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
    @CsvSource({"33, 100", "257, 64", "784, 128"})
    void vectorBlasOfOneSample(int inputs, int outputs) {
        VectorBlasKernelPeer peer = new VectorBlasKernelPeer();
        KernelBenchmark own = new KernelBenchmark();
        peer.batch = own.batch = 1;
        peer.inputs = own.inputs = inputs;
        peer.outputs = own.outputs = outputs;
        own.backend = "scalar";
        peer.setup();
        own.setup();
        for (int call = 0; call < 2; call++) {
            assertClose(peer.matvec(), own.matvec());
            assertClose(peer.backpropagate(), own.backpropagate().data());
            assertClose(peer.outerProductGradient(), own.outerProductGradient().data());
        }
    }

    /** On a machine with AVX-512, beside JVMs that were told to use AVX2. */
    @Test
    void openBlasTakesTheKernelsThatItIsTold() throws IOException, InterruptedException {
        Vectors narrowed = new Vectors(256, 512);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(narrowed.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OpenBlasCore.class.getName()));
        Process fork = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(fork.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(fork.waitFor()).as(said).isZero();
        assertThat(said).contains("kernels of Haswell");
    }

    /** In a process of its own, since the library looks once, when it is loaded. */
    static final class OpenBlasCore {
        public static void main(String[] arguments) {
            OpenBlasPeer peer = new OpenBlasPeer();
            peer.threads = 1;
            peer.batch = 2;
            peer.inputs = 3;
            peer.outputs = 5;
            peer.setup();
        }
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

    // All rows of one output after all rows of the one before it.
    private static float[] bySection(Network network, int batch) {
        Matrix y = Matrix.of(batch, network.outputs(), predict(network, batch));
        FloatBuffer all = FloatBuffer.allocate(batch * network.outputs());
        network.outputSections().forEach(section -> all.put(section.of(y).copy().data()));
        return all.array();
    }

    private static float[] predict(Network network, int batch) {
        Matrix y = Matrix.zeros(batch, network.outputs());
        try (var session = Backends.named("scalar").open(network)) {
            session.predict(Workloads.rows(batch, network), y);
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
