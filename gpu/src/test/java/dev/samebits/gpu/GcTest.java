package dev.samebits.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.samebits.Activation;
import dev.samebits.Backend;
import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.Optimizer;
import dev.samebits.SessionOptions;
import dev.samebits.SplitMix64;
import dev.samebits.TrainingSession;
import dev.samebits.tck.BackendUnderTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions keep their bits while the garbage collector moves the arrays behind the device's memory: under each collector.
 */
class GcTest {
    private static final int STEPS = 120;
    private static final int MOST_RUNS = 5;
    // One whose moments are moved with the parameters, too.
    private static final List<Optimizer> OPTIMIZERS = List.of(Optimizer.SGD, Optimizer.adamW());

    /** What the child JVMs run. */
    public static final class Child {
        private static final Object[] GARBAGE = new Object[256];
        // Lies below a session's arrays, and goes piece by piece: collections then have somewhere to move them.
        private static final Object[] BALLAST = new Object[300];

        private Child() {}

        public static void main(String[] args) {
            Network network = Network.builder(60).dense(80, Activation.TANH).dense(30, Activation.PRELU)
                    .dense(5, Activation.IDENTITY).softmax().build(1);
            for (Optimizer optimizer : OPTIMIZERS) {
                System.out.println("scalar " + optimizer + train("scalar", network, optimizer));
                System.out.println("opencl " + optimizer + train("opencl", network, optimizer));
            }
            Backend opencl = Backends.named("opencl");
            Matrix x = random(50, 60, 3);
            Matrix want = Matrix.zeros(50, 5);
            Matrix got = Matrix.zeros(50, 5);
            load();
            try (InferenceSession scalar = Backends.named("scalar").open(network);
                    InferenceSession session = opencl.open(network)) {
                scalar.predict(x, want);
                for (int call = 0; call < STEPS; call++) {
                    disturb(call);
                    session.predict(x, got);
                    if (!Arrays.equals(want.data(), got.data())) {
                        System.out.println("prediction " + call + " differs");
                    }
                }
                System.out.println("predicted " + ((DeviceSession) session).transfers());
            }
        }

        private static String train(String backend, Network network, Optimizer optimizer) {
            Matrix x = random(40, 60, 1);
            Matrix targets = Matrix.zeros(40, 5);
            for (int n = 0; n < 40; n++) {
                targets.set(n, n % 5, 1);
            }
            Backend trainer = Backends.named(backend);
            load();
            try (TrainingSession session = trainer.train(network, Loss.CROSS_ENTROPY, optimizer,
                    SessionOptions.defaults())) {
                double sum = 0;
                for (int step = 0; step < STEPS; step++) {
                    disturb(step);
                    int rows = 1 + step % 40;
                    sum += session.step(x.rows(0, rows), targets.rows(0, rows), 0.05f, 0.001f);
                    if (step % 17 == 0) {
                        Matrix y = Matrix.zeros(40, 5);
                        session.predict(x, y);
                        sum += y.get(7, 3);
                    }
                }
                String result = " " + session.network().fingerprint() + " " + sum;
                if (session instanceof DeviceSession device) {
                    System.out.println("trained " + optimizer + device.transfers());
                }
                return result;
            }
        }

        private static void load() {
            for (int i = 0; i < BALLAST.length; i++) {
                BALLAST[i] = new float[4_000];
            }
            System.gc();
        }

        // Garbage of all sizes, and now and then a whole collection: young arrays are promoted, old ones compacted.
        private static void disturb(int turn) {
            for (int i = 0; i < GARBAGE.length; i++) {
                GARBAGE[(i * 31 + turn) % GARBAGE.length] = new float[1 + (i * 977 + turn * 131) % 20_000];
            }
            if (turn % 20 == 10) {
                for (int i = turn / 20; i < BALLAST.length; i += STEPS / 20) {
                    BALLAST[i] = null;
                }
            }
            if (turn % 3 == 0) {
                System.gc();
            }
        }

        private static Matrix random(int rows, int columns, long seed) {
            SplitMix64 random = new SplitMix64(seed);
            Matrix m = Matrix.zeros(rows, columns);
            for (int i = 0; i < m.data().length; i++) {
                m.data()[i] = Math.fma(random.nextFloat(), 2f, -1f);
            }
            return m;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC"})
    void movedArraysChangeNothing(String collector) throws Exception {
        BackendUnderTest.named("opencl");
        Set<Optimizer> trained = new HashSet<>();
        boolean predicted = false;
        // Whether an array is moved is the collector's choice, and now and then none is in a whole run.
        for (int run = 0; run < MOST_RUNS && !(trained.size() == OPTIMIZERS.size() && predicted); run++) {
            List<String> lines = run(collector);
            for (Optimizer optimizer : OPTIMIZERS) {
                assertThat(line(lines, "opencl " + optimizer)).as("%s", lines).isEqualTo(line(lines, "scalar " + optimizer));
                if (!line(lines, "trained " + optimizer).contains("recreations=0")) {
                    trained.add(optimizer);
                }
            }
            assertThat(lines).noneMatch(line -> line.contains("differs"));
            predicted |= !line(lines, "predicted ").contains("recreations=0");
        }
        // Otherwise nothing has been shown.
        assertThat(trained).as("arrays moved while training").containsExactlyInAnyOrderElementsOf(OPTIMIZERS);
        assertThat(predicted).as("arrays moved while predicting").isTrue();
    }

    private static List<String> run(String collector) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, collector, "-Xmx64m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Child.class.getName())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.lines().toList();
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length())).findFirst()
                .orElseThrow(() -> new AssertionError("no " + start + "in " + lines));
    }
}
