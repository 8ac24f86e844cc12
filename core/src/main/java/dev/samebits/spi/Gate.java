package dev.samebits.spi;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets calls into a session until it is closed, and lets the closer wait for those inside. Thread-safe, allocates nothing.
 */
final class Gate {
    private static final int CLOSED = 1 << 31;

    private final AtomicInteger state = new AtomicInteger();

    /** @throws IllegalStateException if the session is closed */
    void enter() {
        if (state.getAndIncrement() < 0) {
            state.getAndDecrement();
            throw new IllegalStateException("the session is closed: open another one with Backend.open or Backend.train");
        }
    }

    void exit() {
        state.getAndDecrement();
    }

    /** Refuses further calls and waits for those inside. True the first time. */
    boolean close() {
        int before = state.getAndUpdate(s -> s | CLOSED);
        while ((state.get() & ~CLOSED) != 0) {
            LockSupport.parkNanos(50_000);
        }
        return before >= 0;
    }
}
