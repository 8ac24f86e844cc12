package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.Dropout;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training step makes no garbage once the compiler has seen it. */
class TrainingAllocationTest {
    private static final int STEPS = 200;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @ParameterizedTest
    @CsvSource({"1, sgd", "17, sgd", "64, sgd", "1, adam", "64, adamw", "17, nesterov", "1, rmsprop"})
    void aStepAllocatesNothing(int batch, String optimizer) {
        measure(batch, TrainingOptions.of(Optimizer.named(optimizer)), null);
    }

    @ParameterizedTest
    @CsvSource({"1, sgd", "64, sgd", "17, adam"})
    void noMoreDoesOneWithAllOptions(int batch, String optimizer) {
        float[] weights = new float[batch];
        Arrays.fill(weights, 0.5f);
        measure(batch, TrainingOptions.of(Optimizer.named(optimizer)).withClipNorm(0.01f).withDropout(Dropout.of(0.3f, 1)),
                weights);
    }

    private static void measure(int batch, TrainingOptions options, float[] weights) {
        Network network = Network.builder(50)
                .dense(40, Activation.GELU)
                .maxout(20, 2)
                .dense(10, Activation.IDENTITY)
                .softmax()
                .build(1);
        Matrix x = Matrix.zeros(batch, 50);
        SplitMix64 random = new SplitMix64(2);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = random.nextFloat();
        }
        Matrix targets = Matrix.zeros(batch, 10);
        for (int n = 0; n < batch; n++) {
            targets.set(n, n % 10, 1);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        var backend = Backends.named("simd");
        try (TrainingSession session = backend.train(network, Loss.CROSS_ENTROPY, options,
                SessionOptions.defaults())) {
            long fewest = Long.MAX_VALUE;
            // Until compiled, vectors are objects: rounds are repeated until one is free of them.
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (fewest > 0 && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int step = 0; step < STEPS; step++) {
                    if (weights == null) {
                        session.step(x, targets, 0.001f, 0.0001f);
                    } else {
                        session.step(x, targets, weights, 0.001f, 0.0001f);
                    }
                }
                fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(fewest / STEPS).as("bytes per step").isZero();
        }
    }
}
