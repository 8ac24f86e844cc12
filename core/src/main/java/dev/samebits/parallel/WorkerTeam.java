package dev.samebits.parallel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one session, or of several: a fixed number of workers that help the calling thread with the parts of one
 * piece of work.
 *
 * <p>One piece at a time. A caller that finds the team busy with another caller's work does its own alone, so that there are
 * never more threads at work than callers and workers together. Parts are claimed one by one; the caller does not wait for a
 * worker that has claimed none. Which thread runs a part is left to chance, so parts must be independent. Allocates nothing.
 *
 * @since 0.1.0
 */
public final class WorkerTeam implements AutoCloseable {
    /**
     * Work in independent parts, run by any thread in any order.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Work {
        /**
         * Does one part.
         *
         * @param part its number, from 0
         */
        void run(int part);
    }

    // To wake a parked thread takes some 80 µs, in which the others have often done its part, so that it finds none, and
    // parks again. A worker therefore stays awake while a piece is at work, and for so long after it: what an idle
    // session burns.
    private static final long AWAKE_NANOS = 100_000;
    // A caller waits awake for the last part about as long as most parts take.
    private static final long AWAIT_NANOS = 400_000;
    // Who waits longer than this lets others have the processor: there may be fewer than threads.
    private static final long SPIN_NANOS = 20_000;

    private final Thread[] workers;
    private final AtomicBoolean busy = new AtomicBoolean();
    // Piece number (upper 32 bits) and the next part to claim. Claimed by compare-and-set, so that a worker that was slow
    // cannot claim a part of a piece it has not seen.
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();
    private volatile @Nullable Work work;
    private volatile int parts;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Thread waiting;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts the workers.
     *
     * @param threads the caller's among them; 1 makes no worker
     */
    public WorkerTeam(int threads) {
        workers = new Thread[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Thread(this::serve, "samebits-worker-" + (i + 1));
            workers[i].setDaemon(true);
            workers[i].start();
        }
    }

    /** {@return the threads that a piece of work may use, the caller's among them} */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs parts 0 to {@code count} − 1, and returns when no thread is at work on them. What a part throws is thrown
     * here; parts that come after it may not have been run.
     *
     * @param piece the work
     * @param count its parts
     */
    public void run(Work piece, int count) {
        if (count <= 1 || workers.length == 0 || closed.get() || !busy.compareAndSet(false, true)) {
            runAlone(piece, count);
            return;
        }
        try {
            done.set(0);
            failure = null;
            long number = (ticket.get() >>> 32) + 1 << 32;
            // No part can be claimed while the piece is laid out: a worker that still holds the old ticket must not take
            // the new piece's parts for the old one's.
            ticket.set(number | Integer.MAX_VALUE);
            work = piece;
            parts = count;
            ticket.set(number);
            wake();
            while (claimAndRun()) {
                // The caller takes parts like any worker.
            }
            await(count);
            work = null;
            Throwable thrown = failure;
            if (thrown != null) {
                failure = null;
                throw sneaky(thrown);
            }
        } finally {
            busy.set(false);
        }
    }

    /**
     * Runs all parts in order on the calling thread: for work that is not worth a hand-over.
     *
     * @param piece the work
     * @param count its parts
     */
    public static void runAlone(Work piece, int count) {
        for (int part = 0; part < count; part++) {
            piece.run(part);
        }
    }

    private void wake() {
        if (parked.get() > 0) {
            for (Thread worker : workers) {
                LockSupport.unpark(worker);
            }
        }
    }

    private boolean claimAndRun() {
        long t = ticket.get();
        int next = (int) t;
        // Read before the claim: if the claim succeeds, the piece was not over, so these are its own.
        Work piece = work;
        int count = parts;
        if (next >= count) {
            return false;
        }
        if (ticket.compareAndSet(t, t + 1)) {
            try {
                piece.run(next);
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                if (done.incrementAndGet() == count) {
                    Thread caller = waiting;
                    if (caller != null) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }
        return true;
    }

    private void await(int count) {
        long start = System.nanoTime();
        for (long waited = 0; done.get() < count && waited < AWAIT_NANOS; waited = System.nanoTime() - start) {
            pause(waited);
        }
        if (done.get() < count) {
            waiting = Thread.currentThread();
            boolean interrupted = false;
            while (done.get() < count) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            waiting = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void pause(long waitedNanos) {
        if (waitedNanos < SPIN_NANOS) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private void serve() {
        while (!closed.get()) {
            if (!claimAndRun()) {
                idle();
            }
        }
    }

    private void idle() {
        long seen = ticket.get();
        long start = System.nanoTime();
        long atWork = start;
        for (long now = start; now - atWork < AWAKE_NANOS; now = System.nanoTime()) {
            if (ticket.get() != seen || closed.get()) {
                return;
            }
            if (busy.get()) {
                atWork = now;
            }
            pause(now - start);
        }
        parked.incrementAndGet();
        try {
            while (ticket.get() == seen && !closed.get()) {
                LockSupport.park(this);
            }
        } finally {
            parked.decrementAndGet();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /**
     * Tells the workers to end, and does not wait for them.
     *
     * @return false if they have been told before
     */
    public boolean end() {
        boolean first = closed.compareAndSet(false, true);
        wake();
        return first;
    }

    /** Ends the workers and waits for them. Work that comes later is done by its caller alone. */
    @Override
    public void close() {
        end();
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive() && worker != Thread.currentThread()) {
                LockSupport.unpark(worker);
                try {
                    worker.join(10);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
