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
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Where the textbook's example code departs from its own equations, the library follows the equations. The unused shuffle is
 * in {@link Algorithm41Test}.
 */
class TextbookDeparturesTest {
    private static final Backend SCALAR = Backends.named("scalar");

    @Test
    void logisticDerivativeIsNotSigmaOfOneMinusX() {
        double sigma = Oracle.logistic(1);
        float derivative = Activation.LOGISTIC.derivative(1);
        assertThat((double) derivative).isCloseTo(sigma * (1 - sigma), within(1e-8));
        assertThat((double) derivative).isNotCloseTo(sigma * Oracle.logistic(0), within(0.1));
    }

    @Test
    void deltaHasTheSignThatMakesDescentDescend() {
        Matrix d = Matrix.zeros(1, 2);
        SCALAR.kernels().lossGradient(Loss.CROSS_ENTROPY, Matrix.row(0, 0), Matrix.row(1, 0), d, new float[1]);
        assertThat(d.data()).containsExactly(-0.5f, 0.5f);
        Network network = Network.builder(2).dense(3, Activation.LOGISTIC).dense(2, Activation.IDENTITY).softmax().build(1);
        try (TrainingSession session = SCALAR.train(network, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
            Matrix x = Matrix.row(1, -1);
            double before = session.step(x, Matrix.row(1, 0), 0.1f, 0);
            assertThat(session.step(x, Matrix.row(1, 0), 0.1f, 0)).isLessThan(before);
        }
    }

    @Test
    void structuralRiskHasTheFactorHalfLambda() {
        Network network = Network.of(
                List.of(Layer.dense(Matrix.row(3, 4), new float[1], Activation.IDENTITY)), Output.IDENTITY);
        assertThat(Loss.structuralRisk(1, 0.5, network)).isEqualTo(1 + 0.5 * 0.5 * 25);
    }

    @Test
    void weightDecayIsTheGradientOfHalfLambdaNormSquared() {
        // Without data gradient one step shrinks w by α λ w, neither half nor twice that.
        Matrix w = Matrix.row(8);
        SCALAR.kernels().update(w, Matrix.row(0), 0.5f, 1, 0.25f);
        assertThat(w.data()).containsExactly(7);
    }

    @Test
    void softmaxDoesNotOverflow() {
        Matrix y = Matrix.zeros(1, 3);
        SCALAR.kernels().softmax(Matrix.row(3e38f, 800, 3e38f), y);
        assertThat(y.data()).containsExactly(0.5f, 0, 0.5f);
    }

    @Test
    void hardTanhIsTheIdentityBetweenMinusOneAndOne() {
        for (float x : new float[] {-0.999f, -0.5f, -1e-30f, 0, 0.5f, 0.999f}) {
            assertThat(Activation.HARD_TANH.value(x)).isEqualTo(x);
            assertThat(Activation.HARD_TANH.derivative(x)).isEqualTo(1);
        }
    }
}
