package dev.samebits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkersTest {
    private static final Network NETWORK =
            Network.builder(3).dense(5, Activation.RELU).dense(2, Activation.IDENTITY).build(1);
    private static final Backend SCALAR = Backends.named("scalar");

    @Test
    void aHundredSessionsShareThreeThreads() {
        Set<Thread> before = threads();
        List<InferenceSession> sessions = new ArrayList<>();
        try (Workers workers = Workers.ofThreads(4)) {
            for (int i = 0; i < 100; i++) {
                sessions.add(SCALAR.open(NETWORK, SessionOptions.sharing(workers)));
            }
            assertThat(started(before)).hasSize(3);
            sessions.forEach(InferenceSession::close);
            assertThat(started(before)).hasSize(3).allMatch(Thread::isAlive);
        }
        assertThat(started(before)).isEmpty();
    }

    @Test
    void optionsNameTheThreadsOfTheirWorkers() {
        try (Workers workers = Workers.ofThreads(3)) {
            assertThat(workers.threads()).isEqualTo(3);
            assertThat(SessionOptions.sharing(workers)).isEqualTo(new SessionOptions(3, workers));
            assertThatThrownBy(() -> new SessionOptions(2, workers)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3").hasMessageContaining("2");
        }
        assertThat(SessionOptions.defaults()).isEqualTo(new SessionOptions(1, null));
        assertThatThrownBy(() -> SessionOptions.sharing(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Workers.ofThreads(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Workers.ofThreads(SessionOptions.MAX_THREADS + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void workersEndOnceNeitherTheirMakerNorASessionHoldsThem() {
        Set<Thread> before = threads();
        useASessionThatHoldsItsWorkers(before);
        until("the threads end", () -> started(before).isEmpty());
    }

    private static void useASessionThatHoldsItsWorkers(Set<Thread> before) {
        try (InferenceSession session = SCALAR.open(NETWORK, SessionOptions.sharing(Workers.ofThreads(3)))) {
            for (int i = 0; i < 5; i++) {
                System.gc();
            }
            assertThat(started(before)).hasSize(2).allMatch(Thread::isAlive);
            session.predict(new float[3], new float[2]);
        }
    }

    /** What a child loader runs: sessions of two and more threads, closed or dropped. */
    public static final class InChild implements Runnable {
        private final boolean close;

        public InChild(boolean close) {
            this.close = close;
        }

        @Override
        public void run() {
            Network network = Network.builder(3).dense(5, Activation.RELU).dense(2, Activation.IDENTITY).build(1);
            for (int threads = 1; threads <= 4; threads++) {
                InferenceSession session = Backends.named("scalar").open(network, SessionOptions.ofThreads(threads));
                session.predict(Matrix.zeros(100, 3), Matrix.zeros(100, 2));
                if (close) {
                    session.close();
                }
            }
        }
    }

    @Test
    void classesAreUnloadedOnceTheirSessionsAreClosed() throws Exception {
        try (Said said = new Said()) {
            WeakReference<ClassLoader> loader = inChild(true);
            until("the class loader is collected", () -> loader.refersTo(null));
            assertThat(said.messages).isEmpty();
        }
    }

    @Test
    void sessionsThatAreDroppedEndTheirThreadsSaySoOnceAndAreUnloaded() throws Exception {
        Set<Thread> before = threads();
        try (Said said = new Said()) {
            WeakReference<ClassLoader> loader = inChild(false);
            until("the class loader is collected", () -> loader.refersTo(null));
            assertThat(started(before)).isEmpty();
            assertThat(said.messages).hasSize(1);
            assertThat(said.messages.get(0)).matches(
                    "WARNING: dropped .*: session of 3 → 5 relu → 2 identity, [234] threads: .*try-with-resources.*");
        }
    }

    /** What is logged meanwhile, instead of to the console. */
    private static final class Said extends Handler implements AutoCloseable {
        final List<String> messages = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger("dev.samebits");

        Said() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            // A backend that was chosen is told of, too.
            if (line.getLevel() == Level.WARNING) {
                messages.add(line.getLevel() + ": " + line.getMessage());
            }
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }

    private static WeakReference<ClassLoader> inChild(boolean close) throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(WorkersTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Class<?> child = loader.loadClass(InChild.class.getName());
            assertThat(child).isNotSameAs(InChild.class);
            ((Runnable) child.getConstructor(boolean.class).newInstance(close)).run();
            return new WeakReference<>(loader);
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(String what, BooleanSupplier done) {
        long start = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("nanoseconds until " + what).isLessThan(30_000_000_000L);
            System.gc();
        }
    }

    private static Set<Thread> started(Set<Thread> before) {
        Set<Thread> started = threads();
        started.removeAll(before);
        return started;
    }

    private static Set<Thread> threads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("samebits-worker-"));
        return threads;
    }
}
