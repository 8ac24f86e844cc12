package dev.samebits;

import dev.samebits.parallel.WorkerTeam;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Worker threads that several sessions share: {@code SessionOptions.sharing(workers)}. A session that is given none has
 * workers of its own.
 *
 * <p>One call at a time has the workers; a call that finds them busy is done by its caller alone. Sessions never close
 * what they share: who made the workers closes them. Workers that were dropped without that end by themselves, once no
 * session shares them any more, and the first time this happens a warning says so. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Workers implements AutoCloseable {
    private final WorkerTeam team;
    private final Cleaner.@Nullable Cleanable watch;

    Workers(int threads, Supplier<String> whose) {
        team = new WorkerTeam(threads);
        // A caller alone has no threads that could be left behind.
        watch = threads > 1 ? Watch.CLEANER.register(this, new Dropped(team, whose.get())) : null;
    }

    /**
     * Workers for sessions on so many threads, the callers' own among them: one thread fewer is started.
     *
     * @param threads the callers' own among them
     * @return open workers
     * @throws IllegalArgumentException unless there are 1 to {@link SessionOptions#MAX_THREADS}
     */
    public static Workers ofThreads(int threads) {
        return new Workers(SessionOptions.checkThreads(threads), () -> "shared workers");
    }

    /** {@return the threads that a call uses at most, the caller's among them} */
    public int threads() {
        return team.threads();
    }

    /** {@return for backends: what runs a call's parts; whoever uses it holds on to these workers meanwhile} */
    public WorkerTeam team() {
        return team;
    }

    /** Ends the threads and waits for them. Sessions that share them stay open: their callers work alone from then on. */
    @Override
    public void close() {
        team.close();
        if (watch != null) {
            watch.clean();
        }
    }

    @Override
    public String toString() {
        return "Workers of " + threads() + " threads";
    }

    // Apart, so that its thread starts with the first workers. It ends with this class: what is loaded anew can be unloaded.
    private static final class Watch {
        static final Cleaner CLEANER = Cleaner.create();
    }

    // The workers' threads hold the team and not the Workers, so that these can be seen to be gone. Nor may this hold them.
    private record Dropped(WorkerTeam team, String whose) implements Runnable {
        private static final AtomicBoolean SAID = new AtomicBoolean();

        @Override
        public void run() {
            if (team.end() && SAID.compareAndSet(false, true)) {
                System.getLogger("dev.samebits").log(System.Logger.Level.WARNING,
                        "dropped without being closed, so that its threads end only now: " + whose + ", " + team.threads()
                                + " threads: open it in try-with-resources; others that are dropped are not reported");
            }
        }
    }
}
