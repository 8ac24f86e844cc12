package dev.samebits;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a session is opened.
 *
 * @param threads threads a call may use, the caller's among them; 1 uses the caller's alone
 * @param workers those that the session shares with others, or null: it starts its own, one fewer than threads, and ends
 *     them when it is closed
 * @since 0.1.0
 */
public record SessionOptions(int threads, @Nullable Workers workers) {
    /** More threads than this are taken for a mistake. */
    public static final int MAX_THREADS = 1024;

    /**
     * How a session is opened.
     *
     * @param threads threads a call may use
     * @param workers those to share, or null
     * @throws IllegalArgumentException if there are too few or too many threads, or not those of the workers
     */
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

    /** {@return options for one thread, the caller's: threads are asked for, never hidden} */
    public static SessionOptions defaults() {
        return ofThreads(1);
    }

    /**
     * This many threads, of the session's own.
     *
     * @param threads the caller's among them
     * @return options for them
     * @throws IllegalArgumentException unless there are 1 to {@link #MAX_THREADS}
     */
    public static SessionOptions ofThreads(int threads) {
        return new SessionOptions(threads, null);
    }

    /**
     * The threads of these workers, which the session does not close: any number of sessions may share them.
     *
     * @param workers to share
     * @return options for them
     */
    public static SessionOptions sharing(Workers workers) {
        return new SessionOptions(Objects.requireNonNull(workers, "workers").threads(), workers);
    }

    /**
     * For backends: the workers of a session.
     *
     * @param network of the session, which messages name
     * @return new ones, which the session closes, unless it {@link #shares}
     */
    public Workers workersFor(Network network) {
        return shares() ? workers : new Workers(threads, () -> "session of " + network);
    }

    /** {@return whether the workers are others', too} */
    public boolean shares() {
        return workers != null;
    }
}
