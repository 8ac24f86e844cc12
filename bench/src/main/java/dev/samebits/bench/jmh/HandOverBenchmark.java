package dev.samebits.bench.jmh;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it takes to hand work to another thread and get it back: the least that a second thread costs a call. */
@State(Scope.Thread)
public class HandOverBenchmark extends Timed {
    /** {@code spin}: the other thread watches for work; {@code park}: it sleeps and must be woken, as must the caller. */
    @Param({"spin", "park"})
    public String waiting;

    private volatile boolean theirs;
    private volatile boolean closed;
    private boolean parks;
    private Thread caller;
    private Thread other;

    @Setup
    public void setup() {
        ForkLine.announce("hand-over between two threads that " + waiting);
        parks = waiting.equals("park");
        caller = Thread.currentThread();
        other = new Thread(this::answer, "other");
        other.setDaemon(true);
        other.start();
    }

    private void answer() {
        while (!closed) {
            if (theirs) {
                theirs = false;
                if (parks) {
                    LockSupport.unpark(caller);
                }
            } else if (parks) {
                LockSupport.park(this);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** There and back; true if it came back. */
    @Benchmark
    public boolean roundTrip() {
        theirs = true;
        if (parks) {
            LockSupport.unpark(other);
        }
        while (theirs) {
            if (parks) {
                LockSupport.park(this);
            } else {
                Thread.onSpinWait();
            }
        }
        return !theirs;
    }

    @TearDown
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(other);
        other.join();
    }
}
