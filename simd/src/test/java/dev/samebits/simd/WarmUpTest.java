package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Network;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** In a JVM that has run nothing else: the first thousand calls after a warm-up are compiled ones, which make no garbage. */
class WarmUpTest {
    private static final int CALLS = 100;
    private static final int ROUNDS = 10;
    // It gives up after some seconds: where others have the processors, the compiler may take longer.
    private static final int ATTEMPTS = 6;

    @Test
    void callsAfterItAllocateNothing() {
        Network network = Network.builder(32)
                .dense(64, Activation.RELU)
                .dense(32, Activation.GELU)
                .dense(1, Activation.LOGISTIC)
                .build(1);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] x = new float[32];
        float[] y = new float[1];
        try (InferenceSession session = Backends.named("simd").open(network)) {
            long fewest = Long.MAX_VALUE;
            for (int attempt = 0; attempt < ATTEMPTS && fewest > 0; attempt++) {
                session.warmUp();
                for (int round = 0; round < ROUNDS; round++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int call = 0; call < CALLS; call++) {
                        session.predict(x, y);
                    }
                    fewest = Math.min(fewest, threads.getCurrentThreadAllocatedBytes() - before);
                }
            }
            assertThat(fewest).as("bytes of %d calls", CALLS).isZero();
        }
    }
}
