package dev.samebits.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Network;
import org.junit.jupiter.api.Test;

class FlopsTest {
    @Test
    void affine() {
        assertThat(Flops.affine(4096, 1024, 1024)).isEqualTo(8_589_934_592L);
        assertThat(Flops.affine(1, 3, 2)).isEqualTo(12);
    }

    @Test
    void inference() {
        long weights = 784 * 512 + 512 * 256 + 256 * 10;
        assertThat(Flops.inference(Workloads.network(Workloads.CLASSIFIER), 7)).isEqualTo(2 * weights * 7);
    }

    @Test
    void maxoutCountsItsPieces() {
        Network network = Network.builder(3).maxout(2, 4).build(1);
        assertThat(Flops.inference(network, 1)).isEqualTo(2 * 3 * 8);
    }

    @Test
    void trainingStep() {
        // 2-3-1 with 2 samples, counted by hand.
        Network network = Network.builder(2).dense(3, Activation.RELU).dense(1, Activation.IDENTITY).build(1);
        long forward = 2 * (2 * 2 * 3) + 2 * (2 * 3 * 1);
        long backThroughTheSecondLayer = 2 * (2 * 3 * 1);
        long weightGradients = forward;
        long biasGradients = 2 * (3 + 1);
        long update = 5 * (2 * 3 + 3 + 3 * 1 + 1);
        assertThat(Flops.trainingStep(network, 2))
                .isEqualTo(forward + backThroughTheSecondLayer + weightGradients + biasGradients + update);
    }
}
