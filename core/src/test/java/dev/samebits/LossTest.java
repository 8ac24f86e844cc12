package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private record Row(float loss, float[] gradient) {}

    private static Row row(Loss loss, float[] in, float... targets) {
        float[] d = new float[in.length];
        return new Row(loss.row(in, 0, targets, 0, d, 0, in.length), d);
    }

    private static double reference(Loss loss, double[] in, float[] y) {
        double sum = 0;
        double exponentials = Arrays.stream(in).map(Math::exp).sum();
        for (int j = 0; j < in.length; j++) {
            sum += switch (loss) {
                case CROSS_ENTROPY -> -y[j] * (in[j] - Math.log(exponentials));
                case LOGISTIC_CROSS_ENTROPY ->
                        y[j] * Math.log1p(Math.exp(-in[j])) + (1 - y[j]) * Math.log1p(Math.exp(in[j]));
                case SQUARED_ERROR -> 0.5 * (in[j] - y[j]) * (in[j] - y[j]);
            };
        }
        return sum;
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void valueAndGradientAgreeWithDoublePrecision(Loss loss) {
        SplitMix64 random = new SplitMix64(17);
        for (int n = 1; n < 40; n++) {
            float[] in = new float[n];
            float[] y = new float[n];
            for (int j = 0; j < n; j++) {
                in[j] = 8 * random.nextFloat() - 4;
                y[j] = loss == Loss.CROSS_ENTROPY ? 1f / n : random.nextFloat();
            }
            Row got = row(loss, in, y);
            double[] at = new double[n];
            Arrays.setAll(at, j -> in[j]);
            double want = reference(loss, at, y);
            assertThat((double) got.loss()).isCloseTo(want, within((n + 16) * 0x1p-24 * (want + 1)));
            double h = 1e-5;
            for (int j = 0; j < n; j++) {
                at[j] = in[j] + h;
                double up = reference(loss, at, y);
                at[j] = in[j] - h;
                double down = reference(loss, at, y);
                at[j] = in[j];
                // Gradients of cross-entropy assume targets that sum to 1, up to the rounding of 1/n.
                assertThat((double) got.gradient()[j]).isCloseTo((up - down) / (2 * h), within(2e-6));
            }
        }
    }

    @Test
    void crossEntropyOfExtremeLogits() {
        Row certain = row(Loss.CROSS_ENTROPY, new float[] {1e38f, -1e38f}, 1, 0);
        assertThat(certain.loss()).isZero();
        assertThat(certain.gradient()).containsExactly(0, 0);
        Row wrong = row(Loss.CROSS_ENTROPY, new float[] {1e38f, -1e38f}, 0, 1);
        assertThat(wrong.loss()).isEqualTo(2e38f);
        assertThat(wrong.gradient()).containsExactly(1, -1);
    }

    @Test
    void crossEntropyDoesNotCountAnImpossibleClassThatIsNotTheTarget() {
        Row row = row(Loss.CROSS_ENTROPY, new float[] {0, -INFINITY}, 1, 0);
        assertThat(row.loss()).isZero();
        assertThat(row.gradient()).containsExactly(0, 0);
        assertThat(row(Loss.CROSS_ENTROPY, new float[] {0, -INFINITY}, 0, 1).loss()).isEqualTo(INFINITY);
    }

    @Test
    void logisticCrossEntropyOfExtremeNetInputs() {
        assertThat(row(Loss.LOGISTIC_CROSS_ENTROPY, new float[] {1e38f}, 1).loss()).isZero();
        assertThat(row(Loss.LOGISTIC_CROSS_ENTROPY, new float[] {1e38f}, 0).loss()).isEqualTo(1e38f);
        assertThat(row(Loss.LOGISTIC_CROSS_ENTROPY, new float[] {-1e38f}, 1).loss()).isEqualTo(1e38f);
        assertThat(row(Loss.LOGISTIC_CROSS_ENTROPY, new float[] {-1e38f}, 1).gradient()).containsExactly(-1);
        // e⁻⁴⁰, which log(1 − σ) or softplus(z) − z would lose.
        double want = Math.log1p(Math.exp(-40));
        float got = row(Loss.LOGISTIC_CROSS_ENTROPY, new float[] {40}, 1).loss();
        assertThat(Math.abs(got - want) / Math.ulp((float) want)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void nanIsNotSwallowed(Loss loss) {
        assertThat(row(loss, new float[] {1, Float.NaN}, 1, 0).loss()).isNaN();
        assertThat(row(loss, new float[] {Float.NaN, 1}, 1, 0).loss()).isNaN();
        assertThat(row(loss, new float[] {Float.NaN, 1}, 1, 0).gradient()[0]).isNaN();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void rowsAreReadAndWrittenAtTheirOffsets(Loss loss) {
        float[] d = {42, 42, 42, 42, 42};
        float got = loss.row(new float[] {9, 0.5f, -1, 9}, 1, new float[] {0, 1, 9}, 0, d, 2, 2);
        Row want = row(loss, new float[] {0.5f, -1}, 0, 1);
        assertThat(got).isEqualTo(want.loss());
        assertThat(d).containsExactly(42, 42, want.gradient()[0], want.gradient()[1], 42);
    }

    private static Network network(Activation last, Output output) {
        return Network.of(List.of(Layer.dense(Matrix.zeros(2, 2), new float[2], last)), output);
    }

    @Test
    void theUsualLossFollowsTheOutput() {
        assertThat(Loss.of(network(Activation.IDENTITY, Output.SOFTMAX))).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(Loss.of(network(Activation.IDENTITY, Output.LOG_SOFTMAX))).isEqualTo(Loss.CROSS_ENTROPY);
        assertThat(Loss.of(network(Activation.LOGISTIC, Output.IDENTITY))).isEqualTo(Loss.LOGISTIC_CROSS_ENTROPY);
        assertThat(Loss.of(network(Activation.TANH, Output.IDENTITY))).isEqualTo(Loss.SQUARED_ERROR);
    }

    @Test
    void aLossThatDoesNotFitSaysWhatItAsksFor() {
        Network softmax = network(Activation.LOGISTIC, Output.SOFTMAX);
        Network tanh = network(Activation.TANH, Output.IDENTITY);
        assertThatIllegalArgumentException().isThrownBy(() -> Loss.CROSS_ENTROPY.check(tanh))
                .withMessageContainingAll("cross-entropy", "2 → 2 tanh", "a softmax or log-softmax output");
        assertThatIllegalArgumentException().isThrownBy(() -> Loss.LOGISTIC_CROSS_ENTROPY.check(tanh))
                .withMessageContaining("logistic activation");
        assertThatIllegalArgumentException().isThrownBy(() -> Loss.LOGISTIC_CROSS_ENTROPY.check(softmax));
        assertThatIllegalArgumentException().isThrownBy(() -> Loss.SQUARED_ERROR.check(softmax))
                .withMessageContaining("without softmax");
        Loss.SQUARED_ERROR.check(tanh);
        Loss.CROSS_ENTROPY.check(softmax);
    }
}
