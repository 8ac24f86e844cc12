package dev.samebits.spark.score;

import dev.samebits.Backends;
import dev.samebits.InferenceSession;
import dev.samebits.SessionOptions;
import dev.samebits.onnx.OnnxModel;
import dev.samebits.table.Preparation;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this JVM: one for each model, shared by all tasks that lease it. When none does, it stays open for the
 * next job, as long as it is among the few that were used last. Thread-safe.
 */
public final class Sessions {
    /** Sessions that nobody leases and that stay open. */
    static final int IDLE = 8;

    // In the order of their last use.
    private static final Map<Key, Shared> OPEN = new LinkedHashMap<>(16, 0.75f, true);
    private static final Set<SparkContext> CONTEXTS = new HashSet<>();
    // How many may be idle: none when the driver's last context has stopped.
    private static int kept = IDLE;

    private Sessions() {}

    private record Key(String sha256, int threads) {}

    /** A session, and how many have it. */
    private static final class Shared {
        private int leases;
        private @Nullable InferenceSession session;
        private @Nullable Preparation preparation;

        // Not under the lock of all sessions: a model may take a while to read.
        synchronized InferenceSession open(ModelRef model, int threads) {
            if (session == null) {
                OnnxModel read = model.read();
                preparation = read.preparation().orElse(null);
                session = Backends.best().open(read.network(), SessionOptions.ofThreads(threads));
            }
            return session;
        }

        synchronized void close() {
            if (session != null) {
                session.close();
            }
        }
    }

    /** A session, until it is given back. Not thread-safe. */
    static final class Lease implements AutoCloseable {
        private final Shared shared;
        private final InferenceSession session;
        private boolean ended;

        private Lease(Shared shared, InferenceSession session) {
            this.shared = shared;
            this.session = session;
        }

        InferenceSession session() {
            return session;
        }

        // It was read before the session was opened, and stays as it is.
        @Nullable Preparation preparation() {
            return shared.preparation;
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                giveBack(shared);
            }
        }
    }

    /**
     * The session of a model, made if there is none.
     *
     * @param threads that a call may use
     */
    static Lease lease(ModelRef model, int threads) {
        Shared shared;
        synchronized (OPEN) {
            shared = OPEN.computeIfAbsent(new Key(model.sha256(), threads), key -> new Shared());
            shared.leases++;
        }
        try {
            return new Lease(shared, shared.open(model, threads));
        } catch (RuntimeException | Error e) {
            giveBack(shared);
            throw e;
        }
    }

    private static void giveBack(Shared shared) {
        synchronized (OPEN) {
            shared.leases--;
        }
        closeIdle();
    }

    // Closes the sessions that nobody has, but for some used last.
    private static void closeIdle() {
        synchronized (OPEN) {
            long idle = OPEN.values().stream().filter(shared -> shared.leases == 0).count();
            for (Iterator<Shared> oldest = OPEN.values().iterator(); oldest.hasNext() && idle > kept;) {
                Shared shared = oldest.next();
                if (shared.leases == 0) {
                    oldest.remove();
                    shared.close();
                    idle--;
                }
            }
        }
    }

    /** Sees to it that no session outlives a context, in a driver that goes on. */
    static void endWith(SparkContext context) {
        synchronized (OPEN) {
            if (!CONTEXTS.add(context)) {
                return;
            }
            kept = IDLE;
        }
        context.addSparkListener(new SparkListener() {
            @Override
            public void onApplicationEnd(SparkListenerApplicationEnd end) {
                synchronized (OPEN) {
                    CONTEXTS.remove(context);
                    kept = CONTEXTS.isEmpty() ? 0 : IDLE;
                }
                closeIdle();
            }
        });
    }

    /** {@return how many are open} */
    public static int open() {
        synchronized (OPEN) {
            return OPEN.size();
        }
    }
}
