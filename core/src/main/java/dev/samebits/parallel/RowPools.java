package dev.samebits.parallel;

import java.util.function.IntFunction;

/**
 * Buffers for concurrent callers by the rows they have room for: 1, 4, 16 and so on up to a block, so that callers of
 * single rows do not each hold the room of a block. Kept for later calls are as many as can be at work at a time, and
 * more of the small ones, up to 64 rows of a size. Thread-safe, allocates nothing once warm.
 *
 * @param <T> a buffer
 * @since 0.1.0
 */
public final class RowPools<T> {
    private static final int KEPT_ROWS = 64;

    private final Pool<T>[] pools;

    /**
     * Empty pools.
     *
     * @param blockRows rows of the largest buffers
     * @param threads of one caller
     * @param maker makes a buffer for so many rows
     */
    public RowPools(int blockRows, int threads, IntFunction<T> maker) {
        int atWork = Math.max(threads, Runtime.getRuntime().availableProcessors());
        pools = pools(size(blockRows) + 1);
        for (int i = 0; i < pools.length; i++) {
            int rows = Math.min(1 << 2 * i, blockRows);
            pools[i] = new Pool<>(Math.max(atWork, KEPT_ROWS / rows), () -> maker.apply(rows));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T> Pool<T>[] pools(int count) {
        return new Pool[count];
    }

    // The first power of 4 that is no smaller.
    private static int size(int rows) {
        return 33 - Integer.numberOfLeadingZeros(rows - 1) >>> 1;
    }

    /**
     * Takes a buffer.
     *
     * @param rows 1 to those of a block
     * @return one that has room for them and that nobody else has
     */
    public T take(int rows) {
        return pools[size(rows)].take();
    }

    /**
     * Keeps a buffer for later calls, if there is room.
     *
     * @param buffer whoever gives it back uses it no more
     * @param rows as it was taken for
     */
    public void giveBack(T buffer, int rows) {
        pools[size(rows)].giveBack(buffer);
    }
}
