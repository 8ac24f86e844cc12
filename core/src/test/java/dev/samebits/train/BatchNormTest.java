package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.BatchNorm;
import dev.samebits.Layer;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.Output;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BatchNormTest {
    private static final float EPSILON = 1e-5f;

    private static Network network() {
        return Network.of(List.of(Layer.dense(Matrix.of(1, 1, 3), new float[] {0.5f}, Activation.IDENTITY),
                Layer.dense(Matrix.of(1, 1, 1), new float[1], Activation.IDENTITY)), Output.IDENTITY);
    }

    private static TrainingSession session(BatchNorm norm) {
        return Backends.named("scalar").train(network(), Loss.SQUARED_ERROR,
                TrainingOptions.of(Optimizer.SGD).withBatchNorm(norm), SessionOptions.defaults());
    }

    private static float folded(float variance) {
        return 1 / (float) Math.sqrt(variance + EPSILON);
    }

    /** 3x of 1 and 3 has mean 6 and variance 9; of 2 and 2, mean 6 and variance 0. At rate 0 nothing is learned. */
    @Test
    void foldsWhatTheBatchesWere() {
        try (TrainingSession session = session(new BatchNorm(0.25f, EPSILON))) {
            assertFolded(session, 3 * folded(1), 0.5f);
            session.step(Matrix.of(2, 1, 1, 3), Matrix.zeros(2, 1), 0, 0);
            assertFolded(session, 3 * folded(9), Math.fma(-6, folded(9), 0.5f));
            session.step(Matrix.of(2, 1, 2, 2), Matrix.zeros(2, 1), 0, 0);
            assertFolded(session, 3 * folded(4.5f), Math.fma(-6, folded(4.5f), 0.5f));
            // One row has no variance, and is left out.
            session.step(Matrix.of(1, 1, 100), Matrix.zeros(1, 1), 0, 0);
            assertFolded(session, 3 * folded(4.5f), Math.fma(-6, folded(4.5f), 0.5f));
        }
    }

    private static void assertFolded(TrainingSession session, float weight, float bias) {
        Layer layer = session.network().layers().get(0);
        assertThat(layer.weights().get(0, 0)).isEqualTo(weight);
        assertThat(layer.bias()).containsExactly(bias);
    }

    /** h is −1 and 1 but for ε, the shift 0.5: the outputs are −0.5 and 1.5, half their squares on average 0.625. */
    @Test
    void takesTheLossOfNormalisedInputs() {
        try (TrainingSession session = session(BatchNorm.STANDARD)) {
            assertThat(session.step(Matrix.of(2, 1, 1, 3), Matrix.zeros(2, 1), 0, 0))
                    .isCloseTo(0.625, Offset.offset(1e-5));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        for (float bad : new float[] {0, -1, 1.5f, Float.NaN}) {
            assertThatThrownBy(() -> new BatchNorm(bad, EPSILON)).hasMessageContaining("momentum")
                    .hasMessageContaining("" + bad);
        }
        for (float bad : new float[] {0, 2, Float.NaN}) {
            assertThatThrownBy(() -> new BatchNorm(0.1f, bad)).hasMessageContaining("epsilon")
                    .hasMessageContaining("" + bad);
        }
        Network flat = Network.builder(2).dense(1, Activation.IDENTITY).build(1);
        assertThatThrownBy(() -> Backends.named("scalar").train(flat, Loss.SQUARED_ERROR,
                TrainingOptions.of(Optimizer.SGD).withBatchNorm(BatchNorm.STANDARD), SessionOptions.defaults()))
                        .hasMessageContaining("hidden layers").hasMessageContaining("has none");
    }
}
