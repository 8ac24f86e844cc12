package dev.samebits.onnx.limits;

/** Bytes that may still be taken for one purpose, counted before they are. Not thread-safe. */
public final class Budget {
    private final String what;
    private final long limit;
    private long taken;

    /** @param what what they are for, as in "the network takes" */
    public Budget(String what, long limit) {
        this.what = what;
        this.limit = limit;
    }

    /**
     * Counts bytes that are about to be taken.
     *
     * @throws Refusal if they are more than are left
     */
    public void take(long bytes) throws Refusal {
        // Neither is negative, and their sum at most the limit.
        if (bytes > limit - taken) {
            throw new Refusal("model", Limits.tooLarge(what, bytes + taken, limit));
        }
        taken += bytes;
    }

    /** What has been taken. */
    public long taken() {
        return taken;
    }

    /** Gives back what was taken since then, of which nothing is left. */
    public void giveBackTo(long before) {
        taken = before;
    }
}
