package dev.samebits.spi;

/**
 * How many independent rows are cut into parts for a team's threads: contiguous, near equal, each but the last a multiple of
 * a block.
 *
 * @param total rows
 * @param partRows rows of every part but the last
 */
record Parts(int total, int partRows) {
    /**
     * A few parts per thread, so that a thread that is held up does not hold up all; blocks stay whole unless there are
     * fewer than threads.
     */
    static Parts of(int total, int block, int threads) {
        return new Parts(total, rowsPerPart(total, block, threads));
    }

    /** {@link #of} without the object: the rows of every part but the last. */
    static int rowsPerPart(int total, int block, int threads) {
        if (threads == 1 || total <= 1) {
            return Math.max(total, 1);
        }
        int wanted = quotientUp(total, threads);
        if (wanted > block) {
            int blocks = quotientUp(total, block);
            int partBlocks = Math.max(1, blocks / (4 * threads));
            wanted = (int) Math.min((long) partBlocks * block, total);
        }
        return wanted;
    }

    int count() {
        return quotientUp(total, partRows);
    }

    // The sum may exceed an int.
    private static int quotientUp(int dividend, int divisor) {
        return (int) (((long) dividend + divisor - 1) / divisor);
    }

    /** First row of a part. */
    int from(int part) {
        return part * partRows;
    }

    /** Rows of a part. */
    int size(int part) {
        return Math.min(partRows, total - from(part));
    }
}
