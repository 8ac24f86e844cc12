package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.LayerKernels;
import dev.samebits.train.Classification;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Output, loss and risk: equations 4.40 to 4.44. */
class RiskEquationsTest {
    private static final Backend SCALAR = Backends.named("scalar");
    private static final LayerKernels KERNELS = SCALAR.kernels();

    private static float[] softmax(float... z) {
        Matrix y = Matrix.zeros(1, z.length);
        KERNELS.softmax(Matrix.row(z), y);
        return y.data();
    }

    private static float crossEntropy(float[] z, float... y) {
        float[] losses = new float[1];
        KERNELS.lossGradient(Loss.CROSS_ENTROPY, Matrix.row(z), Matrix.row(y), Matrix.zeros(1, z.length), losses);
        return losses[0];
    }

    @Test
    void oneLogisticOutputIsTheProbabilityOfClassOne_4_40() {
        Layer layer = Layer.dense(Matrix.row(2, -1), new float[] {0.5f}, Activation.LOGISTIC);
        Network network = Network.of(List.of(layer), Output.IDENTITY);
        assertThat(Loss.of(network)).isEqualTo(Loss.LOGISTIC_CROSS_ENTROPY);
        Matrix p = Matrix.zeros(2, 1);
        try (InferenceSession session = SCALAR.open(network)) {
            session.predict(Matrix.of(2, 2, 1, 1, -1, 1), p);
        }
        assertThat(Ulp.error(p.get(0, 0), Oracle.logistic(1.5))).isLessThanOrEqualTo(2);
        assertThat(Ulp.error(p.get(1, 0), Oracle.logistic(-2.5))).isLessThanOrEqualTo(2);
        assertThat(Classification.classOf(p, 0)).isEqualTo(1);
        assertThat(Classification.classOf(p, 1)).isZero();
        assertThat(Classification.classOf(Matrix.row(0.5f), 0)).isEqualTo(1);
    }

    @Test
    void softmax_4_41() {
        float[] y = softmax(1, 2, 3);
        double[] want = {0.09003057317038046, 0.24472847105479767, 0.6652409557748219};
        for (int j = 0; j < 3; j++) {
            // Relative error at most (n/2 + 8) · 2⁻²⁴.
            assertThat(Math.abs(y[j] - want[j]) / want[j]).isLessThanOrEqualTo((1.5 + 8) * 0x1p-24);
        }
    }

    @Test
    void softmaxAsANetworksOutput_4_41() {
        Layer layer = Layer.dense(Matrix.of(3, 1, 1, 2, 3), new float[3], Activation.IDENTITY);
        float[] y = new float[3];
        try (InferenceSession session = SCALAR.open(Network.of(List.of(layer), Output.SOFTMAX))) {
            session.predict(new float[] {1}, y);
        }
        assertThat(y).containsExactly(softmax(1, 2, 3));
    }

    @Test
    void softmaxOfLargeInputsIsFinite_4_41() {
        assertThat(softmax(1000, 1000)).containsExactly(0.5f, 0.5f);
        assertThat(softmax(1e38f, -1e38f, 1e38f)).containsExactly(0.5f, 0, 0.5f);
        assertThat(softmax(-1e38f, -1e38f)).containsExactly(0.5f, 0.5f);
    }

    @Test
    void crossEntropy_4_42() {
        double want = -Math.log(0.09003057317038046);
        assertThat((double) crossEntropy(new float[] {1, 2, 3}, 1, 0, 0)).isCloseTo(want, within(want * 0x1p-22));
    }

    @Test
    void crossEntropyIsFiniteWhereTheProbabilityUnderflows_4_42() {
        assertThat(softmax(0, 200)).startsWith(0);
        assertThat(crossEntropy(new float[] {0, 200}, 1, 0)).isEqualTo(200);
        assertThat(crossEntropy(new float[] {-1e38f, 1e38f}, 1, 0)).isEqualTo(2e38f);
    }

    @Test
    void crossEntropyKeepsTheDigitsOfANearlyCertainClass_4_42() {
        // log(1 + e⁻³⁰) is far below the spacing of floats at 1.
        double want = Math.log1p(Math.exp(-30));
        assertThat(Ulp.error(crossEntropy(new float[] {30, 0}, 1, 0), want)).isLessThanOrEqualTo(2);
    }

    private static final Network ONES_3_4_1 = Network.of(List.of(
            Layer.dense(Matrix.of(4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), new float[] {1, 1, 1, 1}, Activation.LOGISTIC),
            Layer.dense(Matrix.of(1, 4, 1, -2, 1, 1), new float[] {1}, Activation.LOGISTIC)), Output.IDENTITY);

    @Test
    void structuralRisk_4_43() {
        // ‖W‖² = 12 + 7.
        assertThat(Loss.structuralRisk(0.75, 0.5, ONES_3_4_1)).isEqualTo(0.75 + 0.5 * 0.5 * 19);
        assertThat(Loss.structuralRisk(0.75, 0, ONES_3_4_1)).isEqualTo(0.75);
    }

    @Test
    void frobeniusNormLeavesTheBiasesOut_4_44() {
        assertThat(ONES_3_4_1.squaredFrobeniusNorm()).isEqualTo(19);
    }

    @Test
    void frobeniusNormIsSummedInDouble_4_44() {
        Layer layer = Layer.dense(Matrix.row(3e30f, 1e-3f), new float[1], Activation.IDENTITY);
        double want = (double) 3e30f * 3e30f + (double) 1e-3f * 1e-3f;
        assertThat(Network.of(List.of(layer), Output.IDENTITY).squaredFrobeniusNorm()).isEqualTo(want).isFinite();
    }
}
