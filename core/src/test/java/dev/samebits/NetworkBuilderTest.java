package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    @Test
    void buildsTheLayersInOrder() {
        Network network = Network.builder(3).dense(4, Activation.TANH).maxout(2, 5).dense(6, Activation.PRELU)
                .logSoftmax().biases(0.5f).build(1);
        assertThat(network).hasToString("3 → 4 tanh → 2 maxout of 5 → 6 prelu → log-softmax");
        assertThat(network.layers().get(1).rows()).isEqualTo(10);
        assertThat(network.layers().get(2).slopes()).containsOnly(NetworkBuilder.PRELU_START).hasSize(6);
        network.layers().forEach(layer -> assertThat(layer.bias()).containsOnly(0.5f));
    }

    @Test
    void drawsLayerByLayerAndRowByRow() {
        Network network =
                Network.builder(2).dense(3, Activation.RELU).maxout(1, 2).weights(Initializer.UNIT_UNIFORM).build(5);
        SplitMix64 random = new SplitMix64(5);
        for (Layer layer : network.layers()) {
            for (float w : layer.weights().data()) {
                assertThat(w).isEqualTo(random.nextFloat());
            }
        }
    }

    @Test
    void initializersStayWithinTheirLimits() {
        assertSpread(Initializer.HE_UNIFORM, (float) Math.sqrt(6.0 / 600));
        assertSpread(Initializer.GLOROT_UNIFORM, (float) Math.sqrt(6.0 / 604));
    }

    private static void assertSpread(Initializer initializer, float limit) {
        Network network = Network.builder(600).dense(4, Activation.RELU).weights(initializer).build(3);
        float[] w = network.layers().get(0).weights().data();
        SplitMix64 random = new SplitMix64(3);
        float largest = 0;
        for (float value : w) {
            assertThat(value).isEqualTo(Math.fma(2 * limit, random.nextFloat(), -limit)).isBetween(-limit, limit);
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isGreaterThan(0.99f * limit);
    }

    @Test
    void seedsDifferAndRepeat() {
        NetworkBuilder builder = Network.builder(3).dense(2, Activation.RELU);
        assertThat(builder.build(1).fingerprint()).isEqualTo(builder.build(1).fingerprint())
                .isNotEqualTo(builder.build(2).fingerprint());
    }

    @Test
    void refusesWhatIsNoNetwork() {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(0)).withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(1).build(0))
                .withMessageContaining("at least one layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.builder(1).dense(2, Activation.RELU).dense(0, Activation.RELU))
                .withMessageContainingAll("layer 2", "not 2, 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(1).maxout(2, 0))
                .withMessageContainingAll("layer 1", "not 1, 2 and 0");
        assertThatIllegalArgumentException().isThrownBy(() -> Network.builder(1).maxout(1 << 30, 4).build(0))
                .withMessageContaining("4294967296");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.builder(1 << 20).dense(1 << 20, Activation.RELU).build(0))
                .withMessageContaining("1048576 × 1048576");
    }
}
