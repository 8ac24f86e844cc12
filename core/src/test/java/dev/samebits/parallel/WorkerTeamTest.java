package dev.samebits.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerTeamTest {
    private static void runOnce(WorkerTeam team, int parts) {
        AtomicIntegerArray runs = new AtomicIntegerArray(parts);
        team.run(runs::incrementAndGet, parts);
        for (int part = 0; part < parts; part++) {
            assertThat(runs.get(part)).as("runs of part %d of %d", part, parts).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9})
    void everyPartRunsExactlyOnce(int threads) {
        try (WorkerTeam team = new WorkerTeam(threads)) {
            assertThat(team.threads()).isEqualTo(threads);
            for (int parts = 0; parts < 200; parts++) {
                runOnce(team, parts);
            }
            runOnce(team, 100_000);
        }
    }

    @Test
    void everyPartRunsExactlyOnceForManyCallersAtATime() throws Exception {
        int callers = 6;
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try (WorkerTeam team = new WorkerTeam(4)) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int c = 0; c < callers; c++) {
                int seed = c;
                calls.add(() -> {
                    for (int round = 0; round < 4000; round++) {
                        runOnce(team, (round * 7 + seed) % 23);
                    }
                    return null;
                });
            }
            for (Future<Void> call : pool.invokeAll(calls)) {
                call.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void workersHelp() {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch together = new CountDownLatch(3);
        try (WorkerTeam team = new WorkerTeam(3)) {
            // No part ends before three have begun, so three threads must take one each.
            team.run(part -> {
                threads.add(Thread.currentThread());
                together.countDown();
                awaitQuietly(together);
            }, 3);
        }
        assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallerThatFindsTheTeamBusyWorksAlone() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        try (WorkerTeam team = new WorkerTeam(2)) {
            Thread first = new Thread(() -> team.run(part -> {
                inside.countDown();
                awaitQuietly(finish);
            }, 2));
            first.start();
            awaitQuietly(inside);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            team.run(part -> threads.add(Thread.currentThread()), 50);
            assertThat(threads).containsExactly(Thread.currentThread());
            finish.countDown();
            first.join();
        }
    }

    @Test
    void aPartMayRunWorkOfItsOwn() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            team.run(part -> runOnce(team, 10), 20);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatAPartThrowsIsThrownToTheCaller(int threads) {
        try (WorkerTeam team = new WorkerTeam(threads)) {
            for (Throwable thrown : new Throwable[] {new IllegalStateException("part 3"), new StackOverflowError()}) {
                for (int round = 0; round < 200; round++) {
                    assertThatThrownBy(() -> team.run(part -> {
                        if (part == 3) {
                            WorkerTeamTest.<RuntimeException>sneak(thrown);
                        }
                    }, 8)).isSameAs(thrown);
                    runOnce(team, 8);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void otherPartsOfAFailedPieceAreRun() {
        AtomicIntegerArray runs = new AtomicIntegerArray(8);
        try (WorkerTeam team = new WorkerTeam(3)) {
            assertThatThrownBy(() -> team.run(part -> {
                runs.incrementAndGet(part);
                throw new IllegalStateException();
            }, 8)).isInstanceOf(IllegalStateException.class);
        }
        for (int part = 0; part < 8; part++) {
            assertThat(runs.get(part)).isEqualTo(1);
        }
    }

    @Test
    void anInterruptedCallerFinishesAndStaysInterrupted() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            Thread.currentThread().interrupt();
            for (int round = 0; round < 50; round++) {
                runOnce(team, 9);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void closeLeavesNoThreadAndTheTeamStillWorks() {
        Set<Thread> before = workers();
        WorkerTeam team = new WorkerTeam(5);
        Set<Thread> own = workers();
        own.removeAll(before);
        assertThat(own).hasSize(4).allMatch(Thread::isDaemon);
        runOnce(team, 100);
        team.close();
        assertThat(own).noneMatch(Thread::isAlive);
        runOnce(team, 100);
        team.close();
    }

    @Test
    void oneThreadMakesNoWorker() {
        Set<Thread> before = workers();
        try (WorkerTeam team = new WorkerTeam(1)) {
            assertThat(workers()).isEqualTo(before);
            runOnce(team, 5);
        }
    }

    @Test
    void closeWhileOthersRunLosesNoPart() throws Exception {
        for (int round = 0; round < 100; round++) {
            WorkerTeam team = new WorkerTeam(3);
            ExecutorService caller = Executors.newSingleThreadExecutor();
            try {
                Future<?> running = caller.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        runOnce(team, 11);
                    }
                });
                team.close();
                running.get();
            } finally {
                caller.shutdownNow();
            }
        }
    }

    private static Set<Thread> workers() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("samebits-worker-"));
        return threads;
    }
}
