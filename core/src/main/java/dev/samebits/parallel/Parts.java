package dev.samebits.parallel;

/**
 * How many independent rows are cut into parts for a team's threads: contiguous, about as large as each other since the
 * largest is waited for, each but the last a multiple of a unit of rows that stay together.
 *
 * @param total rows
 * @param unit rows that stay together
 * @param count parts
 * @since 0.1.0
 */
public record Parts(int total, int unit, int count) {
    private static final int PARTS_PER_THREAD = 4;

    /**
     * A few parts per thread, so that a thread that is held up does not hold up all; blocks stay whole unless there are
     * fewer than threads.
     *
     * @param total rows
     * @param block rows that stay together, where there are enough
     * @param threads that share the parts
     * @return the parts; none where there is no row
     */
    public static Parts of(int total, int block, int threads) {
        if (threads == 1) {
            return new Parts(total, block, Math.min(total, 1));
        }
        if (total <= (long) block * threads) {
            return new Parts(total, 1, Math.min(total, threads));
        }
        int blocks = quotientUp(total, block);
        return new Parts(total, block, quotientUp(blocks, Math.max(1, blocks / (PARTS_PER_THREAD * threads))));
    }

    /**
     * Where a part begins.
     *
     * @param part 0 to the number of parts
     * @return its first row; of the part behind the last, the total
     */
    public int from(int part) {
        return from(part, count, total, unit);
    }

    /**
     * How large a part is.
     *
     * @param part 0 to the number of parts − 1
     * @return its rows
     */
    public int size(int part) {
        return from(part + 1) - from(part);
    }

    /**
     * {@link #from(int)} without the object.
     *
     * @param part 0 to the number of parts
     * @param count parts, no more than units
     * @param total rows
     * @param unit rows that stay together
     * @return its first row
     */
    public static int from(int part, int count, int total, int unit) {
        long units = quotientUp(total, unit);
        return (int) Math.min(units * part / count * unit, total);
    }

    /**
     * A quotient rounded up, also where the sum of both exceeds an int.
     *
     * @param dividend not negative
     * @param divisor positive
     * @return the quotient
     */
    public static int quotientUp(int dividend, int divisor) {
        return (int) (((long) dividend + divisor - 1) / divisor);
    }
}
