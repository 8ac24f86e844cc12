package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import dev.samebits.tck.BackendUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What moves between host and device, what does not fit, and what is left when sessions are closed. */
class DeviceSessionTest {
    private static final Network NETWORK = Network.builder(20).dense(33, Activation.GELU).maxout(7, 3)
            .dense(3, Activation.IDENTITY).softmax().build(5);

    private static OpenClBackend opencl() {
        return (OpenClBackend) BackendUnderTest.named("opencl");
    }

    private static Matrix random(int rows, int columns) {
        SplitMix64 random = new SplitMix64(rows);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = Math.fma(random.nextFloat(), 2f, -1f);
        }
        return m;
    }

    private static Matrix wanted(Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), NETWORK.outputs());
        try (InferenceSession session = Backends.named("scalar").open(NETWORK)) {
            session.predict(x, y);
        }
        return y;
    }

    @Test
    void aCallMovesTheBatchAndItsResultAndNothingElse() {
        try (InferenceSession session = opencl().open(NETWORK)) {
            Matrix x = random(17, 20);
            Matrix y = Matrix.zeros(17, 3);
            session.predict(x, y);
            // Unless the collector moved something meanwhile, which is counted.
            for (int attempt = 0; attempt < 5; attempt++) {
                Transfers before = ((DeviceSession) session).transfers();
                session.predict(x, y);
                Transfers after = ((DeviceSession) session).transfers();
                if (after.recreations() == before.recreations()) {
                    assertThat(after.up() - before.up()).isEqualTo(17 * 20 * 4);
                    assertThat(after.down() - before.down()).isEqualTo((DeviceRows.STAMPS + 17 * 3) * 4);
                    assertThat(after.calls() - before.calls()).isEqualTo(1);
                    return;
                }
            }
            throw new AssertionError("the arrays moved at each of five calls");
        }
    }

    @Test
    void aStepMovesTheBatchAndTheLosses() {
        Network network = Network.builder(50).dense(300, Activation.RELU).dense(4, Activation.IDENTITY).build(1);
        try (TrainingSession session = opencl().train(network, Loss.SQUARED_ERROR, SessionOptions.defaults())) {
            Matrix x = random(8, 50);
            Matrix targets = random(8, 4);
            session.step(x, targets, 0.01f, 0);
            Transfers before = ((DeviceSession) session).transfers();
            session.step(x, targets, 0.01f, 0);
            Transfers after = ((DeviceSession) session).transfers();
            Assumptions.assumeTrue(after.recreations() == before.recreations(), "the collector moved an array");
            assertThat(after.up() - before.up()).isEqualTo(8 * (50 + 4) * 4);
            assertThat(after.down() - before.down()).isEqualTo((DeviceRows.STAMPS + 8) * 4);
        }
    }

    @Test
    void batchesLargerThanTheMemoryAreCut() {
        OpenClBackend opencl = opencl();
        DeviceMemory little = new DeviceMemory(16 << 10, 1 << 20);
        OpenClBackend small = opencl.with(little);
        assertThat(little.mostRows(new Params(NETWORK))).isBetween(16, 64);
        Matrix x = random(201, 20);
        Matrix y = Matrix.zeros(201, 3);
        try (InferenceSession session = small.open(NETWORK)) {
            session.predict(x, y);
            assertThat(((DeviceSession) session).transfers().calls()).isGreaterThan(3);
        }
        assertThat(y.data()).isEqualTo(wanted(x).data());
        try (TrainingSession session = small.train(NETWORK, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
            session.predict(x, y);
        }
        assertThat(y.data()).isEqualTo(wanted(x).data());
    }

    @Test
    void whatDoesNotFitIsRefusedWithBothNumbers() {
        OpenClBackend small = opencl().with(new DeviceMemory(1 << 20, 2 << 20));
        Network wide = Network.builder(1000).dense(1000, Activation.RELU).build(1);
        assertThatThrownBy(() -> small.open(wide)).isInstanceOf(OpenClException.class).hasMessageContaining("3 MiB")
                .hasMessageContaining("2 MiB");
        assertThatThrownBy(() -> small.train(wide, Loss.SQUARED_ERROR, SessionOptions.defaults()))
                .isInstanceOf(OpenClException.class).hasMessageContaining("choose another");
        try (TrainingSession session = small.train(NETWORK, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
            Matrix x = random(5000, 20);
            Matrix targets = Matrix.zeros(5000, 3);
            assertThatThrownBy(() -> session.step(x, targets, 0.1f, 0)).isInstanceOf(OpenClException.class)
                    .hasMessageContaining("smaller batches");
            // Nothing has changed, and smaller ones are taken.
            assertThat(session.network().fingerprint()).isEqualTo(NETWORK.fingerprint());
            session.step(x.rows(0, 10), targets.rows(0, 10), 0.1f, 0);
            assertThat(session.network().fingerprint()).isNotEqualTo(NETWORK.fingerprint());
        }
    }

    @Test
    void sessionsOfManyThreadsAreOpenedAndClosedBesideEachOther() throws Exception {
        OpenClBackend opencl = opencl();
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Callable<String>> callers = new ArrayList<>();
            for (int caller = 0; caller < 6; caller++) {
                int rows = 5 + 20 * caller;
                callers.add(() -> opensAndCloses(opencl, rows));
            }
            for (Future<String> result : pool.invokeAll(callers, 60, TimeUnit.SECONDS)) {
                assertThat(result.get()).isEmpty();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    // What differs from the definition, or nothing.
    private static String opensAndCloses(OpenClBackend opencl, int rows) {
        Matrix x = random(rows, 20);
        Matrix want = wanted(x);
        Matrix targets = Matrix.zeros(rows, 3);
        for (int n = 0; n < rows; n++) {
            targets.set(n, n % 3, 1);
        }
        String trained = trained(Backends.named("scalar"), x, targets);
        for (int round = 0; round < 8; round++) {
            Matrix y = Matrix.zeros(rows, 3);
            try (InferenceSession session = opencl.open(NETWORK)) {
                session.predict(x, y);
            }
            if (!Arrays.equals(y.data(), want.data())) {
                return "prediction of " + rows + " rows in round " + round;
            }
            if (!trained(opencl, x, targets).equals(trained)) {
                return "training on " + rows + " rows in round " + round;
            }
        }
        return "";
    }

    private static String trained(Backend backend, Matrix x, Matrix targets) {
        try (TrainingSession session = backend.train(NETWORK, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
            session.step(x, targets, 0.1f, 0);
            session.step(x, targets, 0.1f, 0);
            return session.network().fingerprint();
        }
    }

    @Test
    void aThousandSessionsLeaveNoMemoryBehind() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "reads the process's memory from Linux");
        OpenClBackend opencl = opencl();
        Matrix x = random(100, 20);
        Matrix y = Matrix.zeros(100, 3);
        Matrix batch = random(400, 20);
        Matrix targets = Matrix.zeros(400, 3);
        long before = 0;
        for (int i = 0; i < 1000; i++) {
            if (i % 4 == 3) {
                try (TrainingSession session = opencl.train(NETWORK, Loss.CROSS_ENTROPY, SessionOptions.defaults())) {
                    session.step(batch, targets, 0.1f, 0);
                }
            } else {
                try (InferenceSession session = opencl.open(NETWORK)) {
                    session.predict(x, y);
                }
            }
            if (i == 300) {
                before = resident();
            }
        }
        // 700 sessions; a leak of their buffers alone, of one kind or the other, would be 50 MiB or more.
        assertThat(resident() - before).as("KiB more after 700 sessions").isLessThan(40 << 10);
    }

    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
