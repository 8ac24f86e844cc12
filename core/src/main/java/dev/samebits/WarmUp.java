package dev.samebits;

import java.util.List;
import java.util.stream.IntStream;

/** Calls whose results nobody reads, until the JVM has compiled what a session's calls run. */
final class WarmUp {
    private static final long MOST_NANOS = 10_000_000_000L;
    // Before so many calls, or multiply-adds where a call has many, the compiler may not yet have begun with what it does
    // best.
    private static final int ENOUGH_CALLS = 50_000;
    private static final double ENOUGH_WORK = 1e9;
    // Compiled code comes in several steps, and each makes calls this much faster at least.
    private static final double FASTER = 0.7;
    // The compiler works in the background, and takes as long as the machine lets it: the next step is awaited for half
    // as long as all steps took so far.
    private static final double PATIENCE = 1.5;
    private static final int VARIANTS = 16;

    private final InferenceSession session;
    private final Matrix[] x;
    private final Matrix y;

    private WarmUp(InferenceSession session, int rows) {
        this.session = session;
        // Of several magnitudes: code that has seen nothing but zeros is compiled for zeros.
        Matrix all = Matrix.zeros(Math.addExact(rows, VARIANTS - 1), session.network().inputs());
        List<IdColumn> ids = session.network().idColumns();
        SplitMix64 random = new SplitMix64(1);
        for (int r = 0; r < all.rows(); r++) {
            float scale = Math.scalb(1f, r % VARIANTS / 2 - 3);
            for (int c = 0; c < all.columns(); c++) {
                all.set(r, c, scale * (2 * random.nextFloat() - 1));
            }
            for (IdColumn id : ids) {
                all.set(r, id.position(), random.nextInt(id.entries()));
            }
        }
        x = IntStream.range(0, VARIANTS).mapToObj(i -> all.rows(i, rows)).toArray(Matrix[]::new);
        y = Matrix.zeros(rows, session.network().outputs());
    }

    /** Predicts until calls become no faster. */
    static void run(InferenceSession session, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, not " + rows);
        }
        WarmUp warmUp = new WarmUp(session, rows);
        double enough = Math.min(ENOUGH_CALLS, ENOUGH_WORK / rows / Math.max(1, session.network().flops() / 2));
        long start = System.nanoTime();
        long elapsed = 0;
        long progress = 0;
        long fastest = Long.MAX_VALUE;
        for (int call = 0; elapsed < MOST_NANOS && (call < enough || elapsed < PATIENCE * progress); call++) {
            long took = warmUp.predict(call % VARIANTS);
            elapsed = System.nanoTime() - start;
            if (took < FASTER * fastest) {
                fastest = took;
                progress = elapsed;
            }
        }
    }

    private long predict(int variant) {
        long start = System.nanoTime();
        session.predict(x[variant], y);
        return System.nanoTime() - start;
    }
}
