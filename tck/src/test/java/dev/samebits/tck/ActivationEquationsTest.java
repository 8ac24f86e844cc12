package dev.samebits.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Layer;
import dev.samebits.Matrix;
import dev.samebits.tck.Formulas.Formula;
import dev.samebits.LayerKernels;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activation functions and their derivatives: equations 4.3 to 4.31. */
class ActivationEquationsTest {
    private static final LayerKernels KERNELS = Backends.named("scalar").kernels();
    // Away from the corners of the piecewise functions, where there is no derivative.
    private static final float[] POINTS = {-3, -1.5f, -0.25f, 0.5f, 1.25f, 3};
    // The promise is for values; derivatives lose a little more where two terms nearly cancel.
    private static final double DERIVATIVE_ULPS = 4;

    @Test
    void everyFunctionHasItsFormula() {
        EnumSet<Activation.Kind> missing = EnumSet.allOf(Activation.Kind.class);
        Formulas.ALL.forEach(formula -> missing.remove(formula.function().kind()));
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.samebits.tck.Formulas#all")
    void knownValueAtOne(Formula formula) {
        float got = formula.function().value(1, Formulas.PRELU_SLOPE);
        assertThat(Ulp.error(got, formula.atOne())).isLessThanOrEqualTo(formula.ulps());
        assertThat(formula.value().applyAsDouble(1)).isEqualTo(formula.atOne(), within(1e-15));
    }

    @ParameterizedTest
    @MethodSource("dev.samebits.tck.Formulas#all")
    void forwardKernelFollowsTheFormula(Formula formula) {
        Matrix a = Matrix.zeros(1, POINTS.length);
        KERNELS.activate(formula.function(), slopes(), Matrix.row(POINTS), a);
        for (int i = 0; i < POINTS.length; i++) {
            assertThat(Ulp.error(a.get(0, i), formula.value().applyAsDouble(POINTS[i])))
                    .as("%s at %s", formula, POINTS[i])
                    .isLessThanOrEqualTo(formula.ulps());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.samebits.tck.Formulas#all")
    void backwardKernelFollowsTheDerivative(Formula formula) {
        Matrix ones = Matrix.zeros(1, POINTS.length);
        Arrays.fill(ones.data(), 1);
        Matrix dz = Matrix.zeros(1, POINTS.length);
        KERNELS.activationGradient(formula.function(), slopes(), Matrix.row(POINTS), ones, dz);
        for (int i = 0; i < POINTS.length; i++) {
            assertThat(Ulp.error(dz.get(0, i), formula.derivative().applyAsDouble(POINTS[i])))
                    .as("derivative of %s at %s", formula, POINTS[i])
                    .isLessThanOrEqualTo(DERIVATIVE_ULPS);
        }
    }

    /** What the contracts take for exact is the formula, but for the tails, where the textbook's form has no digits left. */
    @ParameterizedTest
    @MethodSource("dev.samebits.tck.Formulas#all")
    void theOracleFollowsTheFormula(Formula formula) {
        for (float x : POINTS) {
            assertThat(ActivationOracle.value(formula.function(), x, Formulas.PRELU_SLOPE))
                    .as("%s at %s", formula, x)
                    .isEqualTo(formula.value().applyAsDouble(x), within(1e-14));
            assertThat(ActivationOracle.derivative(formula.function(), x, Formulas.PRELU_SLOPE))
                    .as("derivative of %s at %s", formula, x)
                    .isEqualTo(formula.derivative().applyAsDouble(x), within(1e-14));
        }
    }

    private static float[] slopes() {
        float[] slopes = new float[POINTS.length];
        Arrays.fill(slopes, Formulas.PRELU_SLOPE);
        return slopes;
    }

    @Test
    void hardLogisticClipsWhereItsLineLeavesZeroToOne_4_9_to_4_11() {
        assertThat(Activation.HARD_LOGISTIC.value(-2)).isZero();
        assertThat(Activation.HARD_LOGISTIC.value(-100)).isZero();
        assertThat(Activation.HARD_LOGISTIC.value(2)).isEqualTo(1);
        assertThat(Activation.HARD_LOGISTIC.value(100)).isEqualTo(1);
    }

    @Test
    void linearTanhIsTheIdentity_4_12_to_4_13() {
        assertThat(Activation.LINEAR_TANH).isSameAs(Activation.IDENTITY);
    }

    @Test
    void leakyReluIsAlsoTheLargerOfXAndGammaX_4_20() {
        Activation leaky = Activation.leakyRelu(0.01f);
        for (float x : POINTS) {
            assertThat(leaky.value(x)).isEqualTo(Math.max(x, 0.01f * x));
        }
    }

    @Test
    void preluHasOneSlopePerNeuron_4_21_to_4_22() {
        float[] slopes = {0.5f, -2, 0};
        Layer layer = Layer.prelu(Matrix.of(3, 1, 1, 1, 1), new float[3], slopes);
        assertThat(layer.slopes()).containsExactly(slopes);
        Matrix a = Matrix.zeros(1, 3);
        KERNELS.activate(layer.activation(), layer.slopes(), Matrix.row(-4, -4, -4), a);
        assertThat(a.data()).containsExactly(-2, 8, -0f);
    }

    @Test
    void preluSlopesGetAGradient_4_22() {
        float[] gradient = {10, 0};
        KERNELS.slopeGradient(Matrix.of(2, 2, -4, 5, -1, -2), Matrix.of(2, 2, 3, 7, 2, 6), gradient);
        assertThat(gradient).containsExactly(10 - 12 - 2, -12);
    }

    @Test
    void eluScalesItsLeftSide_4_23_to_4_24() {
        assertThat(Ulp.error(Activation.elu(2.5f).value(-1), 2.5 * Math.expm1(-1))).isLessThanOrEqualTo(2);
        assertThat(Activation.elu(2.5f).value(Float.NEGATIVE_INFINITY)).isEqualTo(-2.5f);
    }

    @Test
    void softplusDoesNotOverflow_4_25() {
        assertThat(Activation.SOFTPLUS.value(1e30f)).isEqualTo(1e30f);
        assertThat(Activation.SOFTPLUS.value(-1e30f)).isZero();
    }

    @Test
    void swishScalesItsGate_4_26() {
        double want = 1.5 / (1 + Math.exp(-3 * 1.5));
        assertThat(Ulp.error(Activation.swish(3).value(1.5f), want)).isLessThanOrEqualTo(3);
    }
}
