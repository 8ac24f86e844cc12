package dev.samebits.cli.predict;

import dev.samebits.cli.data.Block;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fixed number of blocks that go round: free, read, done, and free again. Read by one thread in their order, they are done
 * by many in any, and awaited by one in their order again. Thread-safe.
 */
final class Blocks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Condition finished = lock.newCondition();
    // All guarded by the lock.
    // The one used last is taken first: it may still be in a cache.
    private final Deque<Block> free = new ArrayDeque<>();
    private final Queue<Block> read = new ArrayDeque<>();
    private final Block[] done;
    private long count;
    private boolean ended;
    private boolean stopped;
    private Throwable failure;

    Blocks(int number) {
        this.done = new Block[number];
        for (int i = 0; i < number; i++) {
            free.add(new Block());
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** A block to read into; null when all is stopped. */
    Block awaitFree() {
        lock.lock();
        try {
            while (free.isEmpty() && !stopped) {
                freed.awaitUninterruptibly();
            }
            return stopped ? null : free.pop();
        } finally {
            lock.unlock();
        }
    }

    /** The next one was read, or failed at it. */
    void addRead(Block block) {
        locked(() -> {
            count++;
            read.add(block);
            filled.signal();
        });
    }

    /** There are no more to read. */
    void endOfRead() {
        locked(() -> {
            ended = true;
            filled.signalAll();
            finished.signal();
        });
    }

    /** A block that was read; null when there is none left, or all is stopped. */
    Block awaitRead() {
        lock.lock();
        try {
            while (read.isEmpty() && !ended && !stopped) {
                filled.awaitUninterruptibly();
            }
            return stopped ? null : read.poll();
        } finally {
            lock.unlock();
        }
    }

    /** All that is to be done with a block is done, or failed. */
    void addDone(Block block) {
        locked(() -> {
            done[(int) (block.number % done.length)] = block;
            finished.signal();
        });
    }

    /** The block of this number; null when there is none. Throws what failed between the blocks. */
    Block awaitDone(long number) {
        int place = (int) (number % done.length);
        lock.lock();
        try {
            while (done[place] == null && !(ended && number == count)) {
                rethrow(failure);
                finished.awaitUninterruptibly();
            }
            Block block = done[place];
            done[place] = null;
            return block;
        } finally {
            lock.unlock();
        }
    }

    /** A block may be read into again. */
    void addFree(Block block) {
        locked(() -> {
            free.push(block);
            freed.signal();
        });
    }

    /** What fails between the blocks, such as memory for them, belongs to none: the one who waits must hear of it. */
    void fail(Throwable e) {
        locked(() -> {
            failure = e;
            finished.signal();
        });
    }

    /** Nobody waits any more. */
    void stop() {
        locked(() -> {
            stopped = true;
            freed.signalAll();
            filled.signalAll();
        });
    }

    static void rethrow(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }
}
