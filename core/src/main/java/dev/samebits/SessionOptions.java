package dev.samebits;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a session is opened.
 *
 * @param threads threads a call may use, the caller's among them; 1 uses the caller's alone
 * @param workers those that the session shares with others, or null: it starts its own, one fewer than threads, and ends
 *     them when it is closed
 */
public record SessionOptions(int threads, @Nullable Workers workers) {
    /** More threads than this are taken for a mistake. */
    public static final int MAX_THREADS = 1024;

    public SessionOptions {
        checkThreads(threads);
        if (workers != null && workers.threads() != threads) {
            throw new IllegalArgumentException("threads must be the workers' " + workers.threads() + ", not " + threads);
        }
    }

    static int checkThreads(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MAX_THREADS + ", not " + threads);
        }
        return threads;
    }

    /** One thread: the caller's. Threads are asked for, never hidden. */
    public static SessionOptions defaults() {
        return ofThreads(1);
    }

    /** This many threads, of the session's own. */
    public static SessionOptions ofThreads(int threads) {
        return new SessionOptions(threads, null);
    }

    /** The threads of these workers, which the session does not close: any number of sessions may share them. */
    public static SessionOptions sharing(Workers workers) {
        return new SessionOptions(Objects.requireNonNull(workers, "workers").threads(), workers);
    }

    /** For backends: the workers of a session of this network: new ones, which it closes, unless it {@link #shares}. */
    public Workers workersFor(Network network) {
        return shares() ? workers : new Workers(threads, () -> "session of " + network);
    }

    /** Whether the workers are others', too. */
    public boolean shares() {
        return workers != null;
    }
}
