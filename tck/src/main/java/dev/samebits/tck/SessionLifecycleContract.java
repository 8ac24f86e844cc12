package dev.samebits.tck;

import dev.samebits.Backend;
import dev.samebits.InferenceSession;
import dev.samebits.Loss;
import dev.samebits.Matrix;
import dev.samebits.Network;
import dev.samebits.SessionOptions;
import dev.samebits.TrainingSession;
import dev.samebits.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Sessions from their opening to their end, closed or dropped, under many callers: right bits or a clear exception, no
 * more threads than were asked for, and none left behind.
 */
class SessionLifecycleContract extends BackendContract {
    private static final int CALLERS = 8;
    private static final String WORKERS = "samebits-";

    SessionLifecycleContract(BackendContracts judged) {
        super(judged);
    }

    /** How long the threads of a session that was dropped may take to end. */
    Duration patience() {
        return Duration.ofSeconds(30);
    }

    @Test
    void concurrentCallersGetTheBitsOfSerialUse() throws Exception {
        Backend backend = underTest();
        for (int threads : new int[] {1, 3}) {
            for (Network network : Networks.mixed()) {
                try (InferenceSession session = backend.open(network, SessionOptions.ofThreads(threads))) {
                    together(caller -> {
                        int rows = new int[] {1, 2, 17, 70}[caller % 4];
                        Matrix x = Networks.inputs(network, rows);
                        Matrix want = Definition.predict(network, x);
                        for (int call = 0; call < 25; call++) {
                            Matrix y = Matrix.zeros(rows, network.outputs());
                            session.predict(x, y);
                            Bits.assertSame("caller " + caller + " of " + CALLERS + ", call " + call + ", "
                                    + Networks.describe(network, rows), y, want);
                        }
                    });
                }
            }
        }
    }

    @Test
    void closeWhilePredictingGivesTheResultOrAnException() throws Exception {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        Matrix x = Networks.inputs(network, 33);
        Matrix want = Definition.predict(network, x);
        for (int round = 0; round < 20; round++) {
            InferenceSession session = backend.open(network, SessionOptions.ofThreads(1 + round % 3));
            CountDownLatch predicting = new CountDownLatch(CALLERS - 1);
            together(caller -> {
                if (caller == 0) {
                    predicting.await();
                    session.close();
                    return;
                }
                predicting.countDown();
                while (true) {
                    Matrix y = Matrix.zeros(33, network.outputs());
                    try {
                        session.predict(x, y);
                    } catch (IllegalStateException closed) {
                        // As told; and nothing may have been written.
                        Bits.assertSame("y of a call after close", y, Matrix.zeros(33, network.outputs()));
                        return;
                    }
                    Bits.assertSame("predict while closing, " + Networks.describe(network, 33), y, want);
                }
            });
        }
    }

