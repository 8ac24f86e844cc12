package dev.samebits.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Names;
import dev.samebits.Network;
import dev.samebits.Operation;
import dev.samebits.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardizationTest {
    private static final Backend SCALAR = Backends.named("scalar");

    private static Samples samples(float... x) {
        return Samples.of(Matrix.of(x.length, 1, x), Matrix.zeros(x.length, 1));
    }

    @Test
    void knownValues() {
        // Mean 5, and a deviation of 2.
        Standardization scaling = Standardization.ofInputs(samples(2, 4, 4, 4, 5, 5, 7, 9));
        assertThat(scaling.center()).containsExactly(5);
        assertThat(scaling.deviation()).containsExactly(2);
        assertThat(scaling.scale()).containsExactly(0.5f);
        assertThat(scaling.constants()).isEmpty();
        // A sum in float would end at 2²⁴.
        float[] ones = new float[1 << 17];
        for (int n = 0; n < ones.length; n++) {
            ones[n] = 1000 + (n & 1);
        }
        assertThat(Standardization.ofInputs(samples(ones)).center()).containsExactly(1000.5f);
        assertThat(Standardization.ofInputs(samples(ones)).scale()).containsExactly(2);
    }

    @Test
    void whatHasNoScaleIsConstant() {
        for (float[] column : new float[][] {{7, 7, 7}, {0, 1e-45f, 0}, {-0f, 0f, 0f}}) {
            Standardization scaling = Standardization.ofInputs(samples(column));
            assertThat(scaling.constants()).containsExactly(0);
            assertThat(scaling.scale()).containsExactly(0);
            assertThat(scaling.deviation()).containsExactly(0);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Standardization.ofInputs(samples(1, Float.NaN)))
                .withMessageContaining("input 0 of sample 1 is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Standardization.ofTargets(Samples.of(Matrix.row(1),
                Matrix.row(Float.POSITIVE_INFINITY)))).withMessageContaining("target 0 of sample 0 is Infinity");
        assertThatIllegalArgumentException().isThrownBy(() -> Standardization.ofInputs(samples(1, 2))
                .inputsOf(Samples.of(Matrix.row(1, 2), Matrix.row(1)))).withMessageContaining("2 inputs");
    }

    /** Seed 3: what the scaled network gives for rows is what its chain gives for scaled rows, to the bit. */
    @Test
    void theNetworkScalesAsTheSamplesWere() {
        SplitMix64 random = new SplitMix64(3);
        Matrix x = Matrix.zeros(40, 5);
        Matrix y = Matrix.zeros(40, 2);
        for (int n = 0; n < 40; n++) {
            for (int j = 0; j < 5; j++) {
                x.set(n, j, j == 4 ? 3 : (random.nextFloat() - 0.3f) * (float) Math.pow(10, 3 * j - 5));
            }
            y.set(n, 0, 1000 + random.nextFloat());
            y.set(n, 1, random.nextFloat() / 1000);
        }
        Samples samples = Samples.of(x, y);
        Standardization inputs = Standardization.ofInputs(samples);
        Standardization targets = Standardization.ofTargets(samples);
        Samples scaled = targets.targetsOf(inputs.inputsOf(samples));
        Network chain = Network.builder(5).dense(7, Activation.TANH).dense(2, Activation.IDENTITY).build(1)
                .withNames(new Names(List.of("a", "b", "c", "d", "e"), List.of("s", "t"), List.of()));
        Network whole = targets.behind(inputs.inFrontOf(chain));
        assertThat(whole.isChain()).isFalse();
        assertThat(whole.names()).isEqualTo(chain.names());
        assertThat(whole.describe()).isEqualTo("inputs input 5\n1: center-scale of input → 5\n2: dense 5 → 7 tanh of 1 → 7\n"
                + "3: dense 7 → 2 identity of 2 → 2\n4: scale-shift of 3 → 2\noutput output 2 is 4\n");
        Matrix row = Matrix.zeros(1, 5);
        Matrix target = Matrix.zeros(1, 2);
        try (InferenceSession raw = SCALAR.open(whole); InferenceSession inner = SCALAR.open(chain)) {
            for (int n = 0; n < 40; n++) {
                scaled.read(n, row, target, 0);
                assertThat(row.get(0, 4)).isZero();
                float[] z = inner.predict(row.data());
                float[] got = raw.predict(java.util.Arrays.copyOfRange(x.data(), 5 * n, 5 * n + 5));
                for (int k = 0; k < 2; k++) {
                    float want = Math.fma(targets.deviation()[k], z[k], targets.center()[k]);
                    assertThat(Float.floatToIntBits(got[k])).as("row %d, output %d", n, k)
                            .isEqualTo(Float.floatToIntBits(want));
                    assertThat(target.get(0, k))
                            .isEqualTo((y.get(n, k) - targets.center()[k]) * targets.scale()[k]);
                }
            }
        }
    }

    @Test
    void weightsOfSamplesStay() {
        Samples weighted = samples(1, 2, 3).withWeights(new float[] {1, 0, 2.5f});
        Samples scaled = Standardization.ofInputs(weighted).inputsOf(weighted);
        assertThat(scaled.isWeighted()).isTrue();
        assertThat(scaled.weight(2)).isEqualTo(2.5f);
        assertThat(Standardization.ofInputs(weighted).inputsOf(samples(1, 2)).isWeighted()).isFalse();
    }

    @Test
    void whatCannotBeScaledIsRefused() {
        var graph = Network.graph();
        var a = graph.input("a", 2);
        Network two = graph.output("s", a.concat(graph.input("b", 1)).dense(1, Activation.RELU)).output("t", a).build(1);
        assertThatIllegalArgumentException().isThrownBy(() -> two.withScaledInputs(new Operation.CenterScale(new float[3],
                new float[3]))).withMessageContaining("several inputs").withMessageContaining("Value.centerScale");
        assertThatIllegalArgumentException().isThrownBy(() -> two.withScaledOutputs(new Operation.ScaleShift(new float[3],
                new float[3]))).withMessageContaining("several outputs").withMessageContaining("Value.scaleShift");
        Network chain = Network.builder(2).dense(1, Activation.RELU).build(1);
        assertThatIllegalArgumentException().isThrownBy(() -> chain.withScaledInputs(new Operation.CenterScale(new float[3],
                new float[3])));
    }
}
