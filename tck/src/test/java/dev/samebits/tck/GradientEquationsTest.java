package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Output;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import dev.samebits.tck.Formulas.Formula;
import dev.samebits.LayerKernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients and update: equations 4.45 to 4.69. */
class GradientEquationsTest {
    private static final Backend SCALAR = Backends.named("scalar");
    private static final LayerKernels KERNELS = SCALAR.kernels();

    @Test
    void update_4_45_to_4_48() {
        // α = 0.5, N = 2, λ = 0.25 for weights and 0 for biases.
        Matrix w = Matrix.row(1, -2);
        KERNELS.update(w, Matrix.row(4, 8), 0.5f, 0.5f, 0.25f);
        assertThat(w.data()).containsExactly(1 - 0.5f * (2 + 0.25f), -2 - 0.5f * (4 - 0.5f));
        Matrix b = Matrix.row(3);
        KERNELS.update(b, Matrix.row(2), 0.5f, 0.5f, 0);
        assertThat(b.data()).containsExactly(3 - 0.5f);
    }

    @Test
    void stepTakesTheMeanOfTheSamplesAndDecaysWeightsOnly_4_45_to_4_48() {
        // z = w x + b = 2 and 3; errors a − y = 1 and 3; mean gradients (1·1 + 3·2)/2 = 3.5 and (1 + 3)/2 = 2.
        Network line = Network.of(
                List.of(Layer.dense(Matrix.row(1), new float[] {1}, Activation.IDENTITY)), Output.IDENTITY);
        try (TrainingSession session = SCALAR.train(line, Loss.SQUARED_ERROR, SessionOptions.defaults())) {
            double loss = session.step(Matrix.of(2, 1, 1, 2), Matrix.of(2, 1, 1, 0), 0.5f, 0.25f);
            assertThat(loss).isEqualTo((0.5 * 1 + 0.5 * 9) / 2);
            Layer learned = session.network().layers().get(0);
            assertThat(learned.weights().data()).containsExactly(1 - 0.5f * (3.5f + 0.25f));
            assertThat(learned.bias()).containsExactly(1 - 0.5f * 2);
        }
    }

    @Test
    void deltaOfSoftmaxIsPredictionMinusTarget_4_51_to_4_62() {
        Matrix d = Matrix.zeros(1, 3);
        KERNELS.lossGradient(Loss.CROSS_ENTROPY, Matrix.row(1, 2, 3), Matrix.row(0, 1, 0), d, new float[1]);
        Matrix prediction = Matrix.zeros(1, 3);
        KERNELS.softmax(Matrix.row(1, 2, 3), prediction);
        assertThat(d.data()).containsExactly(
                prediction.get(0, 0), prediction.get(0, 1) - 1, prediction.get(0, 2));
    }

    @Test
    void deltaOfLogisticIsPredictionMinusTarget_4_51_to_4_62() {
        Matrix d = Matrix.zeros(1, 2);
        float[] losses = new float[1];
        KERNELS.lossGradient(Loss.LOGISTIC_CROSS_ENTROPY, Matrix.row(1, -2), Matrix.row(1, 0), d, losses);
        assertThat(d.data()).containsExactly(Activation.LOGISTIC.value(1) - 1, Activation.LOGISTIC.value(-2));
        double want = -Math.log(Oracle.logistic(1)) - Math.log(1 - Oracle.logistic(-2));
        assertThat((double) losses[0]).isCloseTo(want, within(1e-6));
    }

    @Test
    void deltaOfAHiddenLayer_4_63_to_4_67() {
        Matrix da = Matrix.zeros(1, 2);
        KERNELS.backpropagate(Matrix.row(1, -2, 4), Matrix.of(3, 2, 1, 2, 3, 4, 5, 6), da);
        assertThat(da.data()).containsExactly(1 - 6 + 20, 2 - 8 + 24);
        Matrix dz = Matrix.zeros(1, 2);
        KERNELS.activationGradient(Activation.leakyRelu(0.5f), null, Matrix.row(1, -1), da, dz);
        assertThat(dz.data()).containsExactly(15, 9);
    }

    @Test
    void outerProduct_4_68() {
        Matrix dw = Matrix.zeros(2, 3);
        KERNELS.outerProductGradient(Matrix.row(2, -1), Matrix.row(1, 2, 3), dw);
        assertThat(dw.data()).containsExactly(2, 4, 6, -1, -2, -3);
        // A second sample is added.
        KERNELS.outerProductGradient(Matrix.row(1, 0), Matrix.row(1, 1, 1), dw);
        assertThat(dw.data()).containsExactly(3, 5, 7, -1, -2, -3);
    }

    @Test
    void biasGradient_4_69() {
        float[] db = {10, 20};
        KERNELS.biasGradient(Matrix.of(3, 2, 1, 2, 3, 4, 5, 6), db);
        assertThat(db).containsExactly(19, 32);
    }

    /** Equal logits make every number of this step exact: z¹ = (3, −1), a¹ = (3, 0), z² = (6, 6), ŷ = (½, ½). */
    @Test
    void backPropagationByHand_4_51_to_4_69() {
        Network network = Network.of(List.of(
                Layer.dense(Matrix.of(2, 2, 1, 1, 1, -1), new float[2], Activation.RELU),
                Layer.dense(Matrix.of(2, 2, 1, 2, 2, 3), new float[] {3, 0}, Activation.IDENTITY)), Output.SOFTMAX);
        try (TrainingSession session = SCALAR.train(network, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
            double loss = session.step(Matrix.row(1, 2), Matrix.row(1, 0), 0.5f, 0);
            assertThat(loss).isCloseTo(Math.log(2), within(Math.ulp(0.7f) * 1.0));
            // δ² = (−½, ½), Wᵀδ² = (½, ½), δ¹ = (½, 0).
            Layer first = session.network().layers().get(0);
            assertThat(first.weights().data()).containsExactly(0.75f, 0.5f, 1, -1);
            assertThat(first.bias()).containsExactly(-0.25f, 0);
            Layer second = session.network().layers().get(1);
            assertThat(second.weights().data()).containsExactly(1.75f, 2, 1.25f, 3);
            assertThat(second.bias()).containsExactly(3.25f, -0.25f);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.samebits.tck.Formulas#all")
    void backPropagationAgreesWithFiniteDifferences_4_51_to_4_69(Formula formula) {
        Network network = Network.builder(3).dense(4, formula.function()).dense(2, Activation.IDENTITY).softmax()
                .biases(ActivationSpec.bias(formula.function())).build(7);
        GradientContract.check(SCALAR, network, 1, 0);
    }

    @Test
    void maxoutBackPropagationAgreesWithFiniteDifferences_4_31() {
        Network network = Network.builder(3).maxout(4, 3).dense(2, Activation.IDENTITY).softmax().build(7);
        GradientContract.check(SCALAR, network, 1, 0);
    }
}
