package dev.samebits;

/**
 * How a session is opened.
 *
 * @param threads threads a call may use, the caller's among them; 1 uses the caller's alone
 */
public record SessionOptions(int threads) {
    /** More threads than this are taken for a mistake. */
    public static final int MAX_THREADS = 1024;

    public SessionOptions {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MAX_THREADS + ", not " + threads);
        }
    }

    /** One thread: the caller's. Threads are asked for, never hidden. */
    public static SessionOptions defaults() {
        return new SessionOptions(1);
    }

    /** This many threads. */
    public static SessionOptions ofThreads(int threads) {
        return new SessionOptions(threads);
    }
}
