package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptimizerTest {
    @Test
    void namesAreRead() {
        for (Optimizer.Kind kind : Optimizer.Kind.values()) {
            assertThat(Optimizer.named(kind.label().toUpperCase(java.util.Locale.ROOT)).kind()).isEqualTo(kind);
        }
        assertThat(Optimizer.named("adam")).isEqualTo(Optimizer.adam()).isNotEqualTo(Optimizer.adamW());
        assertThat(Optimizer.adam()).hasToString("adam(beta1 0.9, beta2 0.999, epsilon 1.0E-8)");
        assertThat(Optimizer.SGD).hasToString("sgd");
        assertThatThrownBy(() -> Optimizer.named("lion")).hasMessageContaining("'lion'").hasMessageContaining("adamw");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refused("momentum of momentum must lie from 0 to below 1, not 1.0", () -> Optimizer.momentum(1));
        refused("momentum of nesterov must lie from 0 to below 1, not NaN", () -> Optimizer.nesterov(Float.NaN));
        refused("beta1 of adam must lie from 0 to below 1, not -0.1", () -> Optimizer.adam(-0.1f, 0.9f, 1e-8f));
        refused("beta2 of adamw must lie from 0 to below 1, not 1.5", () -> Optimizer.adamW(0.9f, 1.5f, 1e-8f));
        refused("epsilon of rmsprop must lie from 1e-30 to 1, not 0.0", () -> Optimizer.rmsprop(0.9f, 0));
        refused("beta1 of sgd must be 0, not 0.9", () -> new Optimizer(Optimizer.Kind.SGD, 0, 0.9f, 0, 0));
    }

    private static void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    /** After two steps of β₁ = 0.5 and β₂ = 0.75 the corrections are exact numbers. */
    @Test
    void correctionsOfAdam() {
        OptimizerStep step = new OptimizerStep(Optimizer.adam(0.5f, 0.75f, 1e-8f));
        step.advance(0.25f, 1, 0.5f);
        assertThat(step.rate()).isEqualTo(0.5f);
        assertThat(step.correction()).isEqualTo(2f);
        step.advance(0.75f, 0.125f, 0.5f);
        assertThat(step.rate()).isEqualTo(1f);
        assertThat(step.correction()).isEqualTo((float) (1 / Math.sqrt(1 - 0.5625)));
        assertThat(step.scale()).isEqualTo(0.125f);
        assertThat(step.weightDecay()).isEqualTo(0.5f);
        assertThat(step.shrinkage()).isZero();
    }

    @Test
    void adamWDecaysApartFromTheGradient() {
        OptimizerStep step = new OptimizerStep(Optimizer.adamW());
        step.advance(0.25f, 1, 0.5f);
        assertThat(step.weightDecay()).isZero();
        assertThat(step.shrinkage()).isEqualTo(0.125f);
    }
}
