package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that are small for the threads there are: some threads find nothing to do. */
class ManyThreadsTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 13, 16, 64})
    void batchesOfEverySizeHaveTheSameBits(int threads) {
        Network network = Network.builder(64).dense(200, Activation.RELU).dense(200, Activation.TANH)
                .dense(10, Activation.IDENTITY).build(1);
        SplitMix64 random = new SplitMix64(2);
        try (InferenceSession session = Backends.named("simd").open(network, SessionOptions.ofThreads(threads));
                InferenceSession scalar = Backends.named("scalar").open(network)) {
            for (int rows : new int[] {1, 7, 40, 47, 48, 49, 51, 96, 100, 200, 513}) {
                Matrix x = Matrix.zeros(rows, 64);
                for (int i = 0; i < x.data().length; i++) {
                    x.data()[i] = random.nextFloat() - 0.5f;
                }
                Matrix y = Matrix.zeros(rows, 10);
                Matrix expected = Matrix.zeros(rows, 10);
                session.predict(x, y);
                scalar.predict(x, expected);
                assertThat(y.data()).as("%d rows", rows).isEqualTo(expected.data());
            }
        }
    }
}
