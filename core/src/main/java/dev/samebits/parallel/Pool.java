package dev.samebits.parallel;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Buffers for concurrent callers: taken for a call, given back after it. Makes a new one when all are out, keeps at most a
 * fixed number. Thread-safe, allocates nothing once warm.
 *
 * @param <T> a buffer
 * @since 0.1.0
 */
public final class Pool<T> {
    private final AtomicReferenceArray<T> idle;
    private final Supplier<T> maker;

    /**
     * An empty pool.
     *
     * @param kept how many idle buffers are kept for later calls
     * @param maker makes a buffer
     */
    public Pool(int kept, Supplier<T> maker) {
        this.idle = new AtomicReferenceArray<>(kept);
        this.maker = maker;
    }

    /** {@return a buffer that nobody else has} */
    public T take() {
        for (int i = 0; i < idle.length(); i++) {
            // A plain look first: an exchange on an empty slot would bounce its cache line between cores.
            if (idle.get(i) != null) {
                T taken = idle.getAndSet(i, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return maker.get();
    }

    /**
     * Keeps a buffer for later calls, if there is room.
     *
     * @param buffer whoever gives it back uses it no more
     */
    public void giveBack(T buffer) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
