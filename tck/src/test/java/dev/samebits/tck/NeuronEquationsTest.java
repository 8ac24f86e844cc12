package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.LayerKernels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Neuron, layer and network: equations 4.1 to 4.3, 4.30 to 4.39. */
class NeuronEquationsTest {
    private static final Backend SCALAR = Backends.named("scalar");
    private static final LayerKernels KERNELS = SCALAR.kernels();
    private static final float[] X = {1, 2, 3};

    private static float[] ones(int n) {
        float[] values = new float[n];
        Arrays.fill(values, 1);
        return values;
    }

    private static Layer onesLayer(int outputs, int inputs) {
        return Layer.dense(Matrix.of(outputs, inputs, ones(outputs * inputs)), ones(outputs), Activation.LOGISTIC);
    }

    private static float[] predict(Network network, float... x) {
        float[] y = new float[network.outputs()];
        try (InferenceSession session = SCALAR.open(network)) {
            session.predict(x, y);
        }
        return y;
    }

    @Test
    void netInput_4_1_to_4_2() {
        float[] z = new float[1];
        KERNELS.matvec(Matrix.row(1, 2, 3), ones(1), X, z);
        assertThat(z).containsExactly(15);
    }

    @Test
    void activationOfTheNetInput_4_3() {
        Network neuron = Network.of(
                List.of(Layer.dense(Matrix.row(1, 2, 3), ones(1), Activation.SINE)), Output.IDENTITY);
        float a = predict(neuron, X)[0];
        assertThat(a).isEqualTo(Activation.SINE.value(15));
        assertThat(Ulp.error(a, 0.6502878401571168)).isLessThanOrEqualTo(1.5);
    }

    @Test
    void affinePieces_4_30() {
        float[] z = new float[3];
        KERNELS.matvec(Matrix.of(3, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3), X, X, z);
        assertThat(z).containsExactly(15, 16, 17);
    }

    @Test
    void maxout_4_31() {
        Layer maxout = Layer.maxout(Matrix.of(3, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3), X, 3);
        assertThat(predict(Network.of(List.of(maxout), Output.IDENTITY), X)).containsExactly(17);
        Matrix a = Matrix.zeros(1, 1);
        KERNELS.maxout(3, Matrix.row(15, 16, 17), a);
        assertThat(a.get(0, 0)).isEqualTo(17);
    }

    @Test
    void maxoutTakesTheLargestPieceOfEachOutput_4_31() {
        // Two outputs of three pieces, piece by piece: output 0 has 1, 5, 3 and output 1 has 9, 2, 4.
        Matrix a = Matrix.zeros(1, 2);
        KERNELS.maxout(3, Matrix.row(1, 9, 5, 2, 3, 4), a);
        assertThat(a.data()).containsExactly(5, 9);
    }

    @Test
    void layer_4_32_to_4_34() {
        Layer layer = onesLayer(4, 3);
        Matrix z = Matrix.zeros(1, 4);
        KERNELS.affine(Matrix.row(X), layer.weights(), layer.bias(), z);
        assertThat(z.data()).containsOnly(7);
        Matrix a = Matrix.zeros(1, 4);
        KERNELS.activate(layer.activation(), null, z, a);
        assertThat(a.data()).containsOnly(a.get(0, 0));
        assertThat(a.get(0, 0)).isCloseTo(0.99908895f, within(Math.ulp(1f)));
        assertThat(predict(Network.of(List.of(layer), Output.IDENTITY), X)).containsExactly(a.data());
    }

    @Test
    void batchedLayerIsTheLayerOfEveryRow_4_32() {
        Matrix w = Matrix.of(2, 3, 1, 2, 3, -1, 0, 0.5f);
        float[] b = {1, -1};
        Matrix x = Matrix.of(2, 3, 1, 2, 3, 4, 5, 6);
        Matrix z = Matrix.zeros(2, 2);
        KERNELS.affine(x, w, b, z);
        assertThat(z.data()).containsExactly(15, -0.5f, 33, -2);
    }

    @Test
    void network_4_35_to_4_39() {
        Network network = Network.of(List.of(onesLayer(4, 3), onesLayer(1, 4)), Output.IDENTITY);
        assertThat(network.toString()).isEqualTo("3 → 4 logistic → 1 logistic");
        float y = predict(network, X)[0];
        double hidden = Oracle.logistic(7);
        assertThat((double) y).isCloseTo(0.99328288, within(5e-8 + Math.ulp(1f)));
        assertThat((double) y).isCloseTo(Oracle.logistic(4 * hidden + 1), within(2.0 * Math.ulp(1f)));
    }
}
