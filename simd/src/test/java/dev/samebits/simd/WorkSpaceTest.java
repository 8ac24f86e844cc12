package dev.samebits.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a session still holds after many callers at a time: room for the rows that they called with. */
class WorkSpaceTest {
    private static final int CALLERS = 200;
    // Wide, so that a block of its rows takes 1.6 MB; few inputs and outputs, so that it is soon made.
    private static final int WIDE = 8192;

    @Test
    void callersOfSingleRowsLeaveNoBlocks() throws Exception {
        // Not much more than a row for each of 64; blocks would be a hundred megabytes.
        assertThat(left(1)).isLessThan(64 * 3 * 4L * WIDE);
    }

    @Test
    void weightsOfTwoBytesTakeHalfTheRoom() {
        Network network = Network.builder(2048).dense(2048, Activation.RELU).build(1);
        long floats = held(network);
        long halves = held(network.withBfloat16Weights());
        assertThat(halves).as("bytes of a session, with %d in float", floats).isBetween(floats * 45 / 100, floats * 55 / 100);
    }

    // Bytes of a session beside its network.
    private static long held(Network network) {
        long before = usedHeap();
        try (InferenceSession session = Backends.named("simd").open(network)) {
            session.warmUp();
            return usedHeap() - before;
        }
    }

    // Bytes that so many callers, each of so many rows, leave in a session.
    private static long left(int rows) throws Exception {
        Network network = Network.builder(8)
                .dense(WIDE, Activation.RELU)
                .dense(64, Activation.RELU)
                .dense(1, Activation.IDENTITY)
                .build(1);
        try (InferenceSession session = Backends.named("simd").open(network)) {
            long before = usedHeap();
            ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
            try {
                // With more callers than processors, most of them are stopped inside a call at any time.
                Callable<Void> caller = () -> {
                    Matrix x = Matrix.zeros(rows, 8);
                    Matrix y = Matrix.zeros(rows, 1);
                    for (int call = 0; call < 20; call++) {
                        session.predict(x, y);
                    }
                    return null;
                };
                List<Callable<Void>> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(caller);
                }
                for (Future<Void> done : pool.invokeAll(callers)) {
                    done.get();
                }
            } finally {
                pool.shutdownNow();
            }
            return usedHeap() - before;
        }
    }

    private static long usedHeap() {
        long used = Long.MAX_VALUE;
        // The collector may need more than one round to free what others refer to weakly.
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