    @Test
    void callsAfterCloseThrow() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        Matrix x = Networks.inputs(network, 2);
        Matrix y = Matrix.zeros(2, network.outputs());
        InferenceSession session = backend.open(network, SessionOptions.ofThreads(2));
        session.close();
        session.close();
        String message = Assertions.assertThrows(IllegalStateException.class, () -> session.predict(x, y)).getMessage();
        Assertions.assertTrue(message.contains("closed"), message);
        Assertions.assertThrows(IllegalStateException.class,
                () -> session.predict(new float[network.inputs()], new float[network.outputs()]));
        Bits.assertSame("y of a call after close", y, Matrix.zeros(2, network.outputs()));
        TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.ofThreads(2));
        training.close();
        training.close();
        Matrix targets = Networks.targets(network, 2);
        Assertions.assertThrows(IllegalStateException.class, () -> training.step(x, targets, 0.1f, 0));
        Assertions.assertThrows(IllegalStateException.class, () -> training.predict(x, y));
    }

    @Test
    void noThreadIsLeftBehind() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(1);
        Matrix x = Networks.inputs(network, 40);
        Matrix targets = Networks.targets(network, 40);
        List<Thread> before = workers();
        for (int i = 0; i < 200; i++) {
            InferenceSession session = backend.open(network, SessionOptions.ofThreads(1 + i % 4));
            session.predict(x, Matrix.zeros(40, network.outputs()));
            session.close();
            if (i % 10 == 0) {
                TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.ofThreads(3));
                training.step(x, targets, 0.01f, 0);
                training.close();
            }
            Assertions.assertEquals(List.of(), started(before), "threads left after close " + i);
        }
    }

    @Test
    void sessionsThatShareWorkersHaveTheirBitsAndLeaveThemAlone() throws Exception {
        Backend backend = underTest();
        Network network = Networks.mixed().get(1);
        Matrix x = Networks.inputs(network, 70);
        Matrix want = Definition.predict(network, x);
        List<Thread> before = workers();
        List<InferenceSession> sessions = new ArrayList<>();
        try (Workers workers = Workers.ofThreads(4)) {
            for (int i = 0; i < 30; i++) {
                sessions.add(backend.open(network, SessionOptions.sharing(workers)));
            }
            TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.sharing(workers));
            Assertions.assertEquals(4, sessions.get(0).threads());
            Assertions.assertEquals(4, training.threads());
            Assertions.assertEquals(3, started(before).size(), "threads of 31 sessions that share three workers");
            together(caller -> {
                for (InferenceSession session : sessions) {
                    predicts("on shared workers", session, x, want);
                }
            });
            training.step(x, Networks.targets(network, 70), 0.01f, 0);
            training.close();
            sessions.remove(0).close();
            Assertions.assertEquals(3, started(before).size(), "workers left after sessions that share them were closed");
            predicts("on workers that a closed session shared", sessions.get(0), x, want);
        }
        Assertions.assertEquals(List.of(), started(before), "threads left after their workers were closed");
        predicts("on workers that were closed", sessions.get(0), x, want);
        sessions.forEach(InferenceSession::close);
    }

    @Test
    void sessionsThatAreDroppedEndTheirThreads() throws Exception {
        Backend backend = underTest();
        List<Thread> before = workers();
        useAndDrop(backend, Networks.mixed().get(1));
        long start = System.nanoTime();
        while (!started(before).isEmpty() && System.nanoTime() - start < patience().toNanos()) {
            System.gc();
            Thread.sleep(5);
        }
        Assertions.assertEquals(List.of(), started(before), "threads left of sessions that were dropped");
    }

    private static void useAndDrop(Backend backend, Network network) {
        Matrix x = Networks.inputs(network, 40);
        for (int i = 0; i < 3; i++) {
            InferenceSession session = backend.open(network, SessionOptions.ofThreads(3));
            predicts("before it is dropped", session, x, Definition.predict(network, x));
            TrainingSession training = backend.train(network, Loss.of(network), SessionOptions.ofThreads(3));
            training.step(x, Networks.targets(network, 40), 0.01f, 0);
        }
    }

    @Test
    void warmUpChangesNothing() {
        Backend backend = underTest();
        Network network = Networks.mixed().get(0);
        List<Thread> before = workers();
        Matrix x = Networks.inputs(network, 33);
        InferenceSession session = backend.open(network, SessionOptions.ofThreads(2));
        session.warmUp(33);
        predicts("after warm-up", session, x, Definition.predict(network, x));
        Assertions.assertThrows(IllegalArgumentException.class, () -> session.warmUp(0));
        session.close();
        Assertions.assertThrows(IllegalStateException.class, session::warmUp);
        Assertions.assertEquals(List.of(), started(before), "threads left after warm-up");
    }

    private static void predicts(String when, InferenceSession session, Matrix x, Matrix want) {
        Matrix y = Matrix.zeros(want.rows(), want.columns());
        session.predict(x, y);
        Bits.assertSame("predict " + when + ", " + Networks.describe(session.network(), x.rows()), y, want);
    }

    private static List<Thread> started(List<Thread> before) {
        List<Thread> started = workers();
        started.removeAll(before);
        return started;
    }

    // By name: the threads of a session are called samebits-… so that people can tell whose they are.
    private static List<Thread> workers() {
        List<Thread> workers = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(WORKERS)) {
                workers.add(thread);
            }
        }
        return workers;
    }

    private interface Caller {
        void run(int number) throws Exception;
    }

    private static void together(Caller caller) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    caller.run(number);
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get(60, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            Assertions.fail(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            Assertions.fail("a caller still hangs after a minute", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
