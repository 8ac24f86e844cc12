package dev.samebits.tck;

import com.sun.management.ThreadMXBean;
import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.BatchNorm;
import dev.samebits.Dropout;
import dev.samebits.HiddenLayers;
import dev.samebits.InferenceSession;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Objective;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingOptions;
import dev.samebits.TrainingSession;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

/**
 * Once warm, predicting and learning allocate nothing: neither on the caller's thread nor on the session's. A backend that
 * promises it inherits this in a test class apart from {@link BackendContracts}, which has a JVM of its own: what other
 * tests ran there would shape the compiler's view of the code.
 *
 * @since 0.1.0
 */
public abstract class AllocationContract {
    private static final int CALLS = 300;

    /** Made by JUnit, for each test anew. */
    protected AllocationContract() {}

    /**
     * The name of the backend that promises it.
     *
     * @return the name, as {@code Backends.report()} has it
     */
    protected abstract String backend();

    /**
     * The backend to judge: the one of that {@linkplain #backend name}, unless overridden. Skips or fails the test if it
     * cannot run.
     *
     * @return the backend
     */
    protected Backend underTest() {
        return BackendUnderTest.named(backend());
    }

    // How long to wait for the compiler: until it has seen it, code that is written in objects makes them.
    Duration warmUp() {
        return Duration.ofSeconds(20);
    }

    @Test
    void predictAllocatesNothing() {
        Backend backend = underTest();
        for (Network network : Networks.mixed()) {
            for (int threads : new int[] {1, 2}) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    for (int rows : new int[] {1, 7, 64}) {
                        Matrix x = Networks.inputs(network, rows);
                        Matrix y = Matrix.zeros(rows, network.outputs());
                        long bytes = fewestBytes(() -> session.predict(x, y));
                        Assertions.assertEquals(0, bytes, "bytes allocated by " + CALLS + " calls on " + threads
                                + " threads, " + Networks.describe(network, rows));
                    }
                    float[] x = new float[network.inputs()];
                    float[] y = new float[network.outputs()];
                    Assertions.assertEquals(0, fewestBytes(() -> session.predict(x, y)), "bytes allocated by " + CALLS
                            + " calls for one row, " + network);
                    for (int rows : new int[] {1, 300}) {
                        FloatBuffer from = buffer(rows * network.inputs());
                        FloatBuffer to = buffer(rows * network.outputs());
                        Assertions.assertEquals(0, fewestBytes(() -> session.predict(from, to)), "bytes allocated by "
                                + CALLS + " calls with buffers on " + threads + " threads, "
                                + Networks.describe(network, rows));
                    }
                }
            }
        }
    }

    @Test
    void branchesAllocateNothing() {
        Backend backend = underTest();
        for (Network network : Graphs.kinds()) {
            for (int threads : new int[] {1, 2}) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    for (int rows : new int[] {1, 7, 150}) {
                        Matrix x = Networks.inputs(network, rows);
                        Matrix y = Matrix.zeros(rows, network.outputs());
                        Assertions.assertEquals(0, fewestBytes(() -> session.predict(x, y)), "bytes allocated by " + CALLS
                                + " calls on " + threads + " threads, " + Networks.describe(network, rows));
                    }
                }
            }
        }
    }

    /** A step of training of branches, whatever has a gradient. */
    @Test
    void learningOfBranchesAllocatesNothing() {
        Backend backend = underTest();
        for (Network network : GraphLearning.kinds()) {
            learn(backend, network, TrainingOptions.of(Optimizer.adam()), null);
        }
    }

    /** And with all that training options have, on rows that count differently. */
    @Test
    void learningOfBranchesWithOptionsAllocatesNothing() {
        Backend backend = underTest();
        for (Network network : GraphLearning.kinds()) {
            TrainingOptions clipped = TrainingOptions.of(Optimizer.adam()).withClipNorm(0.01f);
            learn(backend, network, HiddenLayers.of(network).isEmpty() ? clipped
                    : clipped.withDropout(Dropout.of(0.3f, 1)).withBatchNorm(BatchNorm.STANDARD),
                    GraphLearning.weights(17, 0));
        }
    }

    private void learn(Backend backend, Network network, TrainingOptions options, float @Nullable [] weights) {
        Objective objective = Objective.of(network);
        Matrix x = Networks.inputs(network, 17);
        Matrix targets = GraphLearning.targets(network, objective, 17);
        try (TrainingSession session = backend.train(network, objective, options, SessionOptions.defaults())) {
            Runnable step = weights == null ? () -> session.step(x, targets, 1e-3f, 0)
                    : () -> session.step(x, targets, weights, 1e-3f, 0);
            Assertions.assertEquals(0, fewestBytes(step), "bytes allocated by " + CALLS + " steps, " + options + ", "
                    + Networks.describe(network, 17));
        }
    }

    private static FloatBuffer buffer(int floats) {
        return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Two functions in turn share whatever code chooses between them: neither may cost the other its vectors. */
    @Test
    void twoActivationsInTurnAllocateNothing() {
        Backend backend = underTest();
        List<Activation> functions =
                List.of(Activation.SOFTPLUS, Activation.SINE, Activation.GELU, Activation.TANH, Activation.MISH);
        for (Activation f : functions) {
            Network network = Network.builder(32).dense(64, f).dense(32, f).dense(1, Activation.LOGISTIC).build(1);
            try (InferenceSession session = backend.open(network)) {
                Matrix x = Networks.inputs(network, 512);
                Matrix y = Matrix.zeros(512, 1);
                Assertions.assertEquals(0, fewestBytes(() -> session.predict(x, y)), "bytes allocated by " + CALLS
                        + " calls, " + Networks.describe(network, 512));
            }
        }
    }

    // The fewest of many rounds: the first ones warm up. Ends with the first round without any.
    private long fewestBytes(Runnable predict) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread == Thread.currentThread() || thread.getName().startsWith("samebits-"))
                .mapToLong(Thread::getId)
                .toArray();
        long fewest = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (fewest > 0 && System.nanoTime() - start < warmUp().toNanos()) {
            long[] before = threads.getThreadAllocatedBytes(ids);
            for (int call = 0; call < CALLS; call++) {
                predict.run();
            }
            long[] after = threads.getThreadAllocatedBytes(ids);
            // What reading the counters allocates is not the session's.
            long[] again = threads.getThreadAllocatedBytes(ids);
            long bytes = Arrays.stream(after).sum() - Arrays.stream(before).sum();
            long reading = Arrays.stream(again).sum() - Arrays.stream(after).sum();
            fewest = Math.min(fewest, bytes - reading);
        }
        return fewest;
    }
}
