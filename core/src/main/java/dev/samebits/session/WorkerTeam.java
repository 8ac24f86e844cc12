package dev.samebits.session;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of one session: a fixed number of workers that help the calling thread with the parts of one piece of work.
 *
 * <p>One piece at a time. A caller that finds the team busy with another caller's work does its own alone, so that a session
 * never runs more threads than callers and workers together. Parts are claimed one by one; the caller does not wait for a
 * worker that has claimed none. Which thread runs a part is left to chance, so parts must be independent. Allocates nothing.
 */
public final class WorkerTeam implements AutoCloseable {
    /** Work in independent parts, run by any thread in any order. */
    @FunctionalInterface
    public interface Work {
        void run(int part);
    }

    /** Largest number of parts: they share a long with a count of the pieces of work. */
    public static final int MAX_PARTS = 0xFFFF;

    // About 20 µs: longer than the gap between the layers of one call, shorter than what an idle session should burn.
    private static final int SPINS = 2_000;

    private final Thread[] workers;
    private final AtomicBoolean busy = new AtomicBoolean();
    // Piece number (32 bits), its parts (16), the next part to claim (16). Claimed by compare-and-set, so that a worker that
    // was slow cannot claim a part of a piece it has not seen.
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();
    private volatile Work work;
    private volatile Throwable failure;
    private volatile Thread waiting;
    private volatile boolean closed;

    /** @param threads the caller's among them; 1 makes no worker */
    public WorkerTeam(int threads) {
        workers = new Thread[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Thread(this::serve, "samebits-worker-" + (i + 1));
            workers[i].setDaemon(true);
            workers[i].start();
        }
    }

    /** Threads that a piece of work may use, the caller's among them. */
    public int threads() {
        return workers.length + 1;
    }

    /**
     * Runs all parts, and returns when they are done. What a part throws is thrown here, after the others.
     *
     * @throws IllegalArgumentException if there are more than {@link #MAX_PARTS}
     */
    public void run(Work piece, int parts) {
        if (parts > MAX_PARTS) {
            throw new IllegalArgumentException("at most " + MAX_PARTS + " parts, not " + parts);
        }
        if (parts <= 1 || workers.length == 0 || closed || !busy.compareAndSet(false, true)) {
            for (int part = 0; part < parts; part++) {
                piece.run(part);
            }
            return;
        }
        try {
            done.set(0);
            failure = null;
            work = piece;
            long number = (ticket.get() >>> 32) + 1;
            ticket.set(number << 32 | (long) parts << 16);
            wake();
            while (claimAndRun()) {
                // The caller takes parts like any worker.
            }
            await(parts);
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

    private void wake() {
        if (parked.get() > 0) {
            for (Thread worker : workers) {
                LockSupport.unpark(worker);
            }
        }
    }

    private boolean claimAndRun() {
        long t = ticket.get();
        int parts = (int) (t >>> 16) & MAX_PARTS;
        int next = (int) t & MAX_PARTS;
        if (next >= parts) {
            return false;
        }
        // Read before the claim: if the claim succeeds, the piece was not over, so this is its work.
        Work piece = work;
        if (ticket.compareAndSet(t, t + 1)) {
            try {
                piece.run(next);
            } catch (Throwable thrown) {
                failure = thrown;
            } finally {
                if (done.incrementAndGet() == parts) {
                    Thread caller = waiting;
                    if (caller != null) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }
        return true;
    }

    private void await(int parts) {
        for (int spin = 0; spin < SPINS && done.get() < parts; spin++) {
            Thread.onSpinWait();
        }
        if (done.get() < parts) {
            waiting = Thread.currentThread();
            boolean interrupted = false;
            while (done.get() < parts) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            waiting = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve() {
        while (!closed) {
            if (!claimAndRun()) {
                idle();
            }
        }
    }

    private void idle() {
        long seen = ticket.get();
        for (int spin = 0; spin < SPINS; spin++) {
            if (ticket.get() != seen || closed) {
                return;
            }
            Thread.onSpinWait();
        }
        parked.incrementAndGet();
        try {
            while (ticket.get() == seen && !closed) {
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

    /** Ends the workers and waits for them. Work that comes later is done by its caller alone. */
    @Override
    public void close() {
        closed = true;
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
